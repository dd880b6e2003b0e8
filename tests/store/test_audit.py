"""The audit chain shows every change made to it from outside."""

import json
import sqlite3
from contextlib import closing
from hashlib import sha256

import pytest

from assist.store.audit import AuditLog
from assist.store.database import Database


@pytest.fixture
def log(database: Database) -> AuditLog:
    filled = AuditLog(database)
    with database.write(durable=True) as connection:
        for number in range(1, 6):
            filled.append(
                connection, "林", "accepted", f"drf_{number % 2}", {"b": number, "a": "好"}
            )
    return filled


def tamper(database: Database, statement: str) -> None:
    with closing(sqlite3.connect(database.path)) as other:
        other.execute(statement)
        other.commit()


def test_an_untouched_chain_is_sound(log: AuditLog, database: Database) -> None:
    assert log.verify() is None
    assert AuditLog(database).verify() is None


def test_an_empty_chain_is_sound(database: Database) -> None:
    assert AuditLog(database).verify() is None


@pytest.mark.parametrize(
    ("statement", "first_bad"),
    [
        ("UPDATE audit SET actor = 'mei' WHERE seq = 3", 3),
        ("UPDATE audit SET detail = '{}' WHERE seq = 2", 2),
        ("UPDATE audit SET detail = x'7b7d' WHERE seq = 2", 2),
        ("UPDATE audit SET at = '2020-01-01T00:00:00.000000+00:00' WHERE seq = 1", 1),
        ("UPDATE audit SET hash = '' WHERE seq = 4", 4),
        ("UPDATE audit SET seq = 9 WHERE seq = 5", 5),
        ("DELETE FROM audit WHERE seq = 1", 1),
        ("DELETE FROM audit WHERE seq = 3", 3),
        ("DELETE FROM audit WHERE seq = 5", 5),
        ("DELETE FROM audit", 1),
    ],
)
def test_the_first_event_that_was_touched_is_named(
    log: AuditLog, database: Database, statement: str, first_bad: int
) -> None:
    tamper(database, statement)
    assert log.verify() == first_bad


def test_a_forged_event_with_a_fresh_hash_breaks_the_next_one(
    log: AuditLog, database: Database
) -> None:
    with database.read() as connection:
        columns = "seq, at, actor, action, subject, detail"
        row = connection.execute(f"SELECT {columns} FROM audit WHERE seq = 3").fetchone()
        before = connection.execute("SELECT hash FROM audit WHERE seq = 2").fetchone()["hash"]
    forged = dict(row) | {"actor": "mei"}
    text = json.dumps(forged, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    sealed = sha256((before + text).encode()).hexdigest()
    tamper(database, f"UPDATE audit SET actor = 'mei', hash = '{sealed}' WHERE seq = 3")
    assert log.verify() == 4


def test_a_cut_off_end_still_shows_after_more_was_written(
    log: AuditLog, database: Database
) -> None:
    tamper(database, "DELETE FROM audit WHERE seq = 5")
    with database.write() as connection:
        log.append(connection, "lin", "accepted", "drf_1", {})
    assert log.verify() == 5


def test_an_event_of_a_write_that_failed_leaves_no_gap(log: AuditLog, database: Database) -> None:
    def fail() -> None:
        with database.write() as connection:
            log.append(connection, "lin", "accepted", "drf_1", {})
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    with database.write() as connection:
        log.append(connection, "lin", "accepted", "drf_1", {})
    assert log.verify() is None
    assert log.page(limit=1)[0][0].seq == 6


def test_pages_come_newest_first_and_join_up(log: AuditLog) -> None:
    first, cursor = log.page(limit=3)
    second, end = log.page(cursor, limit=3)
    assert [event.seq for event in first + second] == [5, 4, 3, 2, 1]
    assert end is None
    assert first[0].detail == {"a": "好", "b": 5}


def test_the_events_of_one_subject_come_in_order(log: AuditLog) -> None:
    assert [event.seq for event in log.of("drf_1")] == [1, 3, 5]
