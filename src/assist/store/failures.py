"""What SQLite and the file system report, named as this package's errors."""

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assist.errors import StoreBusy, StoreError, StoreFull, StoreUnusable

_UNUSABLE = {
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
}


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Raise StoreBusy, StoreFull or StoreUnusable, naming ``path``, for what SQLite raises."""
    try:
        yield
    except sqlite3.Error as error:
        found = _store_error(error, path)
        if found is None:
            raise
        raise found from error


@contextmanager
def translated_files(path: Path) -> Iterator[None]:
    """Raise StoreFull or StoreUnusable, naming ``path``, for what the file system raises."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise StoreFull(f"{path}: the disk is full") from error
        raise StoreUnusable(f"{path}: {error.strerror}") from error


def _store_error(error: sqlite3.Error, path: Path) -> StoreError | None:
    """Return None for a fault in our own statements, which must stay loud."""
    extended = getattr(error, "sqlite_errorcode", None)
    if extended is None:
        return None
    code = extended & 0xFF
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return StoreBusy(f"{path}: another process holds the database")
    # Without room for its shared memory file, SQLite speaks of an I/O error.
    if code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and _no_room(path)):
        return StoreFull(f"{path}: the disk is full")
    if code in _UNUSABLE:
        return StoreUnusable(f"{path}: {error}")
    return None


def _no_room(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < 64 * 1024
    except OSError:
        return False
