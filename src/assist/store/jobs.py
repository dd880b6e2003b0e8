"""Imports and builds: how far they are, and how they ended."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Literal

from assist.errors import JobUnknown
from assist.ids import new_id
from assist.records import Job, JobStatus
from assist.store.database import Database
from assist.store.process import is_running, this_process
from assist.store.times import moment_of, now, text_of

JobKind = Literal["import", "reindex"]
_ENDED = "the process that ran it ended"


class JobStore:
    """The long pieces of work, each run by the process that started it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def start(self, kind: JobKind) -> tuple[Job, bool]:
        """Return a new running job and True, or the one of this kind that runs and False."""
        with self._database.write() as connection:
            running = _running(connection, kind)
            if running is not None:
                return _job(running), False
            return _add(connection, kind, "running"), True

    def queue(self, kind: JobKind) -> Job:
        """Return a new job that waits for its turn."""
        with self._database.write() as connection:
            return _add(connection, kind, "queued")

    def begin(self, job_id: str) -> bool:
        """Run a queued job if its turn has come: none of its kind runs or waits longer.

        Raises JobUnknown when it does not wait any more.
        """
        with self._database.write() as connection:
            job = _row(connection, job_id)
            if job["status"] != "queued":
                raise JobUnknown(f"the job {job_id} is not waiting")
            if _running(connection, job["kind"]) is not None:
                return False
            changed = connection.execute(
                "UPDATE jobs SET status = 'running', updated_at = ?1 WHERE id = ?2 AND NOT EXISTS "
                "(SELECT 1 FROM jobs WHERE kind = ?3 AND status = 'queued' AND rowid < "
                "(SELECT rowid FROM jobs WHERE id = ?2))",
                (text_of(now()), job_id, job["kind"]),
            )
            return changed.rowcount == 1

    @contextmanager
    def none_running(self, kind: JobKind) -> Iterator[bool]:
        """Yield whether none of this kind runs; while the block lasts, none can start."""
        with self._database.write() as connection:
            yield _running(connection, kind) is None

    def open_ids(self) -> tuple[str, ...]:
        """Return the jobs that wait or run."""
        with self._database.read() as connection:
            rows = connection.execute("SELECT id FROM jobs WHERE status IN ('queued', 'running')")
            return tuple(row["id"] for row in rows)

    def progress(self, job_id: str, done: int, total: int) -> None:
        """Record how far a running job is. Raises JobUnknown when it does not run."""
        self._change(job_id, "done = ?, total = ?", (done, total))

    def finish(self, job_id: str, result: Mapping[str, object]) -> None:
        """End a running job well. Raises JobUnknown when it does not run."""
        text = json.dumps(dict(result), ensure_ascii=False)
        self._change(job_id, "status = 'done', result = ?", (text,))

    def fail(self, job_id: str, error: str) -> None:
        """End a job with the reason it failed; one that has ended stays as it is.

        Raises JobUnknown when there is none.
        """
        with self._database.write() as connection:
            _row(connection, job_id)
            connection.execute(
                "UPDATE jobs SET status = 'failed', error = ?, updated_at = ? "
                "WHERE id = ? AND status IN ('queued', 'running')",
                (error, text_of(now()), job_id),
            )

    def get(self, job_id: str) -> Job:
        """Return the job. Raises JobUnknown."""
        with self._database.read() as connection:
            return _job(_row(connection, job_id))

    def fail_orphans(self, reason: str) -> tuple[str, ...]:
        """Fail the jobs whose process has ended, and return their ids."""
        with self._database.write() as connection:
            return _fail_orphans(connection, reason)

    def _change(self, job_id: str, columns: str, values: tuple[object, ...]) -> None:
        with self._database.write() as connection:
            changed = connection.execute(
                f"UPDATE jobs SET {columns}, updated_at = ? WHERE id = ? AND status = 'running'",
                (*values, text_of(now()), job_id),
            )
            if changed.rowcount == 0:
                raise JobUnknown(f"no running job {job_id}")


def _add(connection: sqlite3.Connection, kind: JobKind, status: JobStatus) -> Job:
    job_id, at = new_id("job"), text_of(now())
    connection.execute(
        "INSERT INTO jobs (id, kind, status, process, created_at, updated_at) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (job_id, kind, status, this_process(), at, at),
    )
    return _job(_row(connection, job_id))


def _running(connection: sqlite3.Connection, kind: JobKind) -> sqlite3.Row | None:
    """Return the job of this kind that runs; what a dead process left does not count."""
    _fail_orphans(connection, _ENDED)
    row: sqlite3.Row | None = connection.execute(
        "SELECT * FROM jobs WHERE kind = ? AND status = 'running'", (kind,)
    ).fetchone()
    return row


def _fail_orphans(connection: sqlite3.Connection, reason: str) -> tuple[str, ...]:
    rows = connection.execute(
        "SELECT id, process FROM jobs WHERE status IN ('queued', 'running')"
    ).fetchall()
    orphans = tuple(row["id"] for row in rows if not is_running(row["process"]))
    connection.executemany(
        "UPDATE jobs SET status = 'failed', error = ?, updated_at = ? WHERE id = ?",
        [(reason, text_of(now()), job_id) for job_id in orphans],
    )
    return orphans


def _row(connection: sqlite3.Connection, job_id: str) -> sqlite3.Row:
    row: sqlite3.Row | None = connection.execute(
        "SELECT * FROM jobs WHERE id = ?", (job_id,)
    ).fetchone()
    if row is None:
        raise JobUnknown(f"no job {job_id}")
    return row


def _job(row: sqlite3.Row) -> Job:
    return Job(
        id=row["id"],
        kind=row["kind"],
        status=row["status"],
        done=row["done"],
        total=row["total"],
        error=row["error"],
        result=json.loads(row["result"]) if row["result"] is not None else None,
        created_at=moment_of(row["created_at"]),
        updated_at=moment_of(row["updated_at"]),
    )
