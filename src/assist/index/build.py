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
from assist.index.reuse import Reused, splitter_version
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
    begun: float | None = None,
    earlier: Reused | None = None,
) -> Release:
    """Write a release of the published entries into a folder of its own and describe it.

    ``entries`` is read in a worker thread; those that ``earlier`` keeps are not to be among them.
    Texts embedded before are not embedded again, unless ``full``. Raises ProviderError, StoreFull,
    StoreUnusable.
    """
    begun = perf_counter() if begun is None else begun
    kept = earlier.passages if earlier else 0
    built = await build_segment(
        entries,
        passages_of=passages_of,
        embedder=embedder,
        embeddings=embeddings,
        progress=lambda done, total: progress(kept + done, kept + total),
        full=full,
    )
    segment = built.segment
    if earlier is not None:
        segment = await to_thread.run_sync(earlier.segment.merged, earlier.keep, segment)
    release_id, created_at = new_id("rel"), datetime.now(UTC)
    manifest_sha256 = await to_thread.run_sync(
        partial(
            write_release,
            folder,
            segment,
            id=release_id,
            created_at=created_at,
            embedder=embedder.id,
            splitter=splitter_version(passages_of),
            through_seq=through_seq,
        )
    )
    return Release(
        id=release_id,
        created_at=created_at,
        embedder=embedder.id,
        manifest_sha256=manifest_sha256,
        through_seq=through_seq,
        entries=len(segment.entries),
        passages=segment.passages,
        embedded=built.embedded,
        reused=segment.passages - built.embedded,
        seconds=perf_counter() - begun,
    )
