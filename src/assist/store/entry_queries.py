"""What is asked of entries and their versions, in SQL."""

NEWEST = "SELECT v.* FROM entries e JOIN entry_versions v ON v.seq = e.seq "
AS_OF = """
FROM entry_versions v
WHERE v.seq IN (SELECT max(seq) FROM entry_versions WHERE seq <= ? GROUP BY entry_id)
AND CASE v.deleted WHEN 0 THEN json_extract(v.body, '$.status') END = 'published'
ORDER BY v.entry_id
"""
WAITING = """
SELECT n.entry_id FROM entry_versions n
LEFT JOIN entries e ON e.id = n.entry_id
LEFT JOIN entry_versions o ON o.seq = (
    SELECT max(seq) FROM entry_versions WHERE entry_id = n.entry_id AND seq <= :after
)
WHERE n.seq IN (SELECT max(seq) FROM entry_versions WHERE seq > :after GROUP BY entry_id)
AND n.seq <= :until
AND (e.status = 'published'
    OR CASE o.deleted WHEN 0 THEN json_extract(o.body, '$.status') END = 'published')
ORDER BY n.entry_id
"""
DUE = "json_extract(v.body, '$.review_by')"
