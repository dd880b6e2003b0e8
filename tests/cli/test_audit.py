import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Assist = Callable[..., Any]


@pytest.fixture
def audited(assist: Assist, fresh: Path) -> Path:
    for name in "abc":
        assist("keys", "create", "--name", name, "--role", "agent", "--data", fresh)
    return fresh


def test_a_sound_log_is_exit_code_0(assist: Assist, audited: Path) -> None:
    assert assist("audit", "verify", "--data", audited).code == 0


def test_an_altered_event_is_named_and_exit_code_1(assist: Assist, audited: Path) -> None:
    with sqlite3.connect(audited / "assist.db") as connection:
        connection.execute("UPDATE audit SET actor = 'nobody' WHERE seq = 2")
    connection.close()
    ended = assist("audit", "verify", "--data", audited)
    assert ended.code == 1
    assert "event 2" in ended.out
    assert assist("audit", "verify", "--json", "--data", audited).json == {
        "ok": False,
        "first_bad_seq": 2,
    }
