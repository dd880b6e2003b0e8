"""Keys open with their secret until they are revoked, and the secret is not kept."""

import pytest

from assist.errors import KeyRefused, KeyUnknown
from assist.store.audit import AuditLog
from assist.store.database import Database
from assist.store.keys import KeyStore


@pytest.fixture
def store(database: Database) -> KeyStore:
    return KeyStore(database)


def test_a_key_is_found_by_its_secret(store: KeyStore) -> None:
    key, secret = store.create("控制台", "supervisor", acting=True)
    store.create("other", "agent")
    assert secret.startswith("ask_")
    assert store.find(secret) == key
    assert (key.name, key.role, key.acting, key.revoked_at) == ("控制台", "supervisor", True, None)


@pytest.mark.parametrize("secret", ["", "ask_", "ask_wrong", "\ud800", "键"])
def test_a_wrong_secret_is_refused(store: KeyStore, secret: str) -> None:
    store.create("a", "admin")
    with pytest.raises(KeyRefused):
        store.find(secret)


def test_a_revoked_key_is_refused_but_still_listed(store: KeyStore) -> None:
    key, secret = store.create("a", "admin")
    other, other_secret = store.create("b", "agent")
    store.revoke(key.id)
    with pytest.raises(KeyRefused):
        store.find(secret)
    assert store.find(other_secret) == other
    assert [(k.id, k.revoked_at is not None) for k in store.all()] == [
        (k, k == key.id) for k in sorted([key.id, other.id])
    ]


def test_revoking_twice_changes_and_records_it_once(store: KeyStore, database: Database) -> None:
    key, _ = store.create("a", "admin", actor="root")
    store.revoke(key.id, actor="root")
    before = store.all()
    store.revoke(key.id, actor="root")
    assert store.all() == before
    events = AuditLog(database).of(key.id)
    assert [(e.actor, e.action) for e in events] == [
        ("root", "key_created"),
        ("root", "key_revoked"),
    ]


def test_an_unknown_key_cannot_be_revoked(store: KeyStore) -> None:
    with pytest.raises(KeyUnknown):
        store.revoke("key_none")


def test_the_secret_is_nowhere_in_the_file(store: KeyStore, database: Database) -> None:
    _, secret = store.create("a", "admin")
    for path in database.path.parent.iterdir():
        assert secret.encode() not in path.read_bytes()
        assert secret.removeprefix("ask_").encode() not in path.read_bytes()
