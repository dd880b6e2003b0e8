"""A request sent twice has one effect and one response."""

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assist.errors import IdempotencyMismatch, IdempotencyRunning
from assist.store.database import Database, open_database
from assist.store.idempotency import IdempotencyStore, StoredResponse

RESPONSE = StoredResponse(status=201, headers={"Location": "/v1/drafts/1"}, body=b'{"id":"1"}')


@pytest.fixture
def store(database: Database) -> IdempotencyStore:
    return IdempotencyStore(database)


def test_the_response_is_repeated(store: IdempotencyStore) -> None:
    assert store.begin("lin drafts", "k", "h") is None
    store.complete("lin drafts", "k", RESPONSE)
    assert store.begin("lin drafts", "k", "h") == RESPONSE
    assert store.begin("lin drafts", "k", "h") == RESPONSE


def test_another_body_is_refused_while_running_and_after(store: IdempotencyStore) -> None:
    store.begin("s", "k", "h")
    with pytest.raises(IdempotencyMismatch):
        store.begin("s", "k", "other")
    store.complete("s", "k", RESPONSE)
    with pytest.raises(IdempotencyMismatch):
        store.begin("s", "k", "other")


def test_a_second_request_while_the_first_runs_is_refused(store: IdempotencyStore) -> None:
    store.begin("s", "k", "h")
    with pytest.raises(IdempotencyRunning):
        store.begin("s", "k", "h")


def test_scopes_do_not_see_each_other(store: IdempotencyStore) -> None:
    store.begin("a", "k", "h")
    store.complete("a", "k", RESPONSE)
    assert store.begin("b", "k", "other") is None


def test_an_abandoned_key_may_be_used_again_even_with_another_body(
    store: IdempotencyStore,
) -> None:
    store.begin("s", "k", "h")
    store.abandon("s", "k")
    assert store.begin("s", "k", "other") is None


def test_a_finished_request_cannot_be_abandoned(store: IdempotencyStore) -> None:
    store.begin("s", "k", "h")
    store.complete("s", "k", RESPONSE)
    store.abandon("s", "k")
    assert store.begin("s", "k", "h") == RESPONSE


def test_the_place_of_a_dead_process_is_taken_over(
    store: IdempotencyStore, database: Database
) -> None:
    store.begin("s", "k", "h")
    with database.write() as connection:
        connection.execute("UPDATE idempotency SET process = '999999999/1'")
    with pytest.raises(IdempotencyMismatch):
        store.begin("s", "k", "other")
    assert store.begin("s", "k", "h") is None
    with pytest.raises(IdempotencyRunning):
        store.begin("s", "k", "h")


def test_of_many_at_once_one_does_the_work(tmp_path: Path) -> None:
    with open_database(tmp_path) as database:
        store = IdempotencyStore(database)
        let_through: list[None] = []
        refused: list[BaseException] = []

        def request() -> None:
            try:
                assert store.begin("s", "k", "h") is None
                let_through.append(None)
            except IdempotencyRunning as error:
                refused.append(error)

        threads = [threading.Thread(target=request) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert (len(let_through), len(refused)) == (1, 19)


def test_old_keys_are_pruned(store: IdempotencyStore) -> None:
    store.begin("s", "k", "h")
    store.complete("s", "k", RESPONSE)
    now = datetime.now(UTC)
    assert store.prune(now - timedelta(hours=24)) == 0
    assert store.begin("s", "k", "h") == RESPONSE
    assert store.prune(now + timedelta(seconds=1)) == 1
    assert store.begin("s", "k", "other") is None
