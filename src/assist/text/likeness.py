"""Orders to the assistant in other words: sentences near known attacks in sense and wording."""

import re
from base64 import b64decode
from binascii import Error
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

import numpy as np
from pydantic import Field, model_validator

from assist.records import Floats
from assist.text.injection import InjectionSign, Reason
from assist.text.normalise import fold
from assist.text.sentences import split_sentences
from assist.text.vectors import SentenceVectors
from assist.text.wording import buckets, marks_pattern
from assist.yaml_file import FileModel, read_yaml

Place = Literal["question", "passage"]

# Hashes, tokens and escapes have no sense, yet they have a vector.
_SIGNS = re.compile(r"[a-z0-9+/_=.-]{24,}|(?:%[0-9a-f]{2})+")
_WORD = re.compile(r"[^\W\d_]{2}")
ALONE = 0.35
"""Stands for the likeness to the rest where there is no rest; about what it is on average."""
_MOST = 40
"""Sentences of one text that are looked at, its first ones; bounds what embedding may cost."""
_LONGEST = 400
"""Characters of a piece that are looked at."""
_KEPT = 2048


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a text that is judged by its sense."""

    text: str
    """Folded."""
    start: int
    end: int


class Direction(FileModel):
    """Weights of one space, in bytes from -127 to 127 times ``scale``."""

    scale: float = Field(gt=0)
    weights: str

    @model_validator(mode="after")
    def _weights_decode(self) -> "Direction":
        try:
            raw = b64decode(self.weights, validate=True)
        except Error as error:
            raise ValueError(f"weights: not base64: {error}") from error
        if not raw:
            raise ValueError("weights: empty")
        return self

    @cached_property
    def vector(self) -> Floats:
        raw = np.frombuffer(b64decode(self.weights), dtype=np.int8)
        return raw.astype(np.float32) * np.float32(self.scale)


class Line(Direction):
    """A logistic line between attacks and ordinary texts; above ``threshold`` lie the attacks."""

    words: Direction
    """Weights of the hashed wording; their mean is taken with the root of their number."""
    bias: float
    together: float
    """Added for each unit of a piece's likeness to the rest of its text."""
    threshold: float

    def scores(
        self, pieces: Sequence[Piece], vectors: Mapping[str, Floats], marks: re.Pattern[str]
    ) -> list[float]:
        """Return how far each piece of a text lies on the side of the attacks."""
        near = apart(pieces, vectors)
        return [
            float(vectors[piece.text] @ self.vector)
            + self._worded(piece.text, marks)
            + self.together * near[n]
            + self.bias
            for n, piece in enumerate(pieces)
        ]

    def _worded(self, text: str, marks: re.Pattern[str]) -> float:
        weights = self.words.vector
        there = buckets(text, marks, weights.size)
        return float(weights[there].sum() / np.sqrt(len(there)))


class Kind(Direction, Reason):
    """One kind of attack, and where its examples lie on average."""

    id: str


class Likeness(FileModel):
    """What attacks look like to one embedder; fitted by scripts/fit_injection.py."""

    fitted_with: str
    """Id of the embedder; the numbers mean nothing to another one."""
    marks: dict[str, str]
    """Patterns of words that count as one another; the weights mean nothing to other ones."""
    lines: dict[Place, Line]
    """A customer may ask for much that has no place in a passage."""
    kinds: tuple[Kind, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _one_space(self) -> "Likeness":
        directions: Sequence[Direction] = (*self.lines.values(), *self.kinds)
        if len({direction.vector.size for direction in directions}) > 1:
            raise ValueError("all weights must be of one dimension")
        marks_pattern(self.marks)
        if set(self.lines) != {"question", "passage"}:
            raise ValueError("lines: give one for question and one for passage")
        return self

    @cached_property
    def marked(self) -> re.Pattern[str]:
        return marks_pattern(self.marks)


def load_likeness(folder: Path) -> Likeness:
    """Return the fitted numbers of ``folder/injection_likeness.yaml``. Raises FileInvalid."""
    return read_yaml(folder / "injection_likeness.yaml", Likeness)


@lru_cache(maxsize=_KEPT)
def pieces_of(text: str, place: Place) -> tuple[Piece, ...]:
    """Return what of a text has to be embedded: its sentences, without signs that nobody reads.

    Of a question also the whole, since an order may be spread over sentences.
    """
    return tuple(_pieces(text, place))


def apart(pieces: Sequence[Piece], vectors: Mapping[str, Floats]) -> list[float]:
    """Return for each piece its cosine to the mean of the other ones.

    What was planted in a passage is about something else than the passage is.
    """
    if len(pieces) < 2:
        return [ALONE] * len(pieces)
    rows = np.array([vectors[piece.text] for piece in pieces])
    others = rows.sum(axis=0) - rows
    lengths = np.maximum(np.linalg.norm(others, axis=1), 1e-9)
    cosines: list[float] = ((rows * others).sum(axis=1) / lengths).tolist()
    return cosines


def find_likeness(
    text: str, likeness: Likeness, place: Place, vectors: SentenceVectors | None
) -> InjectionSign | None:
    """Return the sentence that most resembles an attack, if one does.

    Without vectors of the embedder that the rules are fitted to, nothing is judged.
    """
    if vectors is None or vectors.id != likeness.fitted_with:
        return None
    line, pieces = likeness.lines[place], pieces_of(text, place)
    if not pieces:
        return None
    known = vectors.of(piece.text for piece in pieces)
    scores = line.scores(pieces, known, likeness.marked)
    best = max(range(len(pieces)), key=scores.__getitem__)
    if scores[best] <= line.threshold:
        return None
    piece = pieces[best]
    kind = max(likeness.kinds, key=lambda kind: float(known[piece.text] @ kind.vector))
    return InjectionSign(
        rule=f"like_{kind.id}",
        start=piece.start,
        end=piece.end,
        text=text[piece.start : piece.end],
        reason=kind.reason,
    )


def _pieces(text: str, place: Place) -> Iterator[Piece]:
    sentences = split_sentences(text)[:_MOST]
    for sentence in sentences:
        yield from _piece(text, sentence.start, sentence.end)
    if place == "question" and len(sentences) > 1:
        yield from _piece(text, 0, len(text))


def _piece(text: str, start: int, end: int) -> Iterator[Piece]:
    said = _SIGNS.sub(" ", fold(text[start:end])).strip()[:_LONGEST]
    if _WORD.search(said):
        yield Piece(text=said, start=start, end=end)
