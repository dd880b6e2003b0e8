"""Entries to a release on disk."""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import perf_counter

from anyio import to_thread

from assist.ids import new_id
from assist.index.embed import Embedder, Embeddings, Progress
from assist.index.release import write_release
from assist.index.segment import PassagesOf, build_segment
from assist.records import Entry, Release


async def build_release(
    entries: Iterable[Entry],
    *,
    passages_of: PassagesOf,
    embedder: Embedder,
    embeddings: Embeddings,
    folder: Path,
    through_seq: int,
    progress: Progress,
    full: bool = False,
) -> Release:
    """Write a release of the published entries into a folder of its own and describe it.

    ``entries`` is read in a worker thread. Texts embedded before are not embedded again, unless
    ``full``. Raises ProviderError, StoreFull, StoreUnusable.
    """
    begun = perf_counter()
    built = await build_segment(
        entries,
        passages_of=passages_of,
        embedder=embedder,
        embeddings=embeddings,
        progress=progress,
        full=full,
    )
    release_id, created_at = new_id("rel"), datetime.now(UTC)
    manifest_sha256 = await to_thread.run_sync(
        partial(
            write_release,
            folder,
            built.segment,
            id=release_id,
            created_at=created_at,
            embedder=embedder.id,
            through_seq=through_seq,
        )
    )
    return Release(
        id=release_id,
        created_at=created_at,
        embedder=embedder.id,
        manifest_sha256=manifest_sha256,
        through_seq=through_seq,
        entries=len(built.segment.entries),
        passages=built.segment.passages,
        embedded=built.embedded,
        reused=built.segment.passages - built.embedded,
        seconds=perf_counter() - begun,
    )
