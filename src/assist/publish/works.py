"""Imports and builds as jobs: one of a kind at a time, whichever processes are at it."""

import shutil
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar, TypeVarTuple

import anyio
import structlog
from anyio import to_thread
from pydantic import TypeAdapter

from assist.errors import AssistError, JobCancelled, JobUnknown, StoreError
from assist.index.embed import Progress
from assist.publish.plan import ImportMode
from assist.publish.publisher import Approve, Publisher, quiet
from assist.publish.report import ImportReport
from assist.records import Job, Release
from assist.store.jobs import JobStore

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
Doing = Callable[[Progress], Awaitable[T]]

_LOOK_S = 0.2
_WRITE_S = 1.0
_WRITE_TRIES = 60
_LAST_WORDS_S = 5.0
_ABANDONED = "the process that ran it ended"
_STOPPED = "the process that ran it was stopped"
_BROKEN = "something here is broken; the log says what"
_RELEASE = TypeAdapter(Release)

log = structlog.get_logger()


@dataclass(slots=True)
class _Told:
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Work(Generic[T]):
    """A job that this process is to do; whoever asked for it runs it, once.

    Running it raises JobCancelled, and whatever the work itself raises.
    """

    job: Job
    run: Doing[T] = field(repr=False)


class Works:
    """Turns what the publisher can do into jobs."""

    def __init__(self, jobs: JobStore, publisher: Publisher, uploads: Path) -> None:
        self._jobs = jobs
        self._publisher = publisher
        self._uploads = uploads
        self._scopes: dict[str, anyio.CancelScope] = {}

    async def clear(self) -> None:
        """Fail the jobs of processes that ended, and remove the files that they left behind."""
        await to_thread.run_sync(self._clear)

    async def importing(
        self, bring: Callable[[Path], Path], *, mode: ImportMode, actor: str
    ) -> Work[ImportReport]:
        """Return the import of a file, which waits until no other runs.

        ``bring`` returns the file, and may put it into the folder that it is given, which is
        removed when the job ends; what it raises ends the job.
        """
        job = await to_thread.run_sync(self._jobs.queue, "import")
        try:
            path = await to_thread.run_sync(bring, self._uploads / job.id)
        except BaseException:
            await self._last_words(job.id, _STOPPED)
            raise

        async def work(tell: Progress) -> ImportReport:
            await self._turn(job)
            return await self._publisher.import_file(path, mode=mode, actor=actor, progress=tell)

        return Work(job=job, run=partial(self._run, job, work, ImportReport.result))

    async def reindexing(
        self,
        *,
        full: bool = False,
        activate: bool = True,
        approve: Approve | None = None,
        actor: str,
    ) -> Work[Release] | Job:
        """Return the build of a release, or the job of the one that is under way."""

        async def work(tell: Progress) -> Release:
            return await self._publisher.reindex(
                full=full, activate=activate, approve=approve, actor=actor, progress=tell
            )

        return await self._building(work)

    async def rebuilding(self) -> Work[Release] | Job:
        """Return the repair of the active release, or the job of a build that is under way."""

        async def work(tell: Progress) -> Release:
            return await self._publisher.rebuild(progress=tell)

        return await self._building(work)

    async def in_background(self, work: Work[T]) -> None:
        """Do the work; when it fails, its job says why."""
        try:
            await work.run(quiet)
        except AssistError as error:
            log.warning("job_failed", job=work.job.id, reason=error.message)
        except ExceptionGroup as error:
            # A defect, wrapped by the tasks that the work ran in, must not end the service.
            log.error("job_broken", job=work.job.id, exc_info=error)

    async def cancel(self, job_id: str, *, actor: str) -> Job:
        """End a job that waits or runs, wherever it does. Raises JobUnknown."""
        await to_thread.run_sync(self._jobs.fail, job_id, f"cancelled by {actor}")
        if job_id in self._scopes:
            self._scopes[job_id].cancel()
        return await to_thread.run_sync(self._jobs.get, job_id)

    async def ended(self, job: Job, progress: Progress = quiet) -> Job:
        """Wait for the end of a job that somebody else does, and return it."""
        while job.status in {"queued", "running"}:
            progress(job.done, job.total)
            await anyio.sleep(_LOOK_S)
            job = await to_thread.run_sync(self._jobs.get, job.id)
        return job

    async def _turn(self, job: Job) -> None:
        # Another process may hold the place, and nothing but the table tells when it leaves.
        while True:
            if await to_thread.run_sync(self._jobs.begin, job.id):
                return
            await anyio.sleep(_LOOK_S)

    async def _building(self, work: Doing[Release]) -> Work[Release] | Job:
        job, is_ours = await to_thread.run_sync(self._jobs.start, "reindex")
        if not is_ours:
            return job
        return Work(job=job, run=partial(self._run, job, work, _released))

    async def _run(
        self,
        job: Job,
        work: Doing[T],
        result: Callable[[T], Mapping[str, object]],
        progress: Progress,
    ) -> T:
        told = _Told()

        def tell(done: int, total: int) -> None:
            told.done, told.total = done, total
            progress(done, total)

        outcome: T | AssistError = JobCancelled(f"the job {job.id} was cancelled")
        try:
            async with anyio.create_task_group() as tasks:
                self._scopes[job.id] = tasks.cancel_scope
                tasks.start_soon(self._watch, job.id, told, tasks.cancel_scope)
                try:
                    outcome = await work(tell)
                except AssistError as error:
                    outcome = error
                tasks.cancel_scope.cancel()
            if isinstance(outcome, AssistError):
                await self._written(self._jobs.fail, job.id, outcome.message)
                raise outcome
            await self._written(self._jobs.progress, job.id, told.done, told.total)
            await self._written(self._jobs.finish, job.id, result(outcome))
            return outcome
        except BaseExceptionGroup:
            await self._last_words(job.id, _BROKEN)
            raise
        except anyio.get_cancelled_exc_class():
            await self._last_words(job.id, _STOPPED)
            raise
        finally:
            self._scopes.pop(job.id, None)
            shutil.rmtree(self._uploads / job.id, ignore_errors=True)

    async def _watch(self, job_id: str, told: _Told, scope: anyio.CancelScope) -> None:
        """Write down how far the work is, and end it when its job was ended elsewhere."""
        written = (0, 0)
        while True:
            await anyio.sleep(_LOOK_S)
            try:
                job = await to_thread.run_sync(self._jobs.get, job_id)
                if job.status == "failed":
                    scope.cancel()
                if job.status == "running" and written != (told.done, told.total):
                    written = (told.done, told.total)
                    await to_thread.run_sync(self._jobs.progress, job_id, *written)
            except JobUnknown:
                scope.cancel()
            except StoreError as error:
                log.warning("progress_not_written", job=job_id, reason=error.message)

    async def _written(self, write: Callable[[*Ts], None], *values: *Ts) -> None:
        # A job that seems to run for ever would keep every other from running.
        for _ in range(_WRITE_TRIES):
            try:
                await to_thread.run_sync(write, *values)
                return
            except StoreError as error:
                log.warning("job_not_written", reason=error.message)
                await anyio.sleep(_WRITE_S)

    async def _last_words(self, job_id: str, reason: str) -> None:
        with anyio.move_on_after(_LAST_WORDS_S, shield=True):
            await self._written(self._jobs.fail, job_id, reason)

    def _clear(self) -> None:
        self._jobs.fail_orphans(_ABANDONED)
        with self._jobs.none_running("reindex") as free:
            if free:
                self._publisher.sweep_files()
        kept = self._jobs.open_ids()
        for folder in self._uploads.glob("job_*"):
            if folder.name not in kept:
                shutil.rmtree(folder, ignore_errors=True)


def _released(release: Release) -> Mapping[str, object]:
    result: dict[str, object] = _RELEASE.dump_python(release, mode="json")
    return result
