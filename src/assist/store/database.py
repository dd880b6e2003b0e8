"""One SQLite file in the data folder: one writer at a time, any number of readers."""

import os
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from assist.errors import StoreBusy, StoreUnusable
from assist.store.failures import translated, translated_files
from assist.store.migrate import migrate

FILE = "assist.db"
MIGRATIONS = Path(__file__).parent / "migrations"
WAIT_S = 5.0
"""How long a transaction waits for its turn before it gives up with StoreBusy."""
_IDLE_READERS = 8
_KEPT_WAL_BYTES = 64 * 1024 * 1024


class Database:
    """The open database; every thread may use it. Close it, or use it as a context manager."""

    def __init__(self, path: Path, writer: sqlite3.Connection, *, wait_s: float) -> None:
        self.path = path
        self._wait_s = wait_s
        self._writer = writer
        self._turn = threading.Lock()
        self._syncs = False
        self._idle: deque[sqlite3.Connection] = deque()
        self._closed = False

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """Yield a connection that sees one moment of the database until the block ends."""
        with translated(self.path):
            reader = self._take_reader()
            try:
                with _transaction(reader, "BEGIN"):
                    yield reader
            finally:
                self._put_back(reader)

    @contextmanager
    def write(self, *, durable: bool = False) -> Iterator[sqlite3.Connection]:
        """Yield the writing connection; the block is committed whole, or not at all.

        ``durable`` waits until the disk has it, so that a power cut cannot take it back. Raises
        StoreBusy after the waiting time, StoreFull, StoreUnusable. Blocks must not be nested.
        """
        deadline = time.monotonic() + self._wait_s
        if not self._turn.acquire(timeout=self._wait_s):
            raise StoreBusy(f"{self.path}: other writes took too long")
        try:
            with translated(self.path):
                self._set_sync(durable)
                left_ms = max(1, int((deadline - time.monotonic()) * 1000))
                self._writer.execute(f"PRAGMA busy_timeout = {left_ms}")
                with _transaction(self._writer, "BEGIN IMMEDIATE"):
                    yield self._writer
        finally:
            self._turn.release()

    def close(self) -> None:
        """Close every connection that is not in use; those in use close when they are done."""
        self._closed = True
        while self._idle:
            self._idle.pop().close()
        with self._turn:
            self._writer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _set_sync(self, durable: bool) -> None:
        # SQLite ignores this setting inside a transaction, so it is made before.
        if durable != self._syncs:
            self._writer.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            self._syncs = durable

    def _take_reader(self) -> sqlite3.Connection:
        try:
            return self._idle.pop()
        except IndexError:
            reader = _connect(self.path, wait_s=self._wait_s, mode="rw")
            reader.execute("PRAGMA query_only = ON")
            return reader

    def _put_back(self, reader: sqlite3.Connection) -> None:
        if self._closed or len(self._idle) >= _IDLE_READERS:
            reader.close()
        else:
            self._idle.append(reader)


def open_database(
    folder: Path, *, migrations: Path = MIGRATIONS, wait_s: float = WAIT_S
) -> Database:
    """Open ``assist.db`` in an existing folder, making or migrating it.

    Raises StoreUnusable (and creates nothing) when the folder is missing or cannot be written,
    StoreNewer when a newer version of this program wrote it, StoreBusy, StoreFull.
    """
    with translated_files(folder):
        folder = folder.resolve(strict=True)
    if not folder.is_dir():
        raise StoreUnusable(f"{folder}: not a folder")
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise StoreUnusable(f"{folder}: the data folder cannot be written")
    path = folder / FILE
    with translated(path):
        writer = _connect(path, wait_s=wait_s, mode="rwc")
        try:
            migrate(writer, path, migrations)
            writer.execute(f"PRAGMA journal_size_limit = {_KEPT_WAL_BYTES}")
            writer.execute("PRAGMA synchronous = NORMAL")
        except BaseException:
            writer.close()
            raise
    return Database(path, writer, wait_s=wait_s)


def _connect(path: Path, *, wait_s: float, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode={mode}",
        uri=True,
        timeout=wait_s,
        isolation_level=None,
        check_same_thread=False,
    )
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


@contextmanager
def _transaction(connection: sqlite3.Connection, begin: str) -> Iterator[None]:
    connection.execute(begin)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # A full disk can have ended the transaction already.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
