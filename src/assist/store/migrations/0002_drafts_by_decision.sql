-- What was asked and could not be answered is looked for by decision.
CREATE INDEX drafts_by_decision ON drafts (json_extract(body, '$.decision'), created_at);
