"""Bring a database to this program's schema: numbered SQL files, all in one transaction."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from assist.errors import StoreNewer
from assist.store.failures import translated_files


def migrate(connection: sqlite3.Connection, path: Path, migrations: Path) -> None:
    """Apply what is missing, keeping a copy of an existing database. Raises StoreNewer."""
    steps = sorted((int(step.name[:4]), step) for step in migrations.glob("[0-9]*_*.sql"))
    newest = steps[-1][0]
    _version(connection, path, newest)  # a newer file must not be touched, not even its mode
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have migrated while this one waited for the lock.
        version = _version(connection, path, newest)
        if 0 < version < newest:
            with translated_files(path):
                _back_up(path, version)
        for number, step in steps:
            if number > version:
                for statement in _statements(step.read_text(encoding="utf-8")):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {number}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _version(connection: sqlite3.Connection, path: Path, newest: int) -> int:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > newest:
        raise StoreNewer(
            f"{path}: written by a newer version of this program "
            f"(schema {version}; this one knows up to {newest})"
        )
    return version


def _back_up(path: Path, version: int) -> None:
    """Copy the database as last committed to ``assist.db.v<version>.backup`` beside it."""
    target = path.with_name(f"{path.name}.v{version}.backup")
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(part)) as copy:
        source.backup(copy)
    _sync(part)
    part.replace(target)
    _sync(path.parent)


def _sync(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _statements(script: str) -> Iterator[str]:
    """Yield a script's statements, each of which ends its line."""
    # executescript would do this too, but it commits the transaction first.
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        yield statement
