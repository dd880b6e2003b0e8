"""A value that the source gives, but for another thing than the sentence says."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assist.check.sources import clauses_of, facts_of
from assist.check.support import content_of
from assist.text.facts import Fact, agrees

_SAME_SUBJECT = 0.5
_CLEARLY = 0.2
_TELLING = 3
"""A subject with fewer terms may stand in any sentence."""
_SEGMENT_END = re.compile(r"[。；;！!？?\n]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One fact of a source with the words that it is said of."""

    fact: Fact
    same: bool
    subject: frozenset[str]
    """Of its clause, before it; where nothing stands there, of the whole clause."""
    clause: frozenset[str]
    segment: frozenset[str]
    """Of its sentence, up to the end of the clause."""


def swapped(
    fact: Fact, facts: Sequence[Fact], sources: Sequence[str], clause: str, lead: str
) -> Fact | None:
    """Return the fact that the sources give for what a clause speaks of, if it is another one.

    The value itself stands in a source, but for another thing: "members 7 days" out of
    "others 7 days, members 30 days". ``lead`` is the sentence up to the end of the clause.
    """
    mine, whole = content_of(clause), content_of(lead)
    rows = [
        _row(source, other, agrees(fact, other))
        for source in sources
        for other in facts_of(source)
        if other.kind == fact.kind and other.unit == fact.unit
    ]
    homes = [row for row in rows if row.same]
    rivals = [
        row for row in rows if not row.same and not any(agrees(said, row.fact) for said in facts)
    ]
    beside = frozenset[str]().union(*(row.clause for row in homes))
    around = frozenset[str]().union(*(row.segment for row in homes))
    home = max((_share(row.subject, mine) for row in homes), default=0.0)
    home_wide = max((_share(whole, row.segment) for row in homes), default=0.0)
    for row in sorted(rivals, key=lambda row: -_share(row.subject, mine)):
        share = _share(row.subject, mine)
        whole_subject = share == 1 and len(row.subject) >= _TELLING and home <= _SAME_SUBJECT
        told = whole_subject or (row.subject & mine) - beside
        nearer = share >= home + _CLEARLY and told
        wider = (
            _share(whole, row.segment) >= home_wide + _CLEARLY and (row.segment & whole) - around
        )
        if share >= _SAME_SUBJECT and (nearer or wider):
            return row.fact
    return None


def _row(source: str, fact: Fact, same: bool) -> _Row:
    clause = next((c for c in clauses_of(source) if c.start <= fact.start < c.end), None)
    begin, end = (clause.start, clause.end) if clause else (0, len(source))
    first = max((match.end() for match in _SEGMENT_END.finditer(source, 0, fact.start)), default=0)
    whole = content_of(source[begin:end])
    return _Row(
        fact=fact,
        same=same,
        subject=content_of(source[begin : fact.start]) or whole,
        clause=whole,
        segment=content_of(source[first:end]),
    )


def _share(terms: frozenset[str], of: frozenset[str]) -> float:
    return len(terms & of) / len(terms) if terms else 0.0
