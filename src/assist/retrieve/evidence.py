"""What four legs found, gathered by entry and put on scales that hold across queries."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Protocol, get_args

from assist.records import Candidate, Entry, Filter, Leg, Passage, SearchQuery
from assist.retrieve.profile import Profile, agrees, names_profile
from assist.retrieve.reading import bare, covered, read, searchable, sought

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

    candidate: Candidate
    rank: int
    """From 1, counted in entries."""
    score: float

    @property
    def passage(self) -> Passage:
        return self.candidate.passage


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
    """One leg's findings by entry, best first."""

    floor: float
    """What an entry that was not found may have at most."""
    best: dict[str, Candidate] = field(default_factory=dict)
    scores: dict[str, list[float]] = field(default_factory=dict)
    """Of each phrasing of an entry that was found, but for the negative ones."""
    against: dict[str, float] = field(default_factory=dict)

    def score(self, entry_id: str) -> float:
        scores = self.scores.get(entry_id)
        return self.floor if scores is None else scores[0]

    def consensus(self, entry_id: str, phrasings: int) -> float:
        """Return the mean of the nearest phrasings; one that was not found counts as the floor."""
        count = min(_NEAREST, phrasings)
        scores = self.scores.get(entry_id, [])[:count]
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
    terms = sought(query.terms)
    legs = {
        leg: _search(index, leg, query, terms, filter, max(candidates[leg], at_least))
        for leg in LEGS
    }
    promise = _promise(legs.values())
    if not promise:
        return ()
    promising = sorted(promise, key=lambda id: (-promise[id], id))[: max(_WEIGHED, at_least)]
    found = _found(legs, promising)
    asked = bare(query.text)
    return tuple(
        _weigh(index.entry(id), legs, found[id], terms, asked, profile) for id in promising
    )


def _promise(legs: Collection[_Leg]) -> dict[str, float]:
    """Return for each entry that any leg found what all legs give it."""
    promise = dict.fromkeys(chain.from_iterable(leg.best for leg in legs), 0.0)
    for leg in legs:
        scores, floor = leg.scores, [leg.floor]
        for id in promise:
            promise[id] += scores.get(id, floor)[0]
    return promise


def _found(legs: Mapping[Leg, _Leg], ids: Collection[str]) -> dict[str, dict[Leg, Found]]:
    """Return the best passages of these entries."""
    found: dict[str, dict[Leg, Found]] = {id: {} for id in ids}
    for name, leg in legs.items():
        for rank, (id, candidate) in enumerate(leg.best.items(), start=1):
            if id in found:
                score = leg.scores[id][0]
                found[id][name] = Found(candidate=candidate, rank=rank, score=score)
    return found


def _weigh(
    entry: Entry,
    legs: Mapping[Leg, _Leg],
    found: Mapping[Leg, Found],
    terms: Collection[str],
    asked: str,
    profile: Profile,
) -> Evidence:
    dense, lexical = legs["dense_question"], legs["lexical_question"]
    reading = read(entry)
    return Evidence(
        entry=entry,
        found=found,
        legs={name: leg.score(entry.id) for name, leg in legs.items()},
        consensus=dense.consensus(entry.id, reading.phrasings),
        coverage=covered(terms, reading.words),
        negative=dense.against_it(entry.id) + lexical.against_it(entry.id),
        exact=float(asked in reading.bare),
        profile=names_profile(reading, profile),
        side=agrees(reading, profile),
    )


def _search(
    index: Index, leg: Leg, query: SearchQuery, terms: Collection[str], filter: Filter, k: int
) -> _Leg:
    candidates = index.search(leg, query, filter, k)
    scale = _scale(leg, terms, candidates)
    full = len(candidates) >= k
    found = _Leg(floor=max(0.0, candidates[-1].score * scale) if candidates and full else 0.0)
    for candidate in candidates:
        id, score = candidate.entry_id, max(0.0, candidate.score * scale)
        if candidate.kind == "negative":
            found.against.setdefault(id, score)
        elif id in found.best:
            found.scores[id].append(score)
        else:
            found.best[id], found.scores[id] = candidate, [score]
    return found


def _scale(leg: Leg, terms: Collection[str], candidates: Sequence[Candidate]) -> float:
    """Return the factor that makes a leg's scores comparable across queries.

    Cosines are. BM25 grows with the query; divided by what the query itself would reach it does
    not, and that is about the best score over the share of terms that the best passage holds.
    """
    if leg.startswith("dense") or not candidates:
        return 1.0
    score, best = candidates[0].score, candidates[0].passage
    return covered(terms, searchable((best.heading, best.text))) / score if score > 0 else 0.0
