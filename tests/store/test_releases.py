"""Which release serves is one row."""

from datetime import UTC, datetime

import pytest

from assist.errors import IndexUnusable, ReleaseUnknown
from assist.records import Release
from assist.store.audit import AuditLog
from assist.store.database import Database
from assist.store.releases import ReleaseStore


def release(release_id: str) -> Release:
    return Release(
        id=release_id,
        created_at=datetime(2026, 11, 22, tzinfo=UTC),
        embedder="builtin",
        manifest_sha256="ab",
        through_seq=7,
        entries=3,
        passages=9,
        embedded=4,
        reused=5,
        seconds=0.5,
    )


@pytest.fixture
def store(database: Database) -> ReleaseStore:
    filled = ReleaseStore(database)
    filled.add(release("rel_1"))
    filled.add(release("rel_2"))
    return filled


def test_releases_come_newest_first_as_they_were(store: ReleaseStore) -> None:
    assert store.all() == (release("rel_2"), release("rel_1"))
    assert store.get("rel_1") == release("rel_1")


def test_the_last_activated_release_serves(store: ReleaseStore) -> None:
    assert store.active() is None
    store.activate("rel_1", overlay_from=7)
    store.activate("rel_2", overlay_from=9)
    assert store.active() == ("rel_2", 9)
    store.activate("rel_1", overlay_from=12)
    assert store.active() == ("rel_1", 12)


def test_an_unknown_release_changes_nothing(store: ReleaseStore) -> None:
    store.activate("rel_1", overlay_from=7)
    with pytest.raises(ReleaseUnknown):
        store.activate("rel_9", overlay_from=9)
    with pytest.raises(ReleaseUnknown):
        store.get("rel_9")
    with pytest.raises(ReleaseUnknown):
        store.remove("rel_9")
    assert store.active() == ("rel_1", 7)


def test_the_serving_release_cannot_be_removed(store: ReleaseStore) -> None:
    store.activate("rel_1", overlay_from=7)
    with pytest.raises(IndexUnusable):
        store.remove("rel_1")
    store.remove("rel_2")
    assert store.all() == (release("rel_1"),)


def test_the_newest_and_the_serving_release_are_kept(store: ReleaseStore) -> None:
    store.add(release("rel_3"))
    store.activate("rel_1", overlay_from=7)
    assert set(store.keep_newest(1)) == {"rel_1", "rel_3"}
    assert store.all() == (release("rel_3"), release("rel_1"))


def test_an_activation_is_audited(store: ReleaseStore, database: Database) -> None:
    store.activate("rel_1", overlay_from=7, actor="lin")
    (event,) = AuditLog(database).of("rel_1")
    assert (event.actor, event.action) == ("lin", "release_activated")
    assert event.detail == {"overlay_from": 7}
