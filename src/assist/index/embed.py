"""Texts to vectors, each text once for all time."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Literal, Protocol

import numpy as np
from anyio import to_thread

from assist.records import Floats

EmbeddingKind = Literal["query", "passage"]
Progress = Callable[[int, int], None]
"""Called with how many texts have vectors, and how many there are."""
_KNOWN_AT_ONCE = 2_000
_EMBEDDED_AT_ONCE = 256


class Embedder(Protocol):
    @property
    def id(self) -> str:
        """Names model and variant; vectors of two ids are never compared."""
        ...

    @property
    def dimension(self) -> int: ...

    async def embed(self, texts: Sequence[str], *, kind: EmbeddingKind) -> Floats:
        """Return one row of length 1 a text. Raises ProviderError."""
        ...


class Embeddings(Protocol):
    """The vectors that were made before; called from worker threads."""

    def known(self, embedder_id: str, hashes: Iterable[str]) -> dict[str, Floats]: ...

    def add(self, embedder_id: str, vectors: Mapping[str, Floats]) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Vectors:
    rows: Floats
    """One row a text, in the order of the texts."""
    embedded: int
    """How many rows had to be computed; the others were known or stood there twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    first: Mapping[str, int]
    """For each hash, the first row that needs its vector."""
    copies: Sequence[tuple[int, int]]
    """Rows whose text stands in an earlier row already, and that row."""


async def embed_texts(
    phrasings: Sequence[str],
    pieces: Sequence[str],
    *,
    embedder: Embedder,
    embeddings: Embeddings,
    progress: Progress,
    full: bool = False,
) -> Vectors:
    """Return the vectors of folded phrasings (as queries), then of folded pieces (as passages).

    ``full`` computes every one again. Raises ProviderError.
    """
    texts = [*phrasings, *pieces]
    plan = await to_thread.run_sync(_plan, texts, len(phrasings))
    rows: Floats = np.empty((len(texts), embedder.dimension), dtype=np.float32)
    missing = list(plan.first)
    if not full:
        missing = await to_thread.run_sync(_fill_known, rows, plan, embedder.id, embeddings)
    # A model pads a batch to its longest text, so texts of one length go together.
    missing.sort(key=lambda key: len(texts[plan.first[key]]))
    done = len(plan.first) - len(missing)
    progress(done, len(plan.first))
    kinds: dict[EmbeddingKind, list[str]] = {
        "query": [key for key in missing if plan.first[key] < len(phrasings)],
        "passage": [key for key in missing if plan.first[key] >= len(phrasings)],
    }
    for kind, keys in kinds.items():
        for batch in _batches(keys, _EMBEDDED_AT_ONCE):
            found = await embedder.embed([texts[plan.first[key]] for key in batch], kind=kind)
            rows[[plan.first[key] for key in batch]] = found
            fresh = dict(zip(batch, found, strict=True))
            await to_thread.run_sync(partial(embeddings.add, embedder.id, fresh))
            done += len(batch)
            progress(done, len(plan.first))
    for copy, original in plan.copies:
        rows[copy] = rows[original]
    return Vectors(rows=rows, embedded=len(missing))


def _plan(texts: Sequence[str], phrasings: int) -> _Plan:
    first: dict[str, int] = {}
    copies: list[tuple[int, int]] = []
    for row, text in enumerate(texts):
        kind: EmbeddingKind = "query" if row < phrasings else "passage"
        key = hashlib.sha256(f"{kind}\n{text}".encode()).hexdigest()
        original = first.setdefault(key, row)
        if original != row:
            copies.append((row, original))
    return _Plan(first=first, copies=copies)


def _fill_known(rows: Floats, plan: _Plan, embedder_id: str, embeddings: Embeddings) -> list[str]:
    """Write the known vectors into their rows and return the hashes of the others."""
    missing: list[str] = []
    for batch in _batches(plan.first, _KNOWN_AT_ONCE):
        known = embeddings.known(embedder_id, batch)
        for key in batch:
            if key in known:
                rows[plan.first[key]] = known[key]
            else:
                missing.append(key)
    return missing


def _batches(keys: Iterable[str], size: int) -> Iterable[list[str]]:
    rest = iter(keys)
    return iter(lambda: list(islice(rest, size)), [])
