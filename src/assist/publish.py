"""Files and edits in, a served index out: the order of the steps, and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from anyio import to_thread

from assist.errors import ReleaseMissing
from assist.index.build import build_release
from assist.index.embed import Embedder, Progress
from assist.index.live import LiveIndex
from assist.index.release import sweep_releases
from assist.knowledge.documents import read_document
from assist.knowledge.rows import Row, read_rows
from assist.knowledge.split import passages_of
from assist.records import Entry, Language, Release
from assist.store.embeddings import EmbeddingStore
from assist.store.entries import EntryStore
from assist.store.releases import ReleaseStore

ImportMode = Literal["append", "replace"]
ROW_TYPES = frozenset({".jsonl", ".csv"})
DOCUMENT_TYPES = frozenset({".md", ".txt"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RowReport:
    line: int
    id: str | None
    status: Literal["ok", "skipped", "failed"]
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    rows: tuple[RowReport, ...]
    saved: int
    removed: tuple[str, ...]
    """Entries that ``replace`` takes out because the file does not hold them."""


def quiet(done: int, total: int) -> None:
    """Report progress to nobody."""


class Publisher:
    """Changes what is known; every change of an entry is live when the call returns."""

    def __init__(
        self,
        *,
        entries: EntryStore,
        embeddings: EmbeddingStore,
        releases: ReleaseStore,
        index: LiveIndex,
        embedder: Embedder,
        folder: Path,
        keep: int,
        zone: ZoneInfo,
        language: Language,
    ) -> None:
        self._entries = entries
        self._embeddings = embeddings
        self._releases = releases
        self._index = index
        self._embedder = embedder
        self._folder = folder
        self._keep = keep
        self._zone = zone
        self._language = language

    async def import_file(
        self, path: Path, *, mode: ImportMode = "append", dry_run: bool = False, actor: str
    ) -> ImportReport:
        """Store the good rows of a file, or its one document, and say what became of each row.

        Raises FileInvalid, ImportRefused.
        """
        report = await to_thread.run_sync(partial(self._import, path, mode, dry_run, actor))
        if report.saved or report.removed:
            await self._refresh()
        return report

    async def reindex(
        self, *, full: bool = False, activate: bool = True, progress: Progress = quiet
    ) -> Release:
        """Build a release of everything published; unchanged texts keep their vectors."""
        # Read before the entries are: a change in between is then shown twice, never lost.
        through_seq = await to_thread.run_sync(self._entries.last_seq)
        release = await build_release(
            self._entries.live(),
            passages_of=passages_of,
            embedder=self._embedder,
            embeddings=self._embeddings,
            folder=self._folder,
            through_seq=through_seq,
            progress=progress,
            full=full,
        )
        await to_thread.run_sync(self._releases.add, release)
        if activate:
            await to_thread.run_sync(
                partial(self._releases.activate, release.id, overlay_from=through_seq)
            )
            await self._index.refresh()
        await to_thread.run_sync(self._sweep)
        return release

    async def activate(self, release_id: str) -> Release:
        """Serve exactly what a release holds; edits made before now wait for the next release."""
        release = await to_thread.run_sync(self._releases.get, release_id)
        newest = (await to_thread.run_sync(self._releases.all))[0]
        is_newest = release.id == newest.id
        overlay_from = (
            release.through_seq if is_newest else await to_thread.run_sync(self._entries.last_seq)
        )
        await to_thread.run_sync(
            partial(self._releases.activate, release.id, overlay_from=overlay_from)
        )
        await self._index.refresh()
        return release

    async def save(self, entry: Entry, *, expected: int | None, actor: str) -> Entry:
        """Store an entry; ``expected`` is the version it replaces, None for a new one.

        Raises EntryExists, EntryUnknown, VersionStale.
        """
        saved = await to_thread.run_sync(
            partial(self._entries.save, entry, expected=expected, actor=actor)
        )
        await self._refresh()
        return saved

    async def delete(self, entry_id: str, *, expected: int | None, actor: str) -> None:
        """Take an entry out of every leg. Raises EntryUnknown, VersionStale."""
        await to_thread.run_sync(
            partial(self._entries.delete, entry_id, expected=expected, actor=actor)
        )
        await self._refresh()

    async def _refresh(self) -> None:
        try:
            await self._index.refresh()
        except ReleaseMissing:
            # Entries may be written before the first release; it will hold them.
            return

    def _import(self, path: Path, mode: ImportMode, dry_run: bool, actor: str) -> ImportReport:
        rows = tuple(self._rows(path))
        good = tuple(row.entry for row in rows if row.entry is not None)
        removed = self._missing_from(good) if mode == "replace" else ()
        saved = 0
        if not dry_run:
            saved = len(self._entries.save_many(good, actor=actor))
            for entry_id in removed:
                self._entries.delete(entry_id, expected=None, actor=actor)
        return ImportReport(rows=tuple(map(_report, rows)), saved=saved, removed=removed)

    def _rows(self, path: Path) -> Iterator[Row]:
        if path.suffix.lower() in DOCUMENT_TYPES:
            yield Row(line=1, entry=read_document(path, zone=self._zone), reason=None)
        else:
            yield from read_rows(path, zone=self._zone, language=self._language)

    def _missing_from(self, entries: tuple[Entry, ...]) -> tuple[str, ...]:
        kept = {entry.id for entry in entries}
        return tuple(entry.id for entry in self._entries.live() if entry.id not in kept)

    def _sweep(self) -> None:
        """Drop all but the newest releases; the one that serves stays, however old."""
        known = [release.id for release in self._releases.all()]
        active = self._releases.active()
        keep = set(known[: self._keep]) | ({active[0]} if active else set())
        for release_id in known:
            if release_id not in keep:
                self._releases.remove(release_id)
        sweep_releases(self._folder, keep)


def _report(row: Row) -> RowReport:
    if row.entry is None:
        return RowReport(line=row.line, id=None, status="failed", reason=row.reason)
    return RowReport(line=row.line, id=row.entry.id, status="ok", reason=None)
