"""From scores to probabilities."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, tanh

from assist.retrieve.rules import Calibration

CROWD = slice(4, 16)
"""The places of those that are near by kind, not by what is asked."""

_HALF = 20
"""A question of so many characters or words is half as long as one can count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a question shows by itself."""

    strange: float
    """The share of its names that stand nowhere."""
    length: float


def probabilities(
    scores: Sequence[float], asked: Asked, calibration: Calibration
) -> tuple[float, ...]:
    """Return for each score the probability that its entry answers; together at most 1.

    How likely it is that any entry answers is a fitted logistic curve over the best score, its lead
    over the crowd, and the strangeness and length of the question. How that is shared out is a
    softmax of the scores, at the temperature 1 at which the weights were fitted.
    """
    if not scores:
        return ()
    best = max(scores)
    odds = (
        calibration.bias
        + calibration.best * best
        + calibration.lead * lead(scores, calibration.crowd)
        + calibration.length * asked.length
        - calibration.strange * asked.strange
    )
    any_answers = (1 + tanh(odds / 2)) / 2
    parts = [exp(score - best) for score in scores]
    whole = sum(parts)
    return tuple(any_answers * part / whole for part in parts)


def lead(scores: Sequence[float], crowd: float) -> float:
    """Return by how much the best score is above the mean of the fifth to the sixteenth.

    Those come close whatever is asked, an answer stands out. Where there are not so many, the
    missing ones count as ``crowd``.
    """
    ranked = sorted(scores, reverse=True)
    others = ranked[CROWD]
    missing = CROWD.stop - CROWD.start - len(others)
    return ranked[0] - (sum(others) + missing * crowd) / (len(others) + missing)


def length(terms: Iterable[str]) -> float:
    """Return how long a question is, from 0 towards 1, by its Han characters and Latin words.

    Most evidence is a share of the question, so one that tells a story scores less than a short
    one that is answered as well.
    """
    count = sum(len(term) == 1 or term[0].isascii() for term in set(terms))
    return count / (count + _HALF)
