"""Entries with all their versions, and the feed of what changed."""

import json
import sqlite3
from collections.abc import Container, Iterable, Iterator
from collections.abc import Set as AbstractSet
from datetime import date
from typing import get_args

from assist.errors import EntryExists, EntryUnknown, VersionStale
from assist.records import Change, Entry, EntryStatus
from assist.store.database import Database
from assist.store.entry_queries import AS_OF, DUE, NEWEST, WAITING
from assist.store.entry_rows import (
    Written,
    body_of,
    entry_of,
    last_row,
    prepare,
    put,
    stamped,
    take_out,
)
from assist.store.times import now, text_of
from assist.text.normalise import fold


class EntryStore:
    """The knowledge base as people edit it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, entry_id: str) -> Entry:
        """Return the entry as it is now. Raises EntryUnknown, also after a delete."""
        with self._database.read() as connection:
            row = connection.execute(NEWEST + "WHERE e.id = ?", (entry_id,)).fetchone()
        if row is None:
            raise _unknown(entry_id)
        return entry_of(row)

    def at_version(self, entry_id: str, version: int) -> Entry:
        """Return one version, also of a deleted entry. Raises EntryUnknown."""
        with self._database.read() as connection:
            row = connection.execute(
                "SELECT * FROM entry_versions WHERE entry_id = ? AND version = ? AND deleted = 0",
                (entry_id, version),
            ).fetchone()
        if row is None:
            raise EntryUnknown(f"no version {version} of the entry {entry_id}")
        return entry_of(row)

    def versions(self, entry_id: str) -> tuple[Entry, ...]:
        """Return every version, oldest first, also of a deleted entry. Raises EntryUnknown."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT * FROM entry_versions WHERE entry_id = ? AND deleted = 0 ORDER BY version",
                (entry_id,),
            ).fetchall()
        if not rows:
            raise _unknown(entry_id)
        return tuple(map(entry_of, rows))

    def page(
        self,
        *,
        status: EntryStatus | None = None,
        category: str | None = None,
        text: str | None = None,
        cursor: str | None = None,
        limit: int = 50,
    ) -> tuple[tuple[Entry, ...], str | None]:
        """Return entries by id, and the cursor of the next page if there is one.

        ``category`` names any level; ``text`` is words that must all occur, in any spelling.
        """
        wanted: list[tuple[str, str | None]] = [
            ("e.status = ?", status),
            ("EXISTS (SELECT 1 FROM json_each(e.categories) WHERE value = ?)", category),
            ("e.id > ?", cursor),
            *(("instr(e.folded, ?) > 0", word) for word in fold(text or "").split()),
        ]
        used = [(condition, value) for condition, value in wanted if value is not None]
        where = " AND ".join(condition for condition, _ in used) or "TRUE"
        with self._database.read() as connection:
            rows = connection.execute(
                f"{NEWEST} WHERE {where} ORDER BY e.id LIMIT ?",
                (*(value for _, value in used), limit + 1),
            ).fetchall()
        found = tuple(map(entry_of, rows[:limit]))
        return found, found[-1].id if len(rows) > limit else None

    def save(self, entry: Entry, *, expected: int | None, actor: str) -> Entry:
        """Store the entry as a new version and return it; unchanged content makes none.

        ``expected`` is the version that is being replaced, or None to create. Raises EntryExists,
        EntryUnknown, VersionStale.
        """
        written = prepare(entry)
        with self._database.write(durable=True) as connection:
            last = last_row(connection, entry.id)
            if expected is not None:
                _require_version(last, entry.id, expected)
            elif last is not None and not last["deleted"]:
                raise EntryExists(f"there is an entry {entry.id} already")
            stamps = put(connection, written, last, text_of(now()), actor)
        return stamped(entry, stamps)

    def save_many(self, entries: Iterable[Entry], *, actor: str) -> tuple[Entry, ...]:
        """Store all or none, new or not, and return them; an unchanged one keeps its version."""
        ready = [prepare(entry) for entry in entries]
        at = text_of(now())
        with self._database.write(durable=True) as connection:
            return _put_all(connection, ready, at, actor)

    def replace_all(
        self, entries: Iterable[Entry], *, actor: str
    ) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
        """Store these entries and take out all others, in one; return them and the ids gone."""
        ready = [prepare(entry) for entry in entries]
        at = text_of(now())
        with self._database.write(durable=True) as connection:
            gone = _others(connection, {written.entry.id for written in ready})
            for last in gone:
                take_out(connection, last, at, actor)
            kept = _put_all(connection, ready, at, actor)
        return kept, tuple(last["entry_id"] for last in gone)

    def others(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return the entries that ``replace_all`` would take out when it is given these."""
        with self._database.read() as connection:
            return tuple(row["entry_id"] for row in _others(connection, frozenset(ids)))

    def unchanged(self, entries: Iterable[Entry]) -> frozenset[str]:
        """Return the ids of those among these that stand here just so."""
        bodies = {entry.id: body_of(entry) for entry in entries}
        with self._database.read() as connection:
            rows = connection.execute(
                f"{NEWEST} WHERE e.id IN (SELECT value FROM json_each(?))",
                (json.dumps(list(bodies)),),
            )
            return frozenset(
                row["entry_id"] for row in rows if row["body"] == bodies[row["entry_id"]]
            )

    def delete(self, entry_id: str, *, expected: int | None, actor: str) -> None:
        """Take the entry out; its versions stay readable. Raises EntryUnknown, VersionStale."""
        with self._database.write(durable=True) as connection:
            last = last_row(connection, entry_id)
            if last is None or last["deleted"]:
                raise _unknown(entry_id)
            if expected is not None:
                _require_version(last, entry_id, expected)
            take_out(connection, last, text_of(now()), actor)

    def changes_since(self, seq: int) -> tuple[Change, ...]:
        """Return the newest change of each entry that changed after ``seq``, in order."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT * FROM entry_versions WHERE seq IN "
                "(SELECT max(seq) FROM entry_versions WHERE seq > ? GROUP BY entry_id) "
                "ORDER BY seq",
                (seq,),
            ).fetchall()
        return tuple(
            Change(
                seq=row["seq"],
                entry_id=row["entry_id"],
                version=row["version"],
                entry=None if row["deleted"] else entry_of(row),
            )
            for row in rows
        )

    def last_seq(self) -> int:
        """Return the number of the last change; 0 before the first."""
        with self._database.read() as connection:
            row = connection.execute("SELECT max(seq) FROM entry_versions").fetchone()
        return row[0] or 0

    def changed_between(self, after: int, until: int) -> tuple[str, ...]:
        """Return, by id, the entries last changed after ``after`` and not after ``until``.

        Only where that made a difference: the entry is published, or was at ``after``.
        """
        with self._database.read() as connection:
            rows = connection.execute(WAITING, {"after": after, "until": until}).fetchall()
        return tuple(row[0] for row in rows)

    def live(self) -> Iterator[Entry]:
        """Yield every published entry, by id, as they all are at the moment of the first."""
        return self._read(NEWEST + "WHERE e.status = 'published' ORDER BY e.id")

    def every(self) -> Iterator[Entry]:
        """Yield every entry, by id, as they all are at the moment of the first."""
        return self._read(NEWEST + "ORDER BY e.id")

    def as_of(self, seq: int, *, but: Container[str] = ()) -> Iterator[Entry]:
        """Yield every entry that was published after the change ``seq``, by id, as it was then.

        Those in ``but`` are left out.
        """
        with self._database.read() as connection:
            for row in connection.execute(f"SELECT v.* {AS_OF}", (seq,)):
                if row["entry_id"] not in but:
                    yield entry_of(row)

    def versions_as_of(self, seq: int) -> dict[str, int]:
        """Return the version of every entry that was published after the change ``seq``."""
        with self._database.read() as connection:
            rows = connection.execute(f"SELECT v.entry_id, v.version {AS_OF}", (seq,))
            return {row["entry_id"]: row["version"] for row in rows}

    def review_due(
        self, until: date, *, cursor: str | None = None, limit: int = 50
    ) -> tuple[tuple[Entry, ...], str | None]:
        """Return entries to be looked at again by a day, the longest due first, and a cursor."""
        with self._database.read() as connection:
            rows = connection.execute(
                f"{NEWEST} WHERE e.status <> 'retired' AND {DUE} <= ? AND {DUE} || e.id > ? "
                f"ORDER BY {DUE} || e.id LIMIT ?",
                (until.isoformat(), cursor or "", limit + 1),
            ).fetchall()
        found = tuple(map(entry_of, rows[:limit]))
        return found, f"{found[-1].review_by}{found[-1].id}" if len(rows) > limit else None

    def _read(self, query: str) -> Iterator[Entry]:
        with self._database.read() as connection:
            for row in connection.execute(query):
                yield entry_of(row)

    def count(self) -> dict[EntryStatus, int]:
        """Return how many entries have each status."""
        with self._database.read() as connection:
            rows = connection.execute("SELECT status, count(*) FROM entries GROUP BY status")
            counts = {row[0]: row[1] for row in rows}
        return {status: counts.get(status, 0) for status in get_args(EntryStatus)}


def _put_all(
    connection: sqlite3.Connection, ready: Iterable[Written], at: str, actor: str
) -> tuple[Entry, ...]:
    return tuple(
        stamped(
            written.entry,
            put(connection, written, last_row(connection, written.entry.id), at, actor),
        )
        for written in ready
    )


def _others(connection: sqlite3.Connection, ids: AbstractSet[str]) -> list[sqlite3.Row]:
    """Return what ``take_out`` asks of each entry that is not among these."""
    rows = connection.execute(
        "SELECT v.entry_id, v.version, v.created_at "
        "FROM entries e JOIN entry_versions v ON v.seq = e.seq ORDER BY e.id"
    )
    return [row for row in rows if row["entry_id"] not in ids]


def _require_version(last: sqlite3.Row | None, entry_id: str, expected: int) -> None:
    if last is None or last["deleted"]:
        raise _unknown(entry_id)
    if last["version"] != expected:
        raise VersionStale(f"the entry {entry_id} is at version {last['version']}, not {expected}")


def _unknown(entry_id: str) -> EntryUnknown:
    return EntryUnknown(f"no entry {entry_id}")
