"""The logistic line of scripts/fit_injection: dense numbers and hashed words, fitted with NumPy."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assist.records import Floats
from assist.text.wording import Buckets

RIDGE = 0.33
ATTACKS = 0.4
"""Weight of all attacks together, the ordinary texts being 1."""
WORDED = 5.0
"""How much less than that of a vector the weight of a word is held back."""
WORDS = 1 << 14
"""Numbers that words hash to."""
STEPS = 8
"""Of Newton, enough for the line to stand still."""
MOST_TURNS = 100
"""Of conjugate gradients a step."""

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Features:
    """What a line looks at in the pieces of one text, or of many."""

    dense: Floats
    words: list[Buckets]


@dataclass(kw_only=True)
class Examples:
    """Features, labels and weights of pieces of text."""

    dense: list[Floats]
    words: list[Buckets]
    labels: list[bool]
    weights: list[float]
    attacks: list[int]
    """The number of the attack of which one piece must be guilty, or -1."""

    def add(self, features: Features, n: int, label: bool, weight: float, attack: int = -1) -> None:
        self.dense.append(features.dense[n])
        self.words.append(features.words[n])
        self.labels.append(label)
        self.weights.append(weight)
        self.attacks.append(attack)


class Table:
    """Rows of dense numbers, of hashed words and of 1, to be multiplied with weights."""

    def __init__(self, dense: Floats, words: Sequence[Buckets]) -> None:
        self._dense = np.column_stack([dense, np.ones(len(dense), dtype=np.float32)])
        self._row = np.repeat(np.arange(len(words)), [len(each) for each in words])
        self._column = np.concatenate(words)
        self._value = WORDED / np.sqrt(np.bincount(self._row, minlength=len(words)))[self._row]
        self.rows = len(words)
        self.split = self._dense.shape[1]

    def times(self, weights: Doubles) -> Doubles:
        said = self._value * weights[self.split :][self._column]
        dense = self._dense @ weights[: self.split].astype(np.float32)
        return dense.astype(float) + np.bincount(self._row, said, self.rows)

    def back(self, rows: Doubles) -> Doubles:
        said = np.bincount(self._column, self._value * rows[self._row], WORDS)
        return np.append((rows.astype(np.float32) @ self._dense).astype(float), said)


@dataclass(frozen=True, kw_only=True)
class Fitted:
    weights: Doubles
    """Of the dense numbers, of 1, and of the words."""

    def scores(self, features: Features) -> Doubles:
        table = Table(features.dense, features.words)
        return table.times(self.weights)

    def score(self, features: Features) -> float:
        return float(self.scores(features).max()) if features.words else -np.inf

    @property
    def dense(self) -> Doubles:
        return self.weights[: -WORDS - 1]

    @property
    def bias(self) -> float:
        return float(self.weights[-WORDS - 1])

    @property
    def words(self) -> Doubles:
        return WORDED * self.weights[-WORDS:]


def fit_line(examples: Examples, lessons: int) -> Fitted:
    """Return the line of the last lesson; of each attack the first one takes all pieces for guilty.

    Later ones take that piece which the one before found worst, so that what an order is planted
    among is not learnt.
    """
    table = Table(np.array(examples.dense), examples.words)
    weights, attacks = np.array(examples.weights), np.array(examples.attacks)
    y = np.array(examples.labels, dtype=float)
    line = np.zeros(table.split + WORDS)
    for _ in range(lessons):
        line = _logistic(table, y, weights, line)
        scores = table.times(line)
        worst: dict[int, int] = {}
        for n in np.flatnonzero(attacks >= 0):
            best = worst.setdefault(int(attacks[n]), int(n))
            if scores[n] > scores[best]:
                worst[int(attacks[n])] = int(n)
        known = (attacks < 0) | np.isin(np.arange(len(attacks)), list(worst.values()))
        weights = np.where(known, examples.weights, 0)
    return Fitted(weights=line)


def _logistic(table: Table, y: Doubles, weights: Doubles, line: Doubles) -> Doubles:
    """Return the weighted logistic line with ridge, by Newton's steps from ``line``."""
    w = weights.copy()
    w[y == 1] *= ATTACKS * w[y == 0].sum() / w[y == 1].sum()
    ridge = np.full(len(line), RIDGE)
    ridge[table.split - 1] = 1e-4
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-table.times(line)))
        slope = table.back(w * (p - y)) + ridge * line
        line = line - _solve(table, w * p * (1 - p), ridge, slope)
    return line


def _solve(table: Table, curve: Doubles, ridge: Doubles, slope: Doubles) -> Doubles:
    """Return the Newton step by conjugate gradients."""
    step, rest = np.zeros(len(slope)), slope.copy()
    way, size = rest.copy(), float(rest @ rest)
    enough = size * 1e-4
    for _ in range(MOST_TURNS):
        ahead = table.back(curve * table.times(way)) + ridge * way
        far = size / float(way @ ahead)
        step, rest = step + far * way, rest - far * ahead
        before, size = size, float(rest @ rest)
        if size <= enough:
            break
        way = rest + size / before * way
    return step
