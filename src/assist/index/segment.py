"""A searchable body of entries: a release is one, and the overlay is a small one beside it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeGuard

import numpy as np
from anyio import to_thread

from assist.index.embed import Embedder, Embeddings, Progress, embed_texts
from assist.index.entries import Entries, EntryRows, entries_from
from assist.index.passages import PassageIndex, PassageRows, passage_index_from
from assist.index.strings import Array, Bools
from assist.records import Entry, Passage

PassagesOf = Callable[[Entry], Iterable[Passage]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Segment:
    entries: Entries
    phrasings: PassageIndex
    pieces: PassageIndex

    @property
    def passages(self) -> int:
        return len(self.phrasings) + len(self.pieces)

    @property
    def dimension(self) -> int:
        width: int = self.phrasings.vectors.shape[1]
        return width

    def kept(self, keep: Bools) -> "Segment":
        """Return the entries that are True, with their passages."""
        rows = np.cumsum(keep, dtype=np.int32) - np.int32(1)
        return Segment(
            entries=self.entries.kept(keep),
            phrasings=self.phrasings.kept(keep[self.phrasings.columns.entry], rows),
            pieces=self.pieces.kept(keep[self.pieces.columns.entry], rows),
        )

    def plus(self, others: "Segment") -> "Segment":
        """Return these entries and then the others."""
        count = len(self.entries)
        return Segment(
            entries=self.entries.plus(others.entries),
            phrasings=self.phrasings.plus(others.phrasings, count),
            pieces=self.pieces.plus(others.pieces, count),
        )

    def merged(self, keep: Bools, others: "Segment") -> "Segment":
        """Return the entries that are True and then the others, as if all were built together."""
        rows = np.cumsum(keep, dtype=np.int32) - np.int32(1)
        count = int(np.count_nonzero(keep))
        mine, theirs = self.phrasings, others.phrasings
        phrasings = mine.merged(keep[mine.columns.entry], rows, theirs, count)
        mine, theirs = self.pieces, others.pieces
        return Segment(
            entries=self.entries.kept(keep).plus(others.entries),
            phrasings=phrasings,
            pieces=mine.merged(keep[mine.columns.entry], rows, theirs, count),
        )

    def arrays(self) -> dict[str, Array]:
        """Return what ``segment_from`` takes, beside the ids and versions of the entries."""
        return {
            **self.entries.arrays(),
            **self.phrasings.arrays("question"),
            **self.pieces.arrays("passage"),
        }


def segment_from(arrays: dict[str, Array], versions: Mapping[str, int]) -> Segment:
    """Return the segment that ``arrays`` gave away; ``versions`` in the order of its entries."""
    return Segment(
        entries=entries_from(arrays, versions),
        phrasings=passage_index_from(arrays, "question"),
        pieces=passage_index_from(arrays, "passage"),
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Built:
    segment: Segment
    embedded: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gathered:
    entries: Entries
    phrasings: PassageRows
    pieces: PassageRows


def is_live(entry: Entry | None) -> TypeGuard[Entry]:
    """Return whether an entry may be found at all; its dates are left to the search."""
    return entry is not None and entry.status == "published"


async def build_segment(
    entries: Iterable[Entry],
    *,
    passages_of: PassagesOf,
    embedder: Embedder,
    embeddings: Embeddings,
    progress: Progress,
    full: bool = False,
    like: Segment | None = None,
) -> Built:
    """Return the segment of the published entries among ``entries``.

    With ``like``, its lexical scores are weighed by that segment's statistics, so that the hits of
    both stand in one order. Raises ProviderError.
    """
    gathered = await to_thread.run_sync(_gather, entries, passages_of)
    vectors = await embed_texts(
        gathered.phrasings.folded,
        gathered.pieces.folded,
        embedder=embedder,
        embeddings=embeddings,
        progress=progress,
        full=full,
    )

    def index() -> Segment:
        cut = len(gathered.phrasings.folded)
        return Segment(
            entries=gathered.entries,
            phrasings=gathered.phrasings.index(
                vectors.rows[:cut], like.phrasings.lexical.statistics() if like else None
            ),
            pieces=gathered.pieces.index(
                vectors.rows[cut:], like.pieces.lexical.statistics() if like else None
            ),
        )

    return Built(segment=await to_thread.run_sync(index), embedded=vectors.embedded)


async def embed_ahead(
    entries: Iterable[Entry],
    *,
    passages_of: PassagesOf,
    embedder: Embedder,
    embeddings: Embeddings,
    progress: Progress,
) -> None:
    """Make sure that the published entries among these have their vectors. Raises ProviderError."""
    gathered = await to_thread.run_sync(_gather, entries, passages_of)
    await embed_texts(
        gathered.phrasings.folded,
        gathered.pieces.folded,
        embedder=embedder,
        embeddings=embeddings,
        progress=progress,
    )


def _gather(entries: Iterable[Entry], passages_of: PassagesOf) -> _Gathered:
    columns, phrasings, pieces = EntryRows(), PassageRows(), PassageRows()
    for entry in entries:
        if not is_live(entry):
            continue
        row = columns.add(entry)
        for passage in passages_of(entry):
            (pieces if passage.kind == "passage" else phrasings).add(passage, row)
    return _Gathered(entries=columns.columns(), phrasings=phrasings, pieces=pieces)
