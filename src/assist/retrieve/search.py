"""A question to ranked, calibrated hits, and whether they are enough to answer from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from assist.records import (
    Filter,
    Hit,
    LegShare,
    Matched,
    PassageKind,
    Question,
    Retrieval,
    SearchQuery,
)
from assist.retrieve.calibrate import Asked, length, probabilities
from assist.retrieve.clarify import clarify
from assist.retrieve.evidence import Evidence, Index, gather
from assist.retrieve.fuse import fuse, shares
from assist.retrieve.profile import profile_of
from assist.retrieve.rules import RetrievalRules, Weights
from assist.retrieve.strange import strangeness

_MATCHED: dict[PassageKind, Matched] = {
    "standard": "standard",
    "similar": "similar",
    "passage": "passage",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ranked:
    evidence: Evidence
    weights: Weights
    score: float


def retrieve(
    index: Index,
    query: SearchQuery,
    question: Question,
    rules: RetrievalRules,
    at: datetime,
    *,
    keep: int = 0,
) -> Retrieval:
    """Return the entries that may answer, best first, each with its probability to.

    ``keep`` is how many hits a reranker wants to see, where that is more than the question asks.
    """
    filter = filter_of(question, at)
    profile = profile_of(question, query.text, rules.contrasts)
    gathered = gather(index, query, filter, profile, rules.candidates, at_least=2 * question.top_k)
    ranked = _rank(gathered, rules)
    # A question about an offer that is over is not answered by whatever live entry comes next, so
    # what is not in effect takes its share of the probability, but is never a hit.
    lapsed = gather(index, query, replace(filter, lapsed=True), profile, rules.candidates)
    asked = Asked(strange=strangeness(query.text, index), length=length(query.terms))
    chances = _chances((*ranked, *_rank(lapsed, rules)), asked, rules)
    hits = tuple(_hit(one, chance) for one, chance in zip(ranked, chances, strict=False))
    chance = sum(hit.score for hit in hits)
    return Retrieval(
        search_query=query.text,
        hits=hits[: max(question.top_k, keep)],
        chance=chance,
        sufficient=chance >= rules.threshold and bool(hits) and hits[0].score >= rules.least,
        clarify=clarify(hits, question, query.text, rules),
        release=index.release,
    )


def filter_of(question: Question, at: datetime) -> Filter:
    """Return what a search for the question may find."""
    return Filter(at=question.as_of or at, categories=question.categories, channel=question.channel)


def _rank(gathered: Sequence[Evidence], rules: RetrievalRules) -> list[_Ranked]:
    ranked = [
        _Ranked(evidence=one, weights=weights, score=fuse(one, weights))
        for one in gathered
        for weights in (rules.weights[one.entry.kind],)
    ]
    return sorted(ranked, key=lambda one: (-one.score, one.evidence.entry.id))


def _chances(ranked: Sequence[_Ranked], asked: Asked, rules: RetrievalRules) -> tuple[float, ...]:
    if not ranked:
        return ()
    kind = max(ranked, key=lambda one: one.score).evidence.entry.kind
    return probabilities([one.score for one in ranked], asked, rules.calibration[kind])


def _hit(ranked: _Ranked, chance: float) -> Hit:
    evidence = ranked.evidence
    given = shares(evidence, ranked.weights)
    telling = max(evidence.found, key=lambda leg: given[leg])
    passage = evidence.found[telling].passage
    return Hit(
        entry=evidence.entry,
        passage=passage,
        matched=_MATCHED[passage.kind],
        score=chance,
        legs=(
            *(
                LegShare(leg=leg, rank=found.rank, score=found.score, share=given[leg])
                for leg, found in evidence.found.items()
            ),
            *_of_profile(evidence, given["profile"]),
        ),
    )


def _of_profile(evidence: Evidence, share: float) -> Iterator[LegShare]:
    """Yield what the customer's profile gave, if it speaks for the entry or against it."""
    score = evidence.profile + evidence.side
    if score or share:
        yield LegShare(leg="profile", rank=0, score=score, share=share)
