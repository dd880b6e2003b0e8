"""BM25 over postings in NumPy arrays, with statistics that the overlay shares with the base."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assist.index.strings import (
    Array,
    Bools,
    Ints,
    Longs,
    ints,
    longs,
)
from assist.records import Floats

Counts = npt.NDArray[np.uint16]

_K1 = 1.2
_B = 0.75
_MOST = np.iinfo(np.uint16).max
_PART = 8


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Statistics:
    """What BM25 weighs terms by: Robertson's idf, and the average length of a document."""

    documents: int
    average_length: float
    terms: Mapping[str, int]
    frequencies: Longs
    """For each term, in how many documents it stands."""

    def idf(self, terms: Iterable[str]) -> Floats:
        """Return ln(1 + (N - df + 0.5) / (df + 0.5)) a term; a new term counts as seen once."""
        known = np.fromiter((self.terms.get(term, -1) for term in terms), dtype=np.int64)
        padded = np.append(self.frequencies, 1)
        frequency = padded[known].astype(np.float64)
        weights = np.log1p((max(self.documents, 1) - frequency + 0.5) / (frequency + 0.5))
        return weights.astype(np.float32)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lexical:
    """Documents by term; ``documents[starts[t]:starts[t + 1]]`` hold the term t."""

    size: int
    """How many documents there are, also such without any term."""
    terms: Mapping[str, int]
    starts: Longs
    documents: Ints
    counts: Counts
    """How often the term of each posting stands in its document."""
    weights: Floats
    """What each posting adds to the score of its document."""
    lengths: Ints
    """How many terms each document has."""
    average_length: float

    def search(self, terms: Iterable[str], allowed: Bools | None, k: int) -> tuple[Longs, Floats]:
        """Return up to ``k`` documents that share a term, best first, and their scores.

        ``allowed`` tells for each whether it may be found; None stands for all.
        """
        known = [self.terms[term] for term in dict.fromkeys(terms) if term in self.terms]
        if not known or not self.size:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        runs = [slice(int(self.starts[term]), int(self.starts[term + 1])) for term in known]
        counted = np.bincount(
            np.concatenate([self.documents[run] for run in runs]),
            np.concatenate([self.weights[run] for run in runs]),
            minlength=self.size,
        )
        scores = counted.astype(np.float64, copy=False)
        return _best(scores if allowed is None else scores * allowed, k)

    def frequency(self, term: str) -> int:
        """Return how many documents hold the term."""
        row = self.terms.get(term)
        return 0 if row is None else int(self.starts[row + 1] - self.starts[row])

    def statistics(self) -> Statistics:
        """Return the statistics of these documents, to weigh others by."""
        return Statistics(
            documents=self.size,
            average_length=self.average_length,
            terms=self.terms,
            frequencies=np.diff(self.starts),
        )

    def kept(self, keep: Bools) -> "Lexical":
        """Return the documents that are True, renumbered; the terms stay."""
        number = np.cumsum(keep, dtype=np.int32) - 1
        stays = keep[self.documents]
        passed = np.concatenate([[0], np.cumsum(stays, dtype=np.int64)])
        return Lexical(
            size=int(keep.sum()),
            terms=self.terms,
            starts=passed[self.starts],
            documents=number[self.documents[stays]],
            counts=self.counts[stays],
            weights=self.weights[stays],
            lengths=self.lengths[keep],
            average_length=self.average_length,
        )

    def plus(self, other: "Lexical") -> "Lexical":
        """Return these documents and then the other's, weighed by the same statistics."""
        terms = dict(self.terms)
        theirs = np.fromiter(
            (terms.setdefault(term, len(terms)) for term in other.terms),
            dtype=np.int64,
            count=len(other.terms),
        )
        ours = np.arange(len(self.terms), dtype=np.int64)
        term = np.concatenate(
            [np.repeat(ours, np.diff(self.starts)), np.repeat(theirs, np.diff(other.starts))]
        )
        documents = np.concatenate([self.documents, other.documents + np.int32(self.size)])
        order = np.argsort(term, kind="stable")
        counts = np.bincount(term, minlength=len(terms))
        return Lexical(
            size=self.size + other.size,
            terms=terms,
            starts=np.concatenate([[0], np.cumsum(counts, dtype=np.int64)]),
            documents=documents[order],
            counts=np.concatenate([self.counts, other.counts])[order],
            weights=np.concatenate([self.weights, other.weights])[order],
            lengths=np.concatenate([self.lengths, other.lengths]),
            average_length=self.average_length,
        )

    def reweighed(self) -> "Lexical":
        """Return these documents as ``build_lexical`` makes them: weighed by what they hold now."""
        frequencies = np.diff(self.starts)
        used = frequencies > 0
        stays = used.tolist()
        terms = [term for term, stay in zip(self.terms, stays, strict=True) if stay]
        return _weighed(
            dict(zip(terms, range(len(terms)), strict=True)),
            frequencies[used],
            self.documents,
            self.counts,
            self.lengths,
            None,
        )

    def arrays(self, name: str) -> dict[str, Array]:
        """Return what ``lexical_from`` takes, each array under its name."""
        # No term holds a line break, and one split is ten times faster than as many slices.
        return {
            f"{name}_terms": np.frombuffer("\n".join(self.terms).encode(), dtype=np.uint8),
            f"{name}_postings": self.starts,
            f"{name}_documents": self.documents,
            f"{name}_counts": self.counts,
            f"{name}_weights": self.weights,
            f"{name}_lengths": self.lengths,
            f"{name}_average": np.array([self.average_length], dtype=np.float64),
        }


