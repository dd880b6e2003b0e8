"""Entries that answer nearly the same question with facts that cannot both hold."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import product

from assist.knowledge.answered import Answered, answered
from assist.knowledge.claims import Claim
from assist.knowledge.matter import same_matter
from assist.knowledge.neighbours import Near
from assist.knowledge.opposed import opposed_claims
from assist.records import Conflict, ConflictSide, Entry

_Ready = Callable[[str, str], Answered]
"""Takes an entry's id and the text of one of its answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dispute:
    first: Claim
    second: Claim
    likeness: float
    about: str
    """The words that both clauses share."""


def find_conflicts(entries: Sequence[Entry], near: Near, *, at: datetime) -> tuple[Conflict, ...]:
    """Return where near entries disagree while both hold, now or later than ``at``.

    Answers are compared for one channel and in one language. In the order of the entries' ids.
    """
    known = {entry.id: entry for entry in entries if _live(entry, at)}
    ready = cache(lambda entry_id, text: answered(known[entry_id], text))
    found: list[Conflict] = []
    for pair in sorted((min(pair), max(pair)) for pair in near()):
        first, second = (known.get(entry_id) for entry_id in pair)
        if first is None or second is None or not _overlap(first, second):
            continue
        found += _between(first, second, ready)
    return tuple(found)


def conflicts_touching(
    conflicts: Iterable[Conflict], entry_ids: Collection[str]
) -> tuple[Conflict, ...]:
    """Return the conflicts in which one of these entries is a side."""
    wanted = frozenset(entry_ids)
    return tuple(
        conflict
        for conflict in conflicts
        if any(side.entry_id in wanted for side in conflict.sides)
    )


def _between(first: Entry, second: Entry, ready: _Ready) -> Iterator[Conflict]:
    told: set[tuple[str, str]] = set()
    for one, other in product(first.answers, second.answers):
        if (one.channel, one.language) != (other.channel, other.language):
            continue
        for found in _disputes(ready(first.id, one.text), ready(second.id, other.text)):
            if (found.first.text, found.second.text) not in told:
                told.add((found.first.text, found.second.text))
                yield _conflict(found, first, second)


def _disputes(a: Answered, b: Answered) -> Iterable[_Dispute]:
    """Return the surest dispute about each kind of fact."""
    best: dict[str, _Dispute] = {}
    for one, other in opposed_claims(a, b):
        alike = same_matter(a, one, b, other)
        if alike is None:
            continue
        likeness, about = alike
        kind = _kind(one)
        if kind not in best or likeness > best[kind].likeness:
            best[kind] = _Dispute(first=one, second=other, likeness=likeness, about=about)
    return best.values()


def _kind(claim: Claim) -> str:
    return claim.kind if claim.fact is None else claim.fact.kind


def _conflict(found: _Dispute, first: Entry, second: Entry) -> Conflict:
    return Conflict(
        fact=found.about,
        kind=_kind(found.first),
        sides=(_side(first, found.first), _side(second, found.second)),
    )


def _side(entry: Entry, claim: Claim) -> ConflictSide:
    return ConflictSide(
        entry_id=entry.id,
        title=entry.question,
        text=claim.clause.sentence,
        value=claim.text,
        updated_at=entry.updated_at,
        effective_from=entry.effective_from,
        effective_to=entry.effective_to,
    )


def _live(entry: Entry, at: datetime) -> bool:
    return entry.status == "published" and (entry.effective_to is None or entry.effective_to >= at)


def _overlap(first: Entry, second: Entry) -> bool:
    """Whether there is an instant at which both hold."""
    starts = [e.effective_from for e in (first, second) if e.effective_from is not None]
    ends = [e.effective_to for e in (first, second) if e.effective_to is not None]
    return not starts or not ends or max(starts) <= min(ends)
