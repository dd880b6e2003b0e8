"""The calibration of retrieval: how likely an entry answers, from how the scores stand."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from fit_numbers import Doubles, Seen, scores_of, softmax

from assist.retrieve.calibrate import CROWD, lead

SHARES = {"in": 0.7, "near": 0.1, "far": 0.2}
"""What share of real queries each sort of case is taken to stand for."""
SIGNS = ("bias", "best", "lead", "length", "strange")
NOT_THERE = -1e2
"""What scores less is no candidate."""


@dataclass(frozen=True, kw_only=True)
class Curve:
    crowd: float
    weights: Doubles
    """Of SIGNS."""

    def likelihood(self, seen: Seen, scores: Doubles) -> Doubles:
        """Return for each case how likely it is that any entry answers."""
        return logistic(signs(seen, scores, self.crowd) @ self.weights)


def fit_curve(sets: Sequence[Seen], weights: Doubles, bias: float) -> Curve:
    """Return the curve of P(a right entry is among the candidates); each set counts alike."""
    scores = [scores_of(seen, weights, bias) for seen in sets]
    crowd = float(np.median(np.concatenate([crowds(rows) for rows in scores])))
    pairs = zip(sets, scores, strict=True)
    return Curve(crowd=crowd, weights=_fitted(sets, [signs(s, rows, crowd) for s, rows in pairs]))


def _fitted(sets: Sequence[Seen], designs: Sequence[Doubles]) -> Doubles:
    """Return the weights of a logistic curve over each case's row, by IRLS."""
    design = np.concatenate(designs)
    label = np.concatenate([seen.right.any(axis=1) for seen in sets])
    share = np.concatenate([shares_of(seen) for seen in sets]) * 1000
    curve = np.zeros(design.shape[1])
    for _ in range(50):
        chance = logistic(design @ curve)
        slope = (design * (share * chance * (1 - chance))[:, None]).T @ design
        slope += 1e-3 * np.eye(len(curve))
        curve -= np.linalg.solve(slope, design.T @ (share * (chance - label)))
    return curve


def fit_document_bias(
    faq: Sequence[Seen],
    faq_weights: Doubles,
    documents: Sequence[Seen],
    document_weights: Doubles,
) -> float:
    """Return what documents' best scores need to tell as much as those of FAQ."""
    best = [scores_of(seen, faq_weights).max(axis=1) for seen in faq]
    curve = _fitted(faq, [np.column_stack([np.ones(len(one)), one]) for one in best])

    def likelihood(bias: float) -> float:
        total = 0.0
        for seen in documents:
            scores = scores_of(seen, document_weights, bias).max(axis=1)
            chance = logistic(curve[0] + curve[1] * scores).clip(1e-9, 1 - 1e-9)
            right = seen.right.any(axis=1)
            total += shares_of(seen) @ np.log(np.where(right, chance, 1 - chance))
        return total

    steps: list[float] = np.arange(-8.0, 4.0, 0.1).tolist()
    return max(steps, key=likelihood)


def signs(seen: Seen, scores: Doubles, crowd: float) -> Doubles:
    """Return what the curve weighs, one row a case."""
    found = [row[row > NOT_THERE].tolist() for row in scores]
    leads = [lead(row, crowd) if row else 0.0 for row in found]
    ones, best = np.ones(len(scores)), scores.max(axis=1)
    return np.column_stack([ones, best, leads, seen.length, -seen.strange])


def crowds(scores: Doubles) -> Doubles:
    """Return the mean score of the crowd of each case that has a whole one."""
    ranked = -np.sort(-scores, axis=1)[:, CROWD]
    return np.asarray(ranked[(ranked > NOT_THERE).all(axis=1)].mean(axis=1))


def calibration_error(seen: Seen, scores: Doubles, likelihood: Doubles) -> float:
    """Return the expected calibration error of the first hit's probability, in ten bins."""
    first = scores.argmax(axis=1)
    rows = np.arange(len(first))
    chance = likelihood * softmax(scores)[rows, first]
    right, share = seen.right[rows, first], shares_of(seen)
    bins = np.minimum((chance * 10).astype(int), 9)
    gaps = [share[bins == b] @ (chance - right)[bins == b] for b in range(10)]
    return float(np.abs(gaps).sum())


def shares_of(seen: Seen) -> Doubles:
    """Return the weight of each case; together 1."""
    share = np.zeros(len(seen.sort))
    for sort, part in SHARES.items():
        rows = seen.sort == sort
        share[rows] = part / max(rows.sum(), 1)
    return np.asarray(share / share.sum())


def logistic(x: Doubles) -> Doubles:
    return np.asarray(1 / (1 + np.exp(-x)))
