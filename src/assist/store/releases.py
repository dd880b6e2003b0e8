"""Which releases exist, and which one serves."""

from pydantic import TypeAdapter

from assist.errors import IndexUnusable, ReleaseUnknown
from assist.records import Release
from assist.store.audit import AuditLog
from assist.store.database import Database

_RELEASE = TypeAdapter(Release)


class ReleaseStore:
    """The releases by name; their files live in folders beside the database.

    Every change waits for the disk, because files are dropped after it; activations are audited.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._audit = AuditLog(database)

    def add(self, release: Release) -> None:
        """Record a release whose files are complete."""
        with self._database.write(durable=True) as connection:
            connection.execute(
                "INSERT INTO releases (id, body) VALUES (?, ?)",
                (release.id, _RELEASE.dump_json(release).decode()),
            )

    def get(self, release_id: str) -> Release:
        """Return the release. Raises ReleaseUnknown."""
        with self._database.read() as connection:
            row = connection.execute(
                "SELECT body FROM releases WHERE id = ?", (release_id,)
            ).fetchone()
        if row is None:
            raise _unknown(release_id)
        return _RELEASE.validate_json(row["body"])

    def all(self) -> tuple[Release, ...]:
        """Return every release, newest first."""
        with self._database.read() as connection:
            rows = connection.execute("SELECT body FROM releases ORDER BY id DESC").fetchall()
        return tuple(_RELEASE.validate_json(row["body"]) for row in rows)

    def remove(self, release_id: str) -> None:
        """Forget a release. Raises ReleaseUnknown, and IndexUnusable for the one that serves."""
        with self._database.write(durable=True) as connection:
            serving = connection.execute(
                "SELECT 1 FROM active_release WHERE release_id = ?", (release_id,)
            ).fetchone()
            if serving is not None:
                raise IndexUnusable(f"the release {release_id} is serving")
            gone = connection.execute("DELETE FROM releases WHERE id = ?", (release_id,))
            if gone.rowcount == 0:
                raise _unknown(release_id)

    def keep_newest(self, count: int) -> tuple[str, ...]:
        """Forget all but the newest and the one that serves, and return the ids that are left."""
        with self._database.write(durable=True) as connection:
            connection.execute(
                "DELETE FROM releases WHERE id NOT IN (SELECT release_id FROM active_release) "
                "AND id NOT IN (SELECT id FROM releases ORDER BY id DESC LIMIT ?)",
                (count,),
            )
            return tuple(row["id"] for row in connection.execute("SELECT id FROM releases"))

    def activate(self, release_id: str, *, overlay_from: int, actor: str = "system") -> None:
        """Let this release serve, with the changes after ``overlay_from`` laid over it.

        Raises ReleaseUnknown.
        """
        with self._database.write(durable=True) as connection:
            known = connection.execute("SELECT 1 FROM releases WHERE id = ?", (release_id,))
            if known.fetchone() is None:
                raise _unknown(release_id)
            connection.execute(
                "INSERT OR REPLACE INTO active_release (only_row, release_id, overlay_from) "
                "VALUES (1, ?, ?)",
                (release_id, overlay_from),
            )
            detail = {"overlay_from": overlay_from}
            self._audit.append(connection, actor, "release_activated", release_id, detail)

    def active(self) -> tuple[str, int] | None:
        """Return the serving release's id and where its overlay starts; None before the first."""
        with self._database.read() as connection:
            row = connection.execute(
                "SELECT release_id, overlay_from FROM active_release"
            ).fetchone()
        return (row["release_id"], row["overlay_from"]) if row is not None else None


def _unknown(release_id: str) -> ReleaseUnknown:
    return ReleaseUnknown(f"no release {release_id}")
