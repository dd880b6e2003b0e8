"""Drafts and what people decided about them."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import TypeAdapter

from assist.errors import DraftStale, DraftUnknown
from assist.records import Decision, Draft, Level, Question, Status
from assist.store.audit import AuditLog, AuditNote
from assist.store.database import Database
from assist.store.times import moment_of, text_of

_DRAFT = TypeAdapter(Draft)
_QUESTION = TypeAdapter(Question)
_WHERE = {
    "status": "status = :status",
    "level": "level = :level",
    "owner": "(created_by = :owner OR claimed_by = :owner)",
    "cursor": "id < :cursor",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a draft was asked for."""

    draft_id: str
    question: str
    """As it was searched: a follow-up is completed."""
    at: datetime


class DraftStore:
    """Every draft, in its newest state."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._audit = AuditLog(database)

    def add(self, draft: Draft, *, asked: Question | None = None) -> None:
        """Store a new draft, with what was asked for it to be made again from."""
        question = _QUESTION.dump_json(asked).decode() if asked is not None else None
        with self._database.write() as connection:
            connection.execute(
                "INSERT INTO drafts (id, version, status, level, created_by, claimed_by, "
                "created_at, body, asked) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    draft.id,
                    draft.version,
                    draft.status,
                    draft.review.level,
                    draft.created_by,
                    draft.review.claimed_by,
                    text_of(draft.created_at),
                    _DRAFT.dump_json(draft).decode(),
                    question,
                ),
            )

    def get(self, draft_id: str) -> Draft:
        """Return the draft. Raises DraftUnknown."""
        return _DRAFT.validate_json(self._row(draft_id)["body"])

    def asked(self, draft_id: str) -> Question | None:
        """Return what the draft was made from, if it was kept. Raises DraftUnknown."""
        text = self._row(draft_id)["asked"]
        return _QUESTION.validate_json(text) if text is not None else None

    def update(self, draft: Draft, *, expected: int, events: Sequence[AuditNote]) -> Draft:
        """Replace version ``expected`` by the next, record the events, and return it.

        The disk has all of it before this returns. Raises DraftUnknown, DraftStale.
        """
        with self._database.write(durable=True) as connection:
            stored = _replace(connection, draft, expected)
            for event in events:
                self._audit.append(connection, event.actor, event.action, draft.id, event.detail)
        return stored

    def page(
        self,
        *,
        status: Status | None = None,
        level: Level | None = None,
        owner: str | None = None,
        cursor: str | None = None,
        limit: int = 50,
    ) -> tuple[tuple[Draft, ...], str | None]:
        """Return drafts, newest first, and the cursor of the next page if there is one.

        ``owner`` made the draft or holds it.
        """
        wanted = {"status": status, "level": level, "owner": owner, "cursor": cursor}
        where = " AND ".join(_WHERE[name] for name, value in wanted.items() if value is not None)
        with self._database.read() as connection:
            rows = connection.execute(
                f"SELECT body FROM drafts WHERE {where or 'TRUE'} ORDER BY id DESC LIMIT :most",
                wanted | {"most": limit + 1},
            ).fetchall()
        found = tuple(_DRAFT.validate_json(row["body"]) for row in rows[:limit])
        return found, found[-1].id if len(rows) > limit else None

    def asked_by_decision(
        self, decision: Decision, *, since: datetime, limit: int
    ) -> tuple[Asked, ...]:
        """Return the newest questions, from ``since`` on, that were decided so; newest first."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT id, created_at, json_extract(body, '$.search_query') AS searched, "
                "json_extract(body, '$.question') AS question FROM drafts "
                "WHERE json_extract(body, '$.decision') = ? AND created_at >= ? "
                "ORDER BY created_at DESC, id DESC LIMIT ?",
                (decision, text_of(since), limit),
            ).fetchall()
        return tuple(
            Asked(
                draft_id=row["id"],
                question=row["searched"] or row["question"],
                at=moment_of(row["created_at"]),
            )
            for row in rows
        )

    def expire(self, before: datetime) -> int:
        """Expire the undecided drafts made before a moment, and return how many there were."""
        with self._database.write(durable=True) as connection:
            rows = connection.execute(
                "SELECT body FROM drafts WHERE status IN ('pending', 'claimed') AND created_at < ?",
                (text_of(before),),
            ).fetchall()
            for row in rows:
                draft = _DRAFT.validate_json(row["body"])
                _replace(connection, replace(draft, status="expired"), draft.version)
                self._audit.append(connection, "system", "expired", draft.id, {})
        return len(rows)

    def _row(self, draft_id: str) -> sqlite3.Row:
        with self._database.read() as connection:
            row: sqlite3.Row | None = connection.execute(
                "SELECT body, asked FROM drafts WHERE id = ?", (draft_id,)
            ).fetchone()
        if row is None:
            raise _unknown(draft_id)
        return row


def _replace(connection: sqlite3.Connection, draft: Draft, expected: int) -> Draft:
    stored = replace(draft, version=expected + 1)
    changed = connection.execute(
        "UPDATE drafts SET version = ?, status = ?, level = ?, claimed_by = ?, body = ? "
        "WHERE id = ? AND version = ?",
        (
            stored.version,
            stored.status,
            stored.review.level,
            stored.review.claimed_by,
            _DRAFT.dump_json(stored).decode(),
            stored.id,
            expected,
        ),
    )
    if changed.rowcount == 0:
        current = connection.execute(
            "SELECT version FROM drafts WHERE id = ?", (draft.id,)
        ).fetchone()
        if current is None:
            raise _unknown(draft.id)
        raise DraftStale(f"the draft {draft.id} is at version {current['version']}, not {expected}")
    return stored


def _unknown(draft_id: str) -> DraftUnknown:
    return DraftUnknown(f"no draft {draft_id}")
