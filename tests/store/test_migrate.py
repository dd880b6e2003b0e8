"""Schema changes happen once, whole, with a copy kept, and never backwards."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from assist.errors import StoreNewer
from assist.store.database import FILE, MIGRATIONS, open_database

FIRST = "CREATE TABLE pets (name TEXT);\nINSERT INTO pets VALUES ('Miau; -- no end');\n"
SECOND = (
    "ALTER TABLE pets ADD COLUMN age INTEGER;\n"
    "CREATE TRIGGER birth AFTER INSERT ON pets BEGIN\n"
    "    UPDATE pets SET age = 0 WHERE name = new.name;\n"
    "END;\n"
    "INSERT INTO pets (name) VALUES ('Bello');\n"
)


def steps(folder: Path, *scripts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for number, script in enumerate(scripts, start=1):
        (folder / f"{number:04}_step.sql").write_text(script, encoding="utf-8")
    return folder


def pets(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT * FROM pets ORDER BY rowid").fetchall()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


def test_an_old_database_is_brought_up_to_date_and_a_copy_kept(
    folder: Path, tmp_path: Path
) -> None:
    open_database(folder, migrations=steps(tmp_path / "old", FIRST)).close()
    open_database(folder, migrations=steps(tmp_path / "new", FIRST, SECOND)).close()
    assert pets(folder / FILE) == [("Miau; -- no end", None), ("Bello", 0)]
    assert pets(folder / "assist.db.v1.backup") == [("Miau; -- no end",)]
    assert sorted(path.name for path in folder.iterdir()) == [FILE, "assist.db.v1.backup"]


def test_opening_again_changes_and_copies_nothing(folder: Path, tmp_path: Path) -> None:
    migrations = steps(tmp_path / "steps", FIRST, SECOND)
    for _ in range(2):
        open_database(folder, migrations=migrations).close()
    assert len(pets(folder / FILE)) == 2
    assert [path.name for path in folder.iterdir()] == [FILE]


def test_a_migration_that_fails_leaves_the_old_database(folder: Path, tmp_path: Path) -> None:
    open_database(folder, migrations=steps(tmp_path / "old", FIRST)).close()
    broken = steps(tmp_path / "new", FIRST, SECOND, "DROP TABLE pets;\nDROP TABLE nothing;\n")
    with pytest.raises(sqlite3.OperationalError):
        open_database(folder, migrations=broken)
    assert pets(folder / FILE) == [("Miau; -- no end",)]
    open_database(folder, migrations=steps(tmp_path / "good", FIRST, SECOND)).close()
    assert len(pets(folder / FILE)) == 2


def test_a_newer_database_is_refused_and_not_touched(folder: Path, tmp_path: Path) -> None:
    open_database(folder, migrations=steps(tmp_path / "new", FIRST, SECOND)).close()
    before = (folder / FILE).read_bytes()
    with pytest.raises(StoreNewer, match="newer version"):
        open_database(folder, migrations=steps(tmp_path / "old", FIRST))
    assert (folder / FILE).read_bytes() == before
    assert [path.name for path in folder.iterdir()] == [FILE]


def test_a_newer_database_keeps_even_its_journal_mode(folder: Path) -> None:
    with closing(sqlite3.connect(folder / FILE)) as connection:
        connection.execute("PRAGMA user_version = 9999")
    before = (folder / FILE).read_bytes()
    with pytest.raises(StoreNewer):
        open_database(folder)
    assert (folder / FILE).read_bytes() == before


def test_the_shipped_steps_are_numbered_without_gaps() -> None:
    numbers = [int(path.name[:4]) for path in sorted(MIGRATIONS.iterdir())]
    assert numbers == list(range(1, len(numbers) + 1))
