"""A release made of what is in the database."""

from pathlib import Path
from time import perf_counter
from typing import Protocol

from anyio import to_thread

from assist.index.build import build_release
from assist.index.embed import Embedder, Progress
from assist.index.reuse import Reused, reused
from assist.knowledge.split import passages_of
from assist.records import Release
from assist.store.embeddings import EmbeddingStore
from assist.store.entries import EntryStore
from assist.store.releases import ReleaseStore


class Build(Protocol):
    async def __call__(self, *, through_seq: int, full: bool, progress: Progress) -> Release:
        """Write a release of what was published after the change ``through_seq``.

        ``full`` takes nothing over from earlier ones and embeds every text again. Raises
        ProviderError, StoreFull, StoreUnusable.
        """
        ...


class BuildHere:
    """Builds in this process."""

    def __init__(
        self,
        *,
        entries: EntryStore,
        releases: ReleaseStore,
        embeddings: EmbeddingStore,
        embedder: Embedder,
        folder: Path,
    ) -> None:
        self._entries = entries
        self._releases = releases
        self._embeddings = embeddings
        self._embedder = embedder
        self._folder = folder

    async def __call__(self, *, through_seq: int, full: bool, progress: Progress) -> Release:
        begun = perf_counter()
        earlier = None if full else await to_thread.run_sync(self._earlier, through_seq)
        return await build_release(
            self._entries.as_of(through_seq, but=earlier.versions() if earlier else ()),
            passages_of=passages_of,
            embedder=self._embedder,
            embeddings=self._embeddings,
            folder=self._folder,
            through_seq=through_seq,
            progress=progress,
            full=full,
            begun=begun,
            earlier=earlier,
        )

    def _earlier(self, through_seq: int) -> Reused | None:
        return reused(
            self._folder,
            self._releases.all(),
            self._entries.versions_as_of(through_seq),
            embedder=self._embedder,
            passages_of=passages_of,
        )
