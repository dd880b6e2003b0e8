"""Responses kept by Idempotency-Key, so that a request sent twice has one effect."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from assist.errors import IdempotencyMismatch, IdempotencyRunning
from assist.store.database import Database
from assist.store.process import is_running, this_process
from assist.store.times import now, text_of


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredResponse:
    """A response as it was sent, to be sent again."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class IdempotencyStore:
    """One row a key; ``scope`` keeps callers and routes apart."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, scope: str, key: str, body_hash: str) -> StoredResponse | None:
        """Return the response to repeat, or None when the caller is the one to do the work.

        Raises IdempotencyMismatch for another body and IdempotencyRunning while the first request
        runs; the place of a process that died in the middle is taken over.
        """
        with self._database.write() as connection:
            row = connection.execute(
                "SELECT * FROM idempotency WHERE scope = ? AND key = ?", (scope, key)
            ).fetchone()
            if row is not None and row["body_hash"] != body_hash:
                raise IdempotencyMismatch("this Idempotency-Key came with another body before")
            if row is not None and row["status"] is not None:
                return StoredResponse(
                    status=row["status"], headers=json.loads(row["headers"]), body=row["body"]
                )
            if row is not None and is_running(row["process"]):
                raise IdempotencyRunning("the first request with this Idempotency-Key is running")
            connection.execute(
                "INSERT OR REPLACE INTO idempotency (scope, key, body_hash, process, created_at) "
                "VALUES (?, ?, ?, ?, ?)",
                (scope, key, body_hash, this_process(), text_of(now())),
            )
        return None

    def complete(self, scope: str, key: str, response: StoredResponse) -> None:
        """Keep the response to a request that ``begin`` let through."""
        with self._database.write() as connection:
            connection.execute(
                "UPDATE idempotency SET status = ?, headers = ?, body = ? "
                "WHERE scope = ? AND key = ?",
                (response.status, json.dumps(dict(response.headers)), response.body, scope, key),
            )

    def abandon(self, scope: str, key: str) -> None:
        """Free the key of a request that had no effect, so that it may be tried again."""
        with self._database.write() as connection:
            connection.execute(
                "DELETE FROM idempotency WHERE scope = ? AND key = ? AND status IS NULL",
                (scope, key),
            )

    def prune(self, before: datetime) -> int:
        """Drop the keys first used before a moment, and return how many there were."""
        with self._database.write() as connection:
            return connection.execute(
                "DELETE FROM idempotency WHERE created_at < ?", (text_of(before),)
            ).rowcount
