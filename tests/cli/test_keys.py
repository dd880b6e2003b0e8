from collections.abc import Callable
from pathlib import Path
from typing import Any

from assist.store.database import open_database
from assist.store.keys import KeyStore

Assist = Callable[..., Any]


def test_a_created_key_opens_the_door_until_it_is_revoked(assist: Assist, fresh: Path) -> None:
    made = assist("keys", "create", "--name", "web", "--role", "agent", "--data", fresh)
    assert made.code == 0
    secret = made.out.strip()
    with open_database(fresh) as database:
        key = KeyStore(database).find(secret)
    assert (key.name, key.role, key.acting) == ("web", "agent", False)
    assert assist("keys", "revoke", key.id, "--data", fresh).code == 0
    listed = assist("keys", "list", "--json", "--data", fresh).json
    assert [(one["id"], one["revoked_at"] is None) for one in listed] == [(key.id, False)]


def test_a_program_gets_the_key_with_its_secret(assist: Assist, fresh: Path) -> None:
    options = ("--name", "bus", "--role", "supervisor", "--acting", "--json", "--data", fresh)
    made = assist("keys", "create", *options).json
    assert made["secret"].startswith("ask_")
    assert (made["role"], made["acting"], made["revoked_at"]) == ("supervisor", True, None)


def test_no_list_shows_a_secret(assist: Assist, fresh: Path) -> None:
    options = ("--name", "web", "--role", "agent", "--data", fresh)
    secret = assist("keys", "create", *options).out.strip()
    for form in ((), ("--json",)):
        assert secret not in assist("keys", "list", *form, "--data", fresh).out


def test_an_unknown_key_cannot_be_revoked(assist: Assist, fresh: Path) -> None:
    ended = assist("keys", "revoke", "key_none", "--data", fresh)
    assert (ended.code, ended.err) == (2, "assist: no key key_none\n")


def test_the_audit_log_names_the_command_line(assist: Assist, fresh: Path) -> None:
    assist("keys", "create", "--name", "web", "--role", "agent", "--data", fresh)
    with open_database(fresh) as database, database.read() as connection:
        actors = [row["actor"] for row in connection.execute("SELECT actor FROM audit")]
    assert actors == ["cli"]
