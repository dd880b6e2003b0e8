"""An entry as rows: what of it stands in the body, and what the store itself gives."""

import json
import sqlite3
from dataclasses import dataclass, replace

from pydantic import TypeAdapter

from assist.records import Entry
from assist.store.times import moment_of
from assist.text.normalise import fold

_ENTRY = TypeAdapter(Entry)
_STAMPED = {"version", "created_at", "updated_at"}
"""Fields that the store gives; they stand in columns, so equal bodies mean equal content."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An entry made ready for its row, before the database is locked."""

    entry: Entry
    body: str
    categories: str
    folded: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamps:
    """What the store gives to an entry; the times are as ``times.text_of`` writes them."""

    version: int
    created_at: str
    at: str


def prepare(entry: Entry) -> Written:
    """Return the entry ready to be written; slow enough not to be done under the lock."""
    spoken = (
        entry.question,
        *entry.similar_questions,
        *(answer.text for answer in entry.answers),
        entry.note or "",
        *entry.tags,
    )
    return Written(
        entry=entry,
        body=body_of(entry),
        categories=json.dumps(entry.category, ensure_ascii=False),
        folded=fold("\n".join(spoken)),
    )


def body_of(entry: Entry) -> str:
    """Return the entry's content; equal bodies mean equal content."""
    return _ENTRY.dump_json(entry, exclude=_STAMPED).decode()


def put(
    connection: sqlite3.Connection,
    written: Written,
    last: sqlite3.Row | None,
    at: str,
    actor: str,
) -> Stamps:
    """Write the entry's next version, unless it says what its newest one says."""
    entry = written.entry
    if last is None:
        given = Stamps(version=1, created_at=at, at=at)
    elif last["deleted"] or last["body"] != written.body:
        given = Stamps(version=last["version"] + 1, created_at=last["created_at"], at=at)
    else:
        return Stamps(version=last["version"], created_at=last["created_at"], at=last["at"])
    seq = connection.execute(
        "INSERT INTO entry_versions (entry_id, version, body, created_at, at, actor) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (entry.id, given.version, written.body, given.created_at, at, actor),
    ).lastrowid
    connection.execute(
        "INSERT OR REPLACE INTO entries (id, seq, status, categories, folded) "
        "VALUES (?, ?, ?, ?, ?)",
        (entry.id, seq, entry.status, written.categories, written.folded),
    )
    return given


def take_out(connection: sqlite3.Connection, last: sqlite3.Row, at: str, actor: str) -> None:
    """Write that the entry of this row is gone; its versions stay."""
    connection.execute("DELETE FROM entries WHERE id = ?", (last["entry_id"],))
    connection.execute(
        "INSERT INTO entry_versions (entry_id, version, body, deleted, created_at, at, actor) "
        "VALUES (?, ?, '', 1, ?, ?, ?)",
        (last["entry_id"], last["version"], last["created_at"], at, actor),
    )


def last_row(connection: sqlite3.Connection, entry_id: str) -> sqlite3.Row | None:
    """Return the row of the entry's last save or delete."""
    row: sqlite3.Row | None = connection.execute(
        "SELECT * FROM entry_versions WHERE entry_id = ? "
        "ORDER BY version DESC, deleted DESC LIMIT 1",
        (entry_id,),
    ).fetchone()
    return row


def entry_of(row: sqlite3.Row) -> Entry:
    """Return the entry of a row of ``entry_versions`` that is no delete."""
    stamps = {"version": row["version"], "created_at": row["created_at"], "updated_at": row["at"]}
    return _ENTRY.validate_python(json.loads(row["body"]) | stamps)


def stamped(entry: Entry, stamps: Stamps) -> Entry:
    """Return the entry as it was stored."""
    return replace(
        entry,
        version=stamps.version,
        created_at=moment_of(stamps.created_at),
        updated_at=moment_of(stamps.at),
    )
