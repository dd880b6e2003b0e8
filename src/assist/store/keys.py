"""API keys: who holds them and what they allow; the secret itself is never kept."""

import secrets
import sqlite3
from hashlib import sha256

from assist.errors import KeyRefused, KeyUnknown
from assist.ids import new_id
from assist.records import AccessRole, Key
from assist.store.audit import AuditLog
from assist.store.database import Database
from assist.store.times import moment_of, now, text_of


class KeyStore:
    """The keys. Each creation and revocation is audited and on the disk before it returns."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._audit = AuditLog(database)

    def create(
        self, name: str, role: AccessRole, acting: bool = False, *, actor: str = "system"
    ) -> tuple[Key, str]:
        """Return a new key and its secret, which nobody can read again."""
        key = Key(id=new_id("key"), name=name, role=role, acting=acting, created_at=now())
        # 256 random bits: a plain hash cannot be searched, so no slow one is needed.
        secret = "ask_" + secrets.token_urlsafe(32)
        with self._database.write(durable=True) as connection:
            connection.execute(
                "INSERT INTO keys (id, name, role, acting, secret_sha256, created_at) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (key.id, name, role, acting, _hash(secret), text_of(key.created_at)),
            )
            detail = {"name": name, "role": role, "acting": acting}
            self._audit.append(connection, actor, "key_created", key.id, detail)
        return key, secret

    def find(self, secret: str) -> Key:
        """Return the key that this secret opens. Raises KeyRefused, also for a revoked one."""
        # Looking up the hash takes no time that depends on how near a guess is to a secret.
        with self._database.read() as connection:
            row = connection.execute(
                "SELECT * FROM keys WHERE secret_sha256 = ? AND revoked_at IS NULL",
                (_hash(secret),),
            ).fetchone()
        if row is None:
            raise KeyRefused("the key is unknown or revoked")
        return _key(row)

    def all(self) -> tuple[Key, ...]:
        """Return every key, oldest first, revoked ones too."""
        with self._database.read() as connection:
            rows = connection.execute("SELECT * FROM keys ORDER BY id").fetchall()
        return tuple(map(_key, rows))

    def revoke(self, key_id: str, *, actor: str = "system") -> None:
        """Make the key useless from now on; twice is the same as once. Raises KeyUnknown."""
        with self._database.write(durable=True) as connection:
            row = connection.execute("SELECT * FROM keys WHERE id = ?", (key_id,)).fetchone()
            if row is None:
                raise KeyUnknown(f"no key {key_id}")
            if row["revoked_at"] is None:
                connection.execute(
                    "UPDATE keys SET revoked_at = ? WHERE id = ?", (text_of(now()), key_id)
                )
                self._audit.append(connection, actor, "key_revoked", key_id, {})


def _hash(secret: str) -> str:
    return sha256(secret.encode(errors="surrogatepass")).hexdigest()


def _key(row: sqlite3.Row) -> Key:
    return Key(
        id=row["id"],
        name=row["name"],
        role=row["role"],
        acting=bool(row["acting"]),
        created_at=moment_of(row["created_at"]),
        revoked_at=moment_of(row["revoked_at"]) if row["revoked_at"] is not None else None,
    )
