"""What a source says of one side of a limit, and a draft of the other: before and after 18:00."""

from collections.abc import Sequence

from assist.check.agreement import bears_out, denies
from assist.check.bounds import End
from assist.check.sources import clauses_of, facts_of, folded
from assist.check.support import content_of
from assist.check.told import Told, clause_of
from assist.records import Span
from assist.text.facts import Fact

_SAYS_SO = 0.6
_CLEARLY = 0.3
_NEVER_SAID = 0.5
"""Where the source says nothing of this side, it must say nearly all of the clause of the other."""


def other_side(
    clause: Span, fact: Fact, end: End, facts: Sequence[Fact], borne: Sequence[Told]
) -> str | None:
    """Return the source's clause that gives what the draft says for the other side of its limit.

    ``fact`` is the limit, ``facts`` are all of the clause, ``borne`` the source's of its value.
    """
    sides = [(each, clause_of(each)) for each in borne if each.end is not None]
    here = [said for each, said in sides if each.end and each.end.bound == end.bound]
    there = [said for each, said in sides if each.end and each.end.bound != end.bound]
    values = [other for other in facts if other is not fact and other.kind != fact.kind]
    if values:
        return _with_another_value(values, here, {each.source for each in borne})
    mine = denies(folded(clause.text))
    there = [said for said in there if denies(folded(said)) == mine]
    first, last = max(0, end.start - clause.start), max(0, end.end - clause.start)
    content = content_of(f"{clause.text[:first]} {clause.text[last:]}")
    best = max(there, key=lambda said: len(content & content_of(said)), default=None)
    if best is None or not content:
        return None
    others = max((_share(content, _more(each, sides)) for each in here), default=_NEVER_SAID)
    least = max(_SAYS_SO, others + _CLEARLY)
    return best if _share(content, content_of(best)) >= least else None


def _with_another_value(
    values: Sequence[Fact], here: Sequence[str], sources: set[str]
) -> str | None:
    """Return the clause of this side of the limit, where a value stands in another clause only."""
    for value in values:
        if any(_has(said, value) for said in here) or not any(_has(s, value) for s in sources):
            continue
        rival = next((said for said in here if _has_another(said, value)), None)
        if rival is not None:
            return rival
    return None


def _has(said: str, value: Fact) -> bool:
    return any(bears_out(value, None, other) for other in facts_of(said))


def _has_another(said: str, value: Fact) -> bool:
    return any((o.kind, o.unit) == (value.kind, value.unit) for o in facts_of(said))


def _more(said: str, sides: Sequence[tuple[Told, str]]) -> frozenset[str]:
    """Return the content of a clause and of those that follow it in its source."""
    source = next(each.source for each, clause in sides if clause == said)
    following = [each.text for each in clauses_of(source)]
    place = following.index(said) if said in following else 0
    return frozenset[str]().union(*map(content_of, following[place : place + 2]))


def _share(terms: frozenset[str], of: frozenset[str]) -> float:
    return len(terms & of) / len(terms)
