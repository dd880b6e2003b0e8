"""What four legs found, gathered by entry and put on scales that hold across queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, get_args

from assist.records import Candidate, Entry, Filter, Leg, Passage, SearchQuery
from assist.retrieve.profile import Profile, agrees, names_profile
from assist.retrieve.reading import bare, covered, read, searchable

LEGS: tuple[Leg, ...] = get_args(Leg)
_WEIGHED = 16
"""Entries that are looked at closely; what stands lower in every leg is not the answer."""
_NEAREST = 3
"""Phrasings of an entry that are asked for their consensus."""


class Index(Protocol):
    """All that is live at one moment; ``assist.index.snapshot.Snapshot`` is one."""

    @property
    def release(self) -> str: ...

    def search(self, leg: Leg, query: SearchQuery, filter: Filter, k: int) -> Sequence[Candidate]:
        """Return the best passages of one leg, best first; question legs give negatives too."""
        ...

    def entry(self, entry_id: str) -> Entry: ...

    def frequency(self, term: str) -> int:
        """Return how many passages hold a term, whatever a filter leaves of them."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The best passage of an entry in one leg."""

    passage: Passage
    rank: int
    """From 1, counted in entries."""
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All that speaks for one entry; each number is explained at its weight in the rules."""

    entry: Entry
    found: Mapping[Leg, Found]
    legs: Mapping[Leg, float]
    """For each leg the entry's score, or at most what the last found passage had."""
    consensus: float
    coverage: float
    negative: float
    exact: float
    profile: float
    side: float


@dataclass(slots=True, kw_only=True)
class _Leg:
    """One leg's findings by entry."""

    floor: float
    """What an entry that was not found may have at most."""
    best: dict[str, Found] = field(default_factory=dict)
    nearest: dict[str, list[float]] = field(default_factory=dict)
    against: dict[str, float] = field(default_factory=dict)

    def score(self, entry_id: str) -> float:
        found = self.best.get(entry_id)
        return self.floor if found is None else found.score

    def consensus(self, entry_id: str, phrasings: int) -> float:
        """Return the mean of the nearest phrasings; one that was not found counts as the floor."""
        count = min(_NEAREST, phrasings)
        scores = self.nearest.get(entry_id, [])[:count]
        return (sum(scores) + self.floor * (count - len(scores))) / count

    def against_it(self, entry_id: str) -> float:
        """Return by how much a negative question is nearer than the entry's own phrasings."""
        negative = self.against.get(entry_id)
        return 0.0 if negative is None else max(0.0, negative - self.score(entry_id))


def gather(
    index: Index,
    query: SearchQuery,
    filter: Filter,
    profile: Profile,
    candidates: Mapping[Leg, int],
    *,
    at_least: int = 0,
) -> tuple[Evidence, ...]:
    """Return the evidence for the most promising entries, in no order."""
    legs = {leg: _search(index, leg, query, filter, max(candidates[leg], at_least)) for leg in LEGS}
    entries = {entry_id for leg in legs.values() for entry_id in leg.best}
    promise = {id: sum(leg.score(id) for leg in legs.values()) for id in entries}
    promising = sorted(entries, key=lambda id: (-promise[id], id))[: max(_WEIGHED, at_least)]
    return tuple(_weigh(index.entry(id), legs, query, profile) for id in promising)


def _weigh(
    entry: Entry, legs: Mapping[Leg, _Leg], query: SearchQuery, profile: Profile
) -> Evidence:
    dense, lexical = legs["dense_question"], legs["lexical_question"]
    reading = read(entry)
    return Evidence(
        entry=entry,
        found={leg: found.best[entry.id] for leg, found in legs.items() if entry.id in found.best},
        legs={leg: found.score(entry.id) for leg, found in legs.items()},
        consensus=dense.consensus(entry.id, reading.phrasings),
        coverage=covered(query.terms, reading.words),
        negative=dense.against_it(entry.id) + lexical.against_it(entry.id),
        exact=float(bare(query.text) in reading.bare),
        profile=names_profile(reading, profile),
        side=agrees(reading, profile),
    )


def _search(index: Index, leg: Leg, query: SearchQuery, filter: Filter, k: int) -> _Leg:
    candidates = index.search(leg, query, filter, k)
    scale = _scale(leg, query, candidates)
    full = len(candidates) >= k
    found = _Leg(floor=max(0.0, candidates[-1].score * scale) if candidates and full else 0.0)
    for candidate in candidates:
        passage, score = candidate.passage, max(0.0, candidate.score * scale)
        if passage.kind == "negative":
            found.against.setdefault(passage.entry_id, score)
            continue
        if passage.entry_id not in found.best:
            rank = len(found.best) + 1
            found.best[passage.entry_id] = Found(passage=passage, rank=rank, score=score)
        found.nearest.setdefault(passage.entry_id, []).append(score)
    return found


def _scale(leg: Leg, query: SearchQuery, candidates: Sequence[Candidate]) -> float:
    """Return the factor that makes a leg's scores comparable across queries.

    Cosines are. BM25 grows with the query; divided by what the query itself would reach it does
    not, and that is about the best score over the share of terms that the best passage holds.
    """
    if leg.startswith("dense") or not candidates:
        return 1.0
    best = candidates[0]
    words = searchable((best.passage.heading, best.passage.text))
    return covered(query.terms, words) / best.score if best.score > 0 else 0.0