def lexical_from(arrays: dict[str, Array], name: str) -> Lexical:
    """Return the index that ``arrays(name)`` gave away."""
    text = arrays[f"{name}_terms"].tobytes().decode()
    terms = text.split("\n") if text else []
    lengths = ints(arrays[f"{name}_lengths"])
    return Lexical(
        size=len(lengths),
        terms=dict(zip(terms, range(len(terms)), strict=True)),
        starts=longs(arrays[f"{name}_postings"]),
        documents=ints(arrays[f"{name}_documents"]),
        counts=arrays[f"{name}_counts"].astype(np.uint16, copy=False),
        weights=arrays[f"{name}_weights"].astype(np.float32, copy=False),
        lengths=lengths,
        average_length=float(arrays[f"{name}_average"].astype(np.float64)[0]),
    )


def build_lexical(
    documents: Iterable[Sequence[str]], statistics: Statistics | None = None
) -> Lexical:
    """Return the index of documents given as terms, weighed by ``statistics`` or by their own."""
    terms: dict[str, int] = {}
    tokens = array("i")
    sizes = array("i")
    for document in documents:
        tokens.extend(terms.setdefault(term, len(terms)) for term in document)
        sizes.append(len(document))
    lengths = np.array(sizes, dtype=np.int32)
    posting_terms, documents_of, counts = _postings(tokens, lengths)
    frequencies = np.bincount(posting_terms, minlength=len(terms)).astype(np.int64)
    return _weighed(terms, frequencies, documents_of, counts, lengths, statistics)


def _weighed(
    terms: Mapping[str, int],
    frequencies: Longs,
    documents: Ints,
    counts: Counts,
    lengths: Ints,
    statistics: Statistics | None,
) -> Lexical:
    """Return the index of these postings, which stand by term; without statistics, by their own."""
    used = statistics or Statistics(
        documents=len(lengths),
        average_length=float(lengths.mean()) if lengths.sum() else 1.0,
        terms=terms,
        frequencies=frequencies,
    )
    relative = lengths[documents] / np.float32(used.average_length)
    norm = counts + np.float32(_K1) * (np.float32(1 - _B) + np.float32(_B) * relative)
    weights = np.repeat(used.idf(terms), frequencies) * counts * np.float32(_K1 + 1) / norm
    return Lexical(
        size=len(lengths),
        terms=terms,
        starts=np.concatenate([[0], np.cumsum(frequencies)]),
        documents=documents,
        counts=counts,
        weights=weights.astype(np.float32, copy=False),
        lengths=lengths,
        average_length=used.average_length,
    )


def _postings(tokens: "array[int]", lengths: Ints) -> tuple[Ints, Ints, Counts]:
    """Return term, document and count of each posting, by term and then by document."""
    size = max(len(lengths), 1)
    # One number a token, sorted in place: there may be tens of millions.
    places = np.array(tokens, dtype=np.int64)
    places *= size
    places += np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
    places.sort()
    first = np.flatnonzero(np.append(True, places[1:] != places[:-1])[: len(places)])
    counts = np.minimum(np.diff(first, append=len(places)), _MOST).astype(np.uint16)
    postings = places[first]
    terms = (postings // size).astype(np.int32)
    postings %= size
    return terms, postings.astype(np.int32), counts


def _best(scores: npt.NDArray[np.float64], k: int) -> tuple[Longs, Floats]:
    """Return the rows of the ``k`` highest scores above 0, the highest first."""
    # Most documents score little or nothing. What the best of a part reach, few of all do.
    part = scores[::_PART]
    part = part[part > 0]
    if k < len(part):
        rows = np.flatnonzero(scores >= np.partition(part, -k)[-k])
    else:
        rows = np.flatnonzero(scores)
    found = scores[rows]
    order = np.lexsort((rows, -found))[:k]
    return rows[order], found[order].astype(np.float32)
