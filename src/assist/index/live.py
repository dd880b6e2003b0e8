"""The snapshot that serves, kept up with the active release and with every edit."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from time import monotonic
from typing import Protocol

import anyio
from anyio import to_thread

from assist.errors import (
    AssistError,
    EmbedderChanged,
    IndexUnusable,
    ProviderError,
    ReleaseMissing,
    ReleaseUnknown,
)
from assist.index.embed import Embedder, Embeddings, Progress
from assist.index.release import load_release
from assist.index.segment import PassagesOf, Segment, build_segment, embed_ahead, is_live
from assist.index.snapshot import ReadEntry, Snapshot, whole
from assist.records import Change, Entry, Release

_ENTRIES_KEPT = 2_000
_REFUSED_S = 30.0
"""How long a release that cannot be used is taken for so without another look at it."""


class Releases(Protocol):
    """Which release serves; called from worker threads."""

    def active(self) -> tuple[str, int] | None: ...

    def get(self, release_id: str) -> Release: ...


class EntryFeed(Protocol):
    """Entries at their versions, and what changed; called from worker threads."""

    def at_version(self, entry_id: str, version: int) -> Entry: ...

    def changes_since(self, seq: int) -> Sequence[Change]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Serving:
    pointer: tuple[str, int]
    """The active release, and the change after which its overlay starts."""
    through: int
    """The last change that the snapshot shows."""
    snapshot: Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class _Refused:
    release_id: str
    error: IndexUnusable
    until: float


class LiveIndex:
    """Holds the one reference to the snapshot; a search keeps the one it began with."""

    def __init__(
        self,
        folder: Path,
        releases: Releases,
        entries: EntryFeed,
        embeddings: Embeddings,
        embedder: Embedder,
        *,
        passages_of: PassagesOf,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._folder = folder
        self._releases = releases
        self._entries = entries
        self._embeddings = embeddings
        self._embedder = embedder
        self._passages_of = passages_of
        self._clock = clock
        self._read: ReadEntry = lru_cache(maxsize=_ENTRIES_KEPT)(entries.at_version)
        self._serving: _Serving | None = None
        self._prepared: Snapshot | None = None
        self._refused: _Refused | None = None
        self._refreshing = anyio.Lock()
        self.problem: AssistError | None = None
        """Why the last refresh failed; what served before it may still serve."""

    @property
    def snapshot(self) -> Snapshot:
        """What is live now. Raises the problem, or ReleaseMissing, when nothing is."""
        if self._serving is not None:
            return self._serving.snapshot
        if self.problem is not None:
            raise self.problem.with_traceback(None)
        raise ReleaseMissing("no release is loaded: run a reindex")

    async def prepare(self, release: Release) -> None:
        """Load a release beside the one that serves, so that its activation only swaps the two.

        Raises ReleaseDamaged, EmbedderChanged, IndexUnusable.
        """
        self._prepared = await self._loaded(release)

    async def embed_ahead(self, entries: Sequence[Entry], progress: Progress) -> None:
        """Embed entries before they are stored, so that a refresh need not wait for it.

        Does nothing while nothing serves: a build embeds them then. Raises ProviderError.
        """
        if self._serving is not None:
            await embed_ahead(
                entries,
                passages_of=self._passages_of,
                embedder=self._embedder,
                embeddings=self._embeddings,
                progress=progress,
            )

    async def refresh(self) -> None:
        """Follow the active release and the changes since; the old snapshot serves until then.

        Raises ReleaseMissing, ReleaseUnknown, ReleaseDamaged, EmbedderChanged, IndexUnusable,
        ProviderError, StoreError; what served before goes on serving, with the changes.
        """
        async with self._refreshing:
            try:
                await self._refresh()
            except AssistError as error:
                self.problem = error
                raise
            self.problem = None

    async def _refresh(self) -> None:
        pointer = await to_thread.run_sync(self._releases.active)
        if pointer is None:
            raise ReleaseMissing("nothing has been built yet: run a reindex")
        serving = self._serving
        if serving is not None and serving.pointer == pointer:
            await self._catch_up(serving)
            return
        try:
            snapshot = await self._opened(pointer[0])
            await self._catch_up(_Serving(pointer=pointer, through=pointer[1], snapshot=snapshot))
        except (IndexUnusable, ProviderError):
            if serving is not None:
                # What serves on must forget what is deleted all the same.
                await self._catch_up(serving)
            raise

    async def _catch_up(self, serving: _Serving) -> None:
        changes = await to_thread.run_sync(self._entries.changes_since, serving.through)
        newest = {change.entry_id: change.entry for change in changes}
        if self._serving is None or self._serving.pointer == serving.pointer:
            # A delete must not wait for an embedder, which may be down.
            self._serving = await self._without_gone(serving, newest)
        self._serving = await self._caught_up(serving, newest, changes)

    async def _opened(self, release_id: str) -> Snapshot:
        prepared, self._prepared = self._prepared, None
        if prepared is not None and prepared.release == release_id:
            return prepared
        known = self._refused
        # Each look reads every byte of the release, and the poll comes twice a second.
        if known and known.release_id == release_id and self._clock() < known.until:
            raise known.error.with_traceback(None)
        release = await to_thread.run_sync(self._releases.get, release_id)
        try:
            return await self._loaded(release)
        except IndexUnusable as error:
            until = self._clock() + _REFUSED_S
            self._refused = _Refused(release_id=release_id, error=error, until=until)
            raise

    async def _loaded(self, release: Release) -> Snapshot:
        if release.embedder != self._embedder.id:
            raise EmbedderChanged(
                f"the release {release.id} was built with {release.embedder}, "
                f"not with {self._embedder.id}: run a reindex"
            )
        base = await to_thread.run_sync(
            load_release, self._folder, release.id, release.manifest_sha256
        )
        if base.dimension != self._embedder.dimension:
            raise EmbedderChanged(
                f"{release.embedder} made {base.dimension} numbers a vector for the release "
                f"{release.id} and makes {self._embedder.dimension} now: run a full reindex"
            )
        return Snapshot(
            release=release.id,
            base=whole(base),
            overlay=whole(await self._segment((), base)),
            changed={},
            read=self._read,
        )

    async def _without_gone(
        self, serving: _Serving, newest: Mapping[str, Entry | None]
    ) -> _Serving:
        gone = {id: entry for id, entry in newest.items() if not is_live(entry)}
        if not gone:
            return serving
        nothing = await self._segment((), serving.snapshot.base.segment)
        snapshot = await to_thread.run_sync(serving.snapshot.with_changes, gone, nothing)
        return replace(serving, snapshot=snapshot)

    async def _caught_up(
        self,
        serving: _Serving,
        newest: Mapping[str, Entry | None],
        changes: Sequence[Change],
    ) -> _Serving:
        if not changes:
            return serving
        fresh = await self._segment(
            [entry for entry in newest.values() if entry], serving.snapshot.base.segment
        )
        snapshot = await to_thread.run_sync(serving.snapshot.with_changes, newest, fresh)
        return replace(serving, through=changes[-1].seq, snapshot=snapshot)

    async def _segment(self, entries: Sequence[Entry], base: Segment) -> Segment:
        built = await build_segment(
            entries,
            passages_of=self._passages_of,
            embedder=self._embedder,
            embeddings=self._embeddings,
            progress=lambda done, total: None,
            like=base,
        )
        return built.segment


def can_be_rebuilt(problem: AssistError | None) -> bool:
    """Return whether a build from the database mends this, and nobody has to choose anything."""
    chosen = (EmbedderChanged, ReleaseMissing, ReleaseUnknown)
    return isinstance(problem, IndexUnusable) and not isinstance(problem, chosen)
