"""One database file, its transactions, and its failures by name."""

import re
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assist.errors import StoreBusy, StoreFull, StoreUnusable
from assist.store.database import FILE, Database, open_database


@contextmanager
def locked_by_another(path: Path) -> Iterator[None]:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    yield
    other.execute("ROLLBACK")
    other.close()


def add_release(database: Database, release_id: str, *, durable: bool = False) -> None:
    with database.write(durable=durable) as connection:
        connection.execute("INSERT INTO releases VALUES (?, '{}')", (release_id,))


def releases(database: Database) -> list[str]:
    with database.read() as connection:
        return [row[0] for row in connection.execute("SELECT id FROM releases ORDER BY id")]


def test_what_was_committed_is_there_after_opening_again(tmp_path: Path) -> None:
    with open_database(tmp_path) as database:
        add_release(database, "rel_1")
    with open_database(tmp_path) as database:
        assert releases(database) == ["rel_1"]


def test_a_block_that_fails_leaves_nothing_and_the_next_one_works(database: Database) -> None:
    def fail() -> None:
        with database.write() as connection:
            connection.execute("INSERT INTO releases VALUES ('rel_1', '{}')")
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    add_release(database, "rel_2")
    assert releases(database) == ["rel_2"]


def test_a_read_sees_one_moment(database: Database) -> None:
    with database.read() as connection:
        count = "SELECT count(*) FROM releases"
        before = connection.execute(count).fetchone()[0]
        add_release(database, "rel_1")
        assert connection.execute(count).fetchone()[0] == before
    assert releases(database) == ["rel_1"]


def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(StoreUnusable), database.read() as connection:
        connection.execute("DELETE FROM releases")


@pytest.mark.parametrize(("durable", "level"), [(True, 2), (False, 1)])
def test_only_a_durable_write_waits_for_the_disk(
    database: Database, durable: bool, level: int
) -> None:
    add_release(database, "rel_1", durable=not durable)
    with database.write(durable=durable) as connection:
        assert connection.execute("PRAGMA synchronous").fetchone()[0] == level


def test_foreign_keys_hold(database: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError), database.write() as connection:
        connection.execute("INSERT INTO active_release VALUES (1, 'rel_none', 0)")


def test_a_lock_of_another_process_stops_writes_but_not_reads(database: Database) -> None:
    with locked_by_another(database.path):
        assert releases(database) == []
        with pytest.raises(StoreBusy, match=FILE):
            add_release(database, "rel_1")
    add_release(database, "rel_2")
    assert releases(database) == ["rel_2"]


def test_a_write_does_not_wait_for_ever_behind_another_thread(database: Database) -> None:
    refused: list[BaseException] = []

    def write() -> None:
        try:
            add_release(database, "rel_1")
        except StoreBusy as error:
            refused.append(error)

    with database.write():
        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
    assert len(refused) == 1
    assert releases(database) == []


def test_threads_write_one_after_another(tmp_path: Path) -> None:
    with open_database(tmp_path) as database:

        def write(name: int) -> None:
            for number in range(20):
                add_release(database, f"rel_{name}_{number}")
                assert f"rel_{name}_{number}" in releases(database)

        threads = [threading.Thread(target=write, args=(name,)) for name in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(releases(database)) == 120


def test_a_full_disk_is_named_and_survived(database: Database) -> None:
    with database.write() as connection:
        connection.execute("PRAGMA max_page_count = 1")  # SQLite takes the present size instead
    with pytest.raises(StoreFull):
        add_release(database, "rel_" + "x" * 1_000_000)
    with database.write() as connection:
        connection.execute("PRAGMA max_page_count = 1000000")
    add_release(database, "rel_2")
    assert releases(database) == ["rel_2"]


def test_a_missing_folder_is_refused_and_not_made(tmp_path: Path) -> None:
    folder = tmp_path / "nowhere"
    with pytest.raises(StoreUnusable, match="nowhere"):
        open_database(folder)
    assert not folder.exists()


def test_a_file_in_the_folder_s_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("x", encoding="utf-8")
    with pytest.raises(StoreUnusable, match="data"):
        open_database(tmp_path / "data")


def test_a_folder_that_cannot_be_written_is_refused_and_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The tests may run as root, to whom every folder is writable.
    monkeypatch.setattr("assist.store.database.os.access", lambda path, mode: False)
    with pytest.raises(StoreUnusable, match=re.escape(str(tmp_path))):
        open_database(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"not a database" * 100, None])
def test_a_database_that_is_none_is_refused_by_name(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / FILE
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    with pytest.raises(StoreUnusable, match=re.escape(str(path))):
        open_database(tmp_path)


def test_a_folder_name_may_hold_anything(tmp_path: Path) -> None:
    folder = tmp_path / "数据 100%?#x"
    folder.mkdir()
    with open_database(folder) as database:
        add_release(database, "rel_1")
        assert releases(database) == ["rel_1"]
    assert [path.name for path in folder.iterdir()] == [FILE]


def test_a_kill_in_the_middle_of_a_write_loses_that_write_only(tmp_path: Path) -> None:
    script = (
        "import os, pathlib, signal, sys\n"
        "from assist.store.database import open_database\n"
        "database = open_database(pathlib.Path(sys.argv[1]))\n"
        "with database.write(durable=True) as c:\n"
        "    c.execute(\"INSERT INTO releases VALUES ('rel_1', '{}')\")\n"
        "with database.write(durable=True) as c:\n"
        "    c.execute(\"INSERT INTO releases VALUES ('rel_2', '{}')\")\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    child = subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
    assert child.returncode == -signal.SIGKILL
    with open_database(tmp_path) as database:
        assert releases(database) == ["rel_1"]


def test_closing_leaves_no_open_connection(tmp_path: Path) -> None:
    database = open_database(tmp_path)
    assert releases(database) == []
    database.close()
    # The last connection to close folds the log back into the file.
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_a_connection_in_use_while_closing_is_closed_after_its_use(tmp_path: Path) -> None:
    database = open_database(tmp_path)
    with database.read() as connection:
        connection.execute("SELECT id FROM releases").fetchall()
        database.close()
    assert [path.name for path in tmp_path.iterdir()] == [FILE]
