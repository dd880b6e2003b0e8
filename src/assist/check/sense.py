"""How likely a clause is made up: by the share of its words that its sources have, and its sense.

What people and models make up is of few kinds (gifts, reasons, guarantees, other ways and places),
so the vector of the clause itself tells as much as its likeness to the sources.
"""

import math
from collections.abc import Sequence

import numpy as np

from assist.check.sources import folded
from assist.check.support import content_of, cover
from assist.records import Floats, Language
from assist.text.likeness import Direction, pieces_of
from assist.text.vectors import SentenceVectors

SIGNS = ("covered", "sentence_covered", "likeness", "asked", "terms", "english")
"""Shares of the words of the clause and of its sentence that the sources have, cosines to their
nearest sentence and to the question, the logarithm of the number of content terms, the language."""
_TELLING = 2
"""A clause with fewer content terms is too short to judge."""


class SenseLine(Direction):
    """A logistic line over SIGNS and the vector of a clause; made up lies above the threshold.

    Fitted by scripts/fit_sense.py.
    """

    fitted_with: str
    """Id of the embedder; the numbers mean nothing to another one."""
    signs: dict[str, float]
    bias: float
    threshold: float

    def score(self, signs: Floats, vector: Floats) -> float:
        """Return how far a clause lies on the side of what is made up."""
        known = sum(float(sign) * self.signs[name] for name, sign in zip(SIGNS, signs, strict=True))
        return known + float(vector @ self.vector) + self.bias


def to_be_judged(clause: str, sources: Sequence[str]) -> bool:
    """Whether a clause says something of which its sources lack a word."""
    return len(content_of(clause)) >= _TELLING and cover(clause, sources) < 1


def signs_of(
    clause: str,
    sentence: str,
    sources: Sequence[str],
    question: str,
    language: Language,
    vectors: SentenceVectors,
) -> tuple[Floats, Floats]:
    """Return the SIGNS of a clause of a sentence, and its vector."""
    said, asked = folded(clause), folded(question)
    told = [piece.text for source in sources for piece in pieces_of(source, "passage")]
    rows = vectors.of([said, *told, *([asked] if asked else [])])
    vector = rows[said]
    signs = (
        cover(clause, sources),
        cover(sentence, sources),
        max((float(vector @ rows[each]) for each in told), default=0.0),
        float(vector @ rows[asked]) if asked else 0.0,
        math.log(len(content_of(clause))),
        float(language == "en"),
    )
    return np.array(signs, dtype=np.float32), vector
