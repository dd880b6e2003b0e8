"""Passages of one sort, in columns, with their vectors and postings."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import get_args

import numpy as np
import numpy.typing as npt

from assist.index.allowed import Rows
from assist.index.coarse import Coarse, coarse_of
from assist.index.dense import search_dense
from assist.index.entries import Entries
from assist.index.lexical import Lexical, Statistics, build_lexical, lexical_from
from assist.index.strings import Array, Bools, Ints, Longs, Strings, ints, strings_from, strings_of
from assist.records import Candidate, Floats, Passage, PassageKind, SearchQuery
from assist.text.normalise import fold
from assist.text.tokenise import analyse

_KINDS: tuple[PassageKind, ...] = get_args(PassageKind)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Columns:
    """What is known of each passage, in the order of their entries."""

    ids: Strings
    entry: Ints
    """For each passage, the row of its entry."""
    kind: npt.NDArray[np.int8]
    texts: Strings
    headings: Strings
    start: Ints
    end: Ints

    @property
    def negative(self) -> Bools:
        """For each passage whether it speaks against its entry."""
        negative: Bools = self.kind == _KINDS.index("negative")
        return negative

    def kept(self, keep: Bools, entry_rows: Ints) -> "Columns":
        """Return the passages that are True; ``entry_rows`` gives each old entry its new row."""
        return Columns(
            ids=self.ids.kept(keep),
            entry=entry_rows[self.entry[keep]],
            kind=self.kind[keep],
            texts=self.texts.kept(keep),
            headings=self.headings.kept(keep),
            start=self.start[keep],
            end=self.end[keep],
        )

    def plus(self, others: "Columns", entries: int) -> "Columns":
        """Return these passages of so many entries, and then the others."""
        return Columns(
            ids=self.ids.plus(others.ids),
            entry=np.concatenate([self.entry, others.entry + np.int32(entries)]),
            kind=np.concatenate([self.kind, others.kind]),
            texts=self.texts.plus(others.texts),
            headings=self.headings.plus(others.headings),
            start=np.concatenate([self.start, others.start]),
            end=np.concatenate([self.end, others.end]),
        )

    def candidates(self, rows: Longs, scores: Floats, entries: Entries) -> list[Candidate]:
        """Return what a leg found, each passage to be read when it is asked for."""
        ids = [entries.ids[entry] for entry in self.entry[rows].tolist()]
        kinds = self.kind[rows].tolist()
        return [
            Candidate(
                entry_id=id,
                kind=_KINDS[kind],
                score=score,
                read=partial(self._passage, row, id, entries),
            )
            for row, id, kind, score in zip(rows.tolist(), ids, kinds, scores.tolist(), strict=True)
        ]

    def _passage(self, row: int, entry_id: str, entries: Entries) -> Passage:
        return Passage(
            id=self.ids[row],
            entry_id=entry_id,
            entry_version=entries.versions[self.entry[row]],
            kind=_KINDS[self.kind[row]],
            text=self.texts[row],
            heading=self.headings[row],
            start=int(self.start[row]),
            end=int(self.end[row]),
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PassageIndex:
    """The two legs over phrasings, or the two over pieces of texts."""

    columns: Columns
    vectors: Floats
    lexical: Lexical
    coarse: Coarse | None = None
    """Of a release, once there are many; the overlay is searched exactly."""

    def __len__(self) -> int:
        return len(self.columns.entry)

    def dense(self, query: SearchQuery, allowed: Rows, k: int) -> tuple[Longs, Floats]:
        """Return rows and inner products, best first."""
        return search_dense(self.vectors, query.vector, allowed, k, self.coarse)

    def lexically(self, query: SearchQuery, allowed: Rows, k: int) -> tuple[Longs, Floats]:
        """Return rows and BM25 scores, best first."""
        if not allowed.count:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        mask = allowed.mask if allowed.selector else None
        return self.lexical.search(query.terms, mask, k)

    def kept(self, keep: Bools, entry_rows: Ints) -> "PassageIndex":
        """Return the passages that are True; ``entry_rows`` gives each old entry its new row."""
        return PassageIndex(
            columns=self.columns.kept(keep, entry_rows),
            vectors=self.vectors[keep],
            lexical=self.lexical.kept(keep),
        )

    def plus(self, others: "PassageIndex", entries: int) -> "PassageIndex":
        """Return these passages of so many entries, and then the others."""
        return PassageIndex(
            columns=self.columns.plus(others.columns, entries),
            vectors=np.concatenate([self.vectors, others.vectors]),
            lexical=self.lexical.plus(others.lexical),
        )

    def merged(
        self, keep: Bools, entry_rows: Ints, others: "PassageIndex", entries: int
    ) -> "PassageIndex":
        """Return ``kept`` and then the others, weighed anew, with the vectors copied only once."""
        # What takes memory for a moment goes before what takes it to stay.
        columns = self.columns.kept(keep, entry_rows).plus(others.columns, entries)
        lexical = self.lexical.kept(keep).plus(others.lexical).reweighed()
        rows = np.flatnonzero(keep)
        vectors: Floats = np.empty((len(columns.entry), self.vectors.shape[1]), dtype=np.float32)
        # Any other mode would copy the vectors a second time.
        np.take(self.vectors, rows, axis=0, out=vectors[: len(rows)], mode="clip")
        vectors[len(rows) :] = others.vectors
        return PassageIndex(columns=columns, vectors=vectors, lexical=lexical)

    def arrays(self, name: str) -> dict[str, Array]:
        """Return what ``passage_index_from`` takes, each array under its name."""
        columns = self.columns
        return {
            f"dense_{name}": self.vectors,
            **self.lexical.arrays(f"lexical_{name}"),
            **columns.ids.arrays(f"{name}_ids"),
            **columns.texts.arrays(f"{name}_texts"),
            **columns.headings.arrays(f"{name}_headings"),
            f"{name}_entry": columns.entry,
            f"{name}_kind": columns.kind,
            f"{name}_start": columns.start,
            f"{name}_end": columns.end,
        }


def passage_index_from(arrays: dict[str, Array], name: str) -> PassageIndex:
    """Return the index that ``arrays(name)`` gave away."""
    vectors = arrays[f"dense_{name}"].astype(np.float32, copy=False)
    return PassageIndex(
        columns=Columns(
            ids=strings_from(arrays, f"{name}_ids"),
            entry=ints(arrays[f"{name}_entry"]),
            kind=arrays[f"{name}_kind"].astype(np.int8, copy=False),
            texts=strings_from(arrays, f"{name}_texts"),
            headings=strings_from(arrays, f"{name}_headings"),
            start=ints(arrays[f"{name}_start"]),
            end=ints(arrays[f"{name}_end"]),
        ),
        vectors=vectors,
        lexical=lexical_from(arrays, f"lexical_{name}"),
        coarse=coarse_of(vectors),
    )


class PassageRows:
    """Passages on their way into columns."""

    # Lists of plain values, not of records: the garbage collector would stop the searches of a
    # running service to walk through a hundred thousand of those.
    def __init__(self) -> None:
        self.folded: list[str] = []
        """What is embedded and indexed: the heading, then the text."""
        self._ids: list[str] = []
        self._entry: list[int] = []
        self._kind: list[int] = []
        self._texts: list[str] = []
        self._headings: list[str] = []
        self._start: list[int] = []
        self._end: list[int] = []

    def add(self, passage: Passage, entry_row: int) -> None:
        heading = f"{passage.heading}\n" if passage.heading else ""
        self.folded.append(fold(heading + passage.text))
        self._ids.append(passage.id)
        self._entry.append(entry_row)
        self._kind.append(_KINDS.index(passage.kind))
        self._texts.append(passage.text)
        self._headings.append(passage.heading)
        self._start.append(passage.start)
        self._end.append(passage.end)

    def index(self, vectors: Floats, statistics: Statistics | None) -> PassageIndex:
        """Return the index of the passages; ``vectors`` has a row for each."""
        return PassageIndex(
            columns=Columns(
                ids=strings_of(self._ids),
                entry=_int32(self._entry),
                kind=np.array(self._kind, dtype=np.int8),
                texts=strings_of(self._texts),
                headings=strings_of(self._headings),
                start=_int32(self._start),
                end=_int32(self._end),
            ),
            vectors=vectors,
            lexical=build_lexical(map(analyse, self.folded), statistics),
        )


def _int32(values: Iterable[int]) -> Ints:
    return np.fromiter(values, dtype=np.int32)
