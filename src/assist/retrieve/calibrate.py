"""From scores to probabilities."""

from collections.abc import Sequence
from math import exp, tanh

from assist.retrieve.rules import Calibration


def probabilities(scores: Sequence[float], calibration: Calibration) -> tuple[float, ...]:
    """Return for each score the probability that its entry answers; together at most 1.

    The best score tells how likely it is that any entry answers (a fitted logistic curve), and the
    distances between the scores how that is shared out (a softmax, at the temperature 1 at which
    the weights were fitted).
    """
    if not scores:
        return ()
    best = max(scores)
    any_answers = (1 + tanh((calibration.bias + calibration.slope * best) / 2)) / 2
    parts = [exp(score - best) for score in scores]
    whole = sum(parts)
    return tuple(any_answers * part / whole for part in parts)
