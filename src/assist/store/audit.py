"""Who changed what and when, each event sealed with the hash of the one before it."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from assist.records import AuditEvent
from assist.store.database import Database
from assist.store.times import moment_of, now, text_of


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditNote:
    """What a store is to record about the change it is asked to make."""

    actor: str
    action: str
    detail: Mapping[str, object] = field(default_factory=dict)


class AuditLog:
    """The events, numbered without gaps."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def append(
        self,
        connection: sqlite3.Connection,
        actor: str,
        action: str,
        subject: str,
        detail: Mapping[str, object],
    ) -> None:
        """Add an event within a write that the caller has open, so that both happen or neither."""
        before = connection.execute("SELECT hash FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
        event = (_last_number(connection) + 1, text_of(now()), actor, action, subject)
        text = _canonical(dict(detail))
        sealed = _seal(before["hash"] if before is not None else "", *event, text)
        connection.execute(
            "INSERT INTO audit (seq, at, actor, action, subject, detail, hash) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (*event, text, sealed),
        )

    def page(
        self, cursor: int | None = None, limit: int = 50
    ) -> tuple[tuple[AuditEvent, ...], int | None]:
        """Return events, newest first, and the cursor of the next page if there is one."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT * FROM audit WHERE ?1 IS NULL OR seq < ?1 ORDER BY seq DESC LIMIT ?2",
                (cursor, limit + 1),
            ).fetchall()
        found = tuple(map(_event, rows[:limit]))
        return found, found[-1].seq if len(rows) > limit else None

    def of(self, subject: str) -> tuple[AuditEvent, ...]:
        """Return what happened to one draft, key or other thing, oldest first."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT * FROM audit WHERE subject = ? ORDER BY seq", (subject,)
            ).fetchall()
        return tuple(map(_event, rows))

    def verify(self) -> int | None:
        """Return the number of the first missing or altered event, or None if all are sound."""
        expected, before = 1, ""
        with self._database.read() as connection:
            for row in connection.execute("SELECT * FROM audit ORDER BY seq"):
                if row["seq"] != expected or not _is_sound(before, row):
                    return expected
                expected, before = expected + 1, row["hash"]
            return expected if _last_number(connection) >= expected else None


def _last_number(connection: sqlite3.Connection) -> int:
    """Return the last number given out, which outlives the row that had it."""
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'audit'").fetchone()
    return row["seq"] if row is not None else 0


def _is_sound(before: str, row: sqlite3.Row) -> bool:
    columns = (row["at"], row["actor"], row["action"], row["subject"], row["detail"])
    if not all(isinstance(column, str) for column in columns):
        return False
    sealed: str = row["hash"]
    return _seal(before, row["seq"], *columns) == sealed


def _seal(
    before: str, seq: int, at: str, actor: str, action: str, subject: str, detail: str
) -> str:
    """Return the SHA-256 of the previous hash and the event as canonical JSON, detail as text."""
    event = {
        "seq": seq, "at": at, "actor": actor, "action": action, "subject": subject,
        "detail": detail,
    }  # fmt: skip
    return sha256((before + _canonical(event)).encode()).hexdigest()


def _canonical(value: Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _event(row: sqlite3.Row) -> AuditEvent:
    return AuditEvent(
        seq=row["seq"],
        at=moment_of(row["at"]),
        actor=row["actor"],
        action=row["action"],
        subject=row["subject"],
        detail=json.loads(row["detail"]),
        hash=row["hash"],
    )
