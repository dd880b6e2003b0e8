"""A second opinion on the order of the best hits, by a model that reads query and entry as one."""

from collections.abc import Sequence
from dataclasses import replace
from math import exp
from typing import Protocol

from assist.records import LegShare, Question, Retrieval
from assist.retrieve.clarify import clarify
from assist.retrieve.rules import RetrievalRules


class Reranker(Protocol):
    @property
    def id(self) -> str:
        """Names the model; a draft's provenance shows it."""
        ...

    async def rerank(self, query: str, texts: Sequence[str]) -> tuple[float, ...]:
        """Return for each text how likely it answers the query, 0 to 1.

        Ends by a deadline of its own. Raises ProviderError.
        """
        ...


def reordered(
    found: Retrieval,
    scores: Sequence[float],
    reranker: str,
    question: Question,
    rules: RetrievalRules,
) -> Retrieval:
    """Share the probability of the first hits, one a score, anew: each times exp(weight * score).

    That is the softmax of before with so many log-odds more. What the hits have together stays,
    and so does whether it is enough to answer; whether two hits tie is asked again.
    """
    first, rest = found.hits[: len(scores)], found.hits[len(scores) :]
    weight = rules.reranker.weight
    lifted = [hit.score * exp(weight * score) for hit, score in zip(first, scores, strict=True)]
    whole, lifted_whole = sum(hit.score for hit in first), sum(lifted)
    if not lifted_whole:
        return found
    by_score = sorted(range(len(scores)), key=lambda at: -scores[at])
    ranks = {at: rank for rank, at in enumerate(by_score, 1)}
    shared = [
        replace(
            hit,
            score=whole * lifted[at] / lifted_whole,
            legs=(
                *hit.legs,
                LegShare(
                    leg="reranker", rank=ranks[at], score=scores[at], share=weight * scores[at]
                ),
            ),
        )
        for at, hit in enumerate(first)
    ]
    hits = tuple(sorted((*shared, *rest), key=lambda hit: -hit.score))
    return replace(
        found,
        hits=hits,
        clarify=clarify(hits, question, found.search_query, rules),
        reranker=reranker,
    )
