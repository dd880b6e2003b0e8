"""Files and edits in, a served index out: the order of the steps, and nothing else."""

from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import anyio
import structlog
from anyio import to_thread

from assist.errors import IndexUnusable, ProviderError, ReleaseMissing
from assist.index.embed import Progress
from assist.index.live import LiveIndex, can_be_rebuilt
from assist.index.release import sweep_releases
from assist.knowledge.limits import Limits
from assist.publish.build import Build
from assist.publish.plan import ImportMode, Plan, plan_import
from assist.publish.report import ImportReport
from assist.records import Entry, Language, Release
from assist.store.entries import EntryStore
from assist.store.releases import ReleaseStore

Approve = Callable[[Release], Awaitable[bool]]
"""Says whether a new release may serve."""

log = structlog.get_logger()


def unpublished(entries: EntryStore, releases: ReleaseStore) -> tuple[str, ...]:
    """Return the entries whose last edit waits for the next release, by id."""
    pointer = releases.active()
    if pointer is None:
        return ()
    return entries.changed_between(releases.get(pointer[0]).through_seq, pointer[1])


def quiet(done: int, total: int) -> None:
    """Report progress to nobody."""


class Publisher:
    """Changes what is known; every change of an entry is live when the call returns.

    While no release can serve, changes are kept and wait for the next one.
    """

    def __init__(
        self,
        *,
        entries: EntryStore,
        releases: ReleaseStore,
        index: LiveIndex,
        build: Build,
        folder: Path,
        keep: int,
        zone: ZoneInfo,
        language: Language,
        limits: Limits,
    ) -> None:
        self._entries = entries
        self._releases = releases
        self._index = index
        self._build = build
        self._folder = folder
        self._keep = keep
        self._zone = zone
        self._language = language
        self._limits = limits

    async def import_file(
        self,
        path: Path,
        *,
        mode: ImportMode = "append",
        dry_run: bool = False,
        actor: str,
        progress: Progress = quiet,
    ) -> ImportReport:
        """Store the good rows of a file, all at once, and say what became of each row.

        ``replace`` takes out every entry that the file lacks, unless a row failed. Raises
        FileInvalid, ImportRefused, ProviderError.
        """
        plan = await to_thread.run_sync(self._plan, path, mode)
        if dry_run:
            return plan.report(saved=0, removed=plan.removed)
        await self._index.embed_ahead(plan.entries, progress)
        report = await to_thread.run_sync(self._store, plan, actor)
        await self._refresh()
        return report

    async def seed(self, paths: Iterable[Path], *, actor: str) -> None:
        """Store the rows of several files, all of them or none. Raises ImportRefused."""
        plans = [await to_thread.run_sync(self._plan, path, "append") for path in paths]
        for row in (row for plan in plans for row in plan.rows if row.status == "failed"):
            log.warning("seed_row_failed", line=row.line, reason=row.reason)
        entries = [entry for plan in plans for entry in plan.entries]
        await to_thread.run_sync(partial(self._entries.save_many, entries, actor=actor))
        await self._refresh()

    async def save(self, entry: Entry, *, expected: int | None, actor: str) -> Entry:
        """Store an entry; ``expected`` is the version it replaces, None for a new one.

        Raises EntryExists, EntryUnknown, VersionStale, and ProviderError before it is stored.
        """
        await self._index.embed_ahead([entry], quiet)
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

    async def reindex(
        self,
        *,
        full: bool = False,
        activate: bool = True,
        approve: Approve | None = None,
        actor: str = "system",
        progress: Progress = quiet,
    ) -> Release:
        """Build a release of everything published; unchanged texts keep their vectors.

        It serves if ``activate``, and ``approve`` agrees. Raises ProviderError, StoreError.
        """
        through_seq = await to_thread.run_sync(self._entries.last_seq)
        try:
            release = await self._build(through_seq=through_seq, full=full, progress=progress)
            await to_thread.run_sync(self._releases.add, release)
            if activate and (approve is None or await approve(release)):
                await self._serve(release, overlay_from=through_seq, actor=actor)
        finally:
            with anyio.CancelScope(shield=True):
                await to_thread.run_sync(self.sweep)
        return release

    async def activate(self, release_id: str, *, actor: str) -> Release:
        """Serve exactly what a release holds; edits made before now wait for the next release.

        The newest one is served with all edits since it was built. To activate what serves already
        changes nothing. Raises ReleaseUnknown, ReleaseDamaged, EmbedderChanged, IndexUnusable.
        """
        release = await to_thread.run_sync(self._releases.get, release_id)
        pointer = await to_thread.run_sync(self._releases.active)
        if pointer is not None and pointer[0] == release_id:
            await self._index.refresh()
            return release
        every = await to_thread.run_sync(self._releases.all)
        # Not by time alone: the repair of an older release is built after a newer one.
        newest = max(every, key=lambda one: (one.through_seq, one.id))
        is_newest = release.id == newest.id
        overlay_from = (
            release.through_seq if is_newest else await to_thread.run_sync(self._entries.last_seq)
        )
        await self._serve(release, overlay_from=overlay_from, actor=actor)
        return release

    async def rebuild(self, *, actor: str = "system", progress: Progress = quiet) -> Release:
        """Build again, from the database, exactly what the active release held, and serve that.

        One that can be used is left as it is. Raises ReleaseMissing, ProviderError, StoreError.
        """
        await self._refresh()
        pointer = await to_thread.run_sync(self._releases.active)
        if pointer is None:
            raise ReleaseMissing("nothing has been built yet: run a reindex")
        lost = await to_thread.run_sync(self._releases.get, pointer[0])
        if not can_be_rebuilt(self._index.problem):
            return lost
        try:
            release = await self._build(through_seq=lost.through_seq, full=False, progress=progress)
            await to_thread.run_sync(self._releases.add, release)
            await self._serve(release, overlay_from=pointer[1], actor=actor)
            await to_thread.run_sync(self._releases.remove, lost.id)
        finally:
            with anyio.CancelScope(shield=True):
                await to_thread.run_sync(self.sweep)
        return release

    def unpublished(self) -> tuple[str, ...]:
        """Return the entries whose last edit waits for the next release, by id."""
        return unpublished(self._entries, self._releases)

    def sweep(self) -> None:
        """Drop all but the newest releases and the one that serves, and what was left unfinished.

        Only for who holds the place of the one build, as ``sweep_files``.
        """
        sweep_releases(self._folder, self._releases.keep_newest(self._keep))

    def sweep_files(self) -> None:
        """Remove the folders of builds that did not come to their end."""
        sweep_releases(self._folder, [release.id for release in self._releases.all()])

    async def _serve(self, release: Release, *, overlay_from: int, actor: str) -> None:
        # What cannot be loaded must never become what every process is told to load.
        await self._index.prepare(release)
        await to_thread.run_sync(
            partial(self._releases.activate, release.id, overlay_from=overlay_from, actor=actor)
        )
        await self._refresh()

    async def _refresh(self) -> None:
        try:
            await self._index.refresh()
        except ReleaseMissing:
            return  # entries may be written before the first release, which will hold them
        except (IndexUnusable, ProviderError) as error:
            # What was stored is stored. Readiness names the reason, and the poll tries again.
            log.warning("change_not_yet_live", reason=error.message)

    def _plan(self, path: Path, mode: ImportMode) -> Plan:
        return plan_import(
            path,
            mode,
            self._entries,
            zone=self._zone,
            language=self._language,
            limits=self._limits,
        )

    def _store(self, plan: Plan, actor: str) -> ImportReport:
        if plan.replaces:
            _, removed = self._entries.replace_all(plan.entries, actor=actor)
        else:
            self._entries.save_many(plan.entries, actor=actor)
            removed = ()
        saved = sum(row.status == "ok" for row in plan.rows)
        return plan.report(saved=saved, removed=removed)
