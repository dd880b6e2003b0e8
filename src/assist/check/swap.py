"""A value that the source gives, but for another thing than the sentence says."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assist.check.agreement import bears_out
from assist.check.sources import clauses_of, facts_of
from assist.check.support import content_of
from assist.text.facts import Fact, agrees

_SAME_SUBJECT = 0.5
_CLEARLY = 0.2
_TELLING = 3
"""A subject with fewer terms may stand in any sentence."""
_SEGMENT_END = re.compile(r"[。；;！!？?\n]")
# In "$40 online and $60 at the airport" each value has words of its own.
_NEXT_VALUE = re.compile(r"(?: and | or | but |; |, |，|和|及|、)(?=[^,;，；]*$)")
_KEPT = 8192


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One fact of a source with the words that it is said of."""

    fact: Fact
    subject: frozenset[str]
    """Of its clause, before it; where nothing stands there, of the whole clause."""
    clause: frozenset[str]
    segment: frozenset[str]
    """Of its sentence, up to the end of the clause."""
    beside: tuple[Fact, ...]
    """Of its clause."""
    values: tuple[Fact, ...]
    """Of its segment, itself included."""
    own: frozenset[str]
    """Of its clause, or of its segment where nothing stands before it; without any value, and
    without what is said of the like values beside it."""


def swapped(
    fact: Fact, facts: Sequence[Fact], sources: Sequence[str], lead: Sequence[str]
) -> Fact | None:
    """Return the fact that the sources give for what a clause speaks of, if it is another one.

    The value itself stands in a source, but for another thing: "members 7 days" out of
    "others 7 days, members 30 days". ``lead`` are the clauses up to that of the fact.
    """
    mine = content_of(lead[-1])
    whole = mine.union(*map(content_of, lead))
    rows = [
        _row(source, other)
        for source in sources
        for other in facts_of(source)
        if _comparable(other, fact)
    ]
    homes = [row for row in rows if _same(fact, row.fact)]
    rivals = [row for row in rows if not any(_same(said, row.fact) for said in facts)]
    beside_it = [other for other in facts if not _comparable(other, fact)]
    beside = frozenset[str]().union(*(row.clause for row in homes))
    around = frozenset[str]().union(*(row.segment for row in homes))
    home = max((_share(row.subject, mine) for row in homes), default=0.0)
    home_wide = max((_share(whole, row.segment) for row in homes), default=0.0)
    for row in sorted(rivals, key=lambda row: -_share(row.subject, mine)):
        share = _share(row.subject, mine)
        whole_subject = share == 1 and len(row.subject) >= _TELLING and home <= _SAME_SUBJECT
        told = whole_subject or _tells((row.subject & mine) - beside)
        nearer = share >= home + _CLEARLY and told
        wider = _share(whole, row.segment) >= home_wide + _CLEARLY and _tells(
            (row.segment & whole) - around
        )
        said = (share >= _SAME_SUBJECT and (nearer or wider)) or _set_apart(row, homes, whole)
        if said and not (_belongs(facts, row, homes) or _of_another_case(beside_it, row)):
            return row.fact
    return None


def _same(mine: Fact, told: Fact) -> bool:
    return agrees(mine, told) or bears_out(mine, None, told)


def _comparable(told: Fact, mine: Fact) -> bool:
    """Whether one might stand in the other's place; working days may in that of days."""
    return told.kind == mine.kind and (told.unit == mine.unit or told.kind == "duration")


def _set_apart(rival: _Row, homes: Sequence[_Row], mine: frozenset[str]) -> bool:
    """Whether the sentence has the words that only the rival has, and none that only homes have."""
    if not homes:
        return False
    for home in homes:
        theirs, ours = home.own - rival.own - _common(home, rival), rival.own - home.own
        if not theirs or theirs & mine or not _tells(ours & mine):
            return False
        if max(_share(ours, mine), _share(_worded(mine), ours)) < _SAME_SUBJECT:
            return False
    return True


def _worded(terms: frozenset[str]) -> frozenset[str]:
    return frozenset(term for term in terms if not term[0].isdigit())


def _common(home: _Row, rival: _Row) -> frozenset[str]:
    """Return what leads to both of two values of one clause: "bags cost $35 online and $50 ..."."""
    beside = home.clause == rival.clause and home.fact.start < rival.fact.start
    return home.subject if beside else frozenset()


def _of_another_case(facts: Sequence[Fact], rival: _Row) -> bool:
    """Whether the sentence sets a condition that the rival's clause has with another value."""
    return any(
        (other.kind, other.unit) == (mine.kind, mine.unit)
        and other != rival.fact
        and not any(_same(mine, each) for each in rival.beside)
        for mine in facts
        for other in rival.beside
    )


def _belongs(facts: Sequence[Fact], rival: _Row, homes: Sequence[_Row]) -> bool:
    """Whether the sentence's other values are those of a home more than those of the rival."""
    if len(facts) == 1:
        return False
    most = max((_agreeing(facts, home) for home in homes), default=0)
    return most > max(1, _agreeing(facts, rival))


def _agreeing(facts: Sequence[Fact], row: _Row) -> int:
    """Return how many of the sentence's values stand in the row's."""
    return sum(any(agrees(fact, other) for other in row.values) for fact in facts)


def _tells(terms: frozenset[str]) -> bool:
    """Whether the terms are more than stray characters."""
    return any(len(term) > 1 for term in terms)


@lru_cache(maxsize=_KEPT)
def _row(source: str, fact: Fact) -> _Row:
    clause = next((c for c in clauses_of(source) if c.start <= fact.start < c.end), None)
    begin, end = (clause.start, clause.end) if clause else (0, len(source))
    first = max((match.end() for match in _SEGMENT_END.finditer(source, 0, fact.start)), default=0)
    whole = content_of(source[begin:end])
    stop = _SEGMENT_END.search(source, end)
    end_of_segment = stop.start() if stop else len(source)
    return _Row(
        fact=fact,
        subject=content_of(source[begin : fact.start]) or whole,
        clause=whole,
        segment=content_of(source[first:end]),
        beside=tuple(f for f in facts_of(source) if begin <= f.start < end),
        values=tuple(f for f in facts_of(source) if first <= f.start < end_of_segment),
        own=content_of(
            _own(source, fact, begin if content_of(source[begin : fact.start]) else first, end)
        ),
    )


def _own(source: str, fact: Fact, first: int, end: int) -> str:
    """Return the words of a stretch that belong to the fact, without the values."""
    beside = [other for other in facts_of(source) if first <= other.start < end]
    for other in beside:
        if not _comparable(other, fact):
            continue
        if other.end <= fact.start:
            cut = _NEXT_VALUE.search(source, other.end, fact.start)
            first = max(first, cut.end()) if cut else first
        elif other.start >= fact.end:
            cut = _NEXT_VALUE.search(source, fact.end, other.start)
            end = min(end, cut.start()) if cut else end
    kept = list(source[first:end])
    for other in beside:
        if first <= other.start < end:
            kept[other.start - first : other.end - first] = " " * len(other.text)
    return "".join(kept)


def _share(terms: frozenset[str], of: frozenset[str]) -> float:
    return len(terms & of) / len(terms) if terms else 0.0
