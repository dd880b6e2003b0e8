"""How likely a clause is made up: by what its sources share with it, and by its sense.

What people and models make up is of few kinds (gifts, reasons, guarantees, other ways and places),
so the clause itself and its new words tell as much as what the sources say.
"""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from assist.check.sources import folded
from assist.check.support import content_of, cover
from assist.records import Floats, Language
from assist.text.likeness import Direction, pieces_of
from assist.text.tokenise import words

SIGNS = ("covered", "sentence_covered", "likeness", "new_likeness", "asked", "terms", "english")
"""Shares of the words of the clause and of its sentence that the sources have; cosines of the
clause and of its new words to their nearest sentences, and of the clause to the question; the
logarithm of the number of content terms; the language."""
_TELLING = 2
"""A clause with fewer content terms is too short to judge."""


class SenseLine(Direction):
    """A logistic line over SIGNS and vectors of a clause; made up lies above the threshold.

    The vectors are those of the clause, of what it has beyond the nearest sentence of its sources,
    and of its new words, one after the other. Fitted by scripts/fit_sense.py.
    """

    fitted_with: str
    """Id of the embedder; the numbers mean nothing to another one."""
    signs: dict[str, float]
    bias: float
    threshold: float

    def score(self, signs: Floats, vectors: Floats) -> float:
        """Return how far a clause lies on the side of what is made up."""
        known = sum(float(sign) * self.signs[name] for name, sign in zip(SIGNS, signs, strict=True))
        return known + float(vectors @ self.vector) + self.bias


def new_words(clause: str, sources: Sequence[str]) -> tuple[str, ...]:
    """Return the words of a clause that its sources lack, but for too short a clause."""
    if len(content_of(clause)) < _TELLING:
        return ()
    told = "\n".join(map(folded, sources))
    known = frozenset[str]().union(*map(content_of, sources))
    said = (folded(word.text) for word in words(clause))
    return tuple(
        word
        for word in said
        if not (content_of(word) <= known if word.isascii() else word in told)
        and any(map(str.isalpha, word))
    )


def told_by(sources: Sequence[str]) -> list[str]:
    """Return the sentences of the sources as they are embedded."""
    return [piece.text for source in sources for piece in pieces_of(source, "passage")]


def signs_of(
    clause: str,
    new: str,
    sentence: str,
    sources: Sequence[str],
    question: str,
    language: Language,
    rows: Mapping[str, Floats],
) -> tuple[Floats, Floats]:
    """Return the SIGNS of a clause of a sentence, and the three vectors of a SenseLine in a row.

    ``new`` are its new words; ``rows`` has the vectors of these, of the folded clause and question
    and of what the sources tell.
    """
    asked, told = folded(question), told_by(sources)
    mine, other = rows[folded(clause)], rows[new]
    nearest = max((rows[each] for each in told), key=mine.__matmul__, default=np.zeros_like(mine))
    signs = (
        cover(clause, sources),
        cover(sentence, sources),
        float(mine @ nearest),
        max((float(other @ rows[each]) for each in told), default=0.0),
        float(mine @ rows[asked]) if asked else 0.0,
        math.log(len(content_of(clause))),
        float(language == "en"),
    )
    return np.array(signs, dtype=np.float32), np.concatenate([mine, mine - nearest, other])
