from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assist import __version__

Assist = Callable[..., Any]
COMMANDS = (
    "serve", "import", "reindex", "releases", "ask", "check", "evaluate", "keys", "audit", "doctor",
)  # fmt: skip


def test_help_names_every_command_and_the_exit_codes(assist: Assist) -> None:
    ended = assist("--help")
    assert ended.code == 0
    assert all(command in ended.out for command in (*COMMANDS, "Exit codes"))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(assist: Assist, command: str) -> None:
    ended = assist(command, "--help")
    assert (ended.code, ended.err) == (0, "")


def test_the_version_can_be_asked_for(assist: Assist) -> None:
    assert assist("--version").out == f"{__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("inspct",),
        ("ask",),
        ("ask", "\u200b  "),
        ("ask", "问" * 4001),
        ("ask", "\udcff"),
        ("import", "nowhere.jsonl"),
        ("import", "--mode", "merge", "."),
        ("serve", "--port", "70000"),
        ("evaluate", "nowhere.jsonl"),
        ("keys", "create", "--name", "x", "--role", "root"),
        ("keys", "create", "--name", " ", "--role", "agent"),
        ("releases", "activate"),
    ],
)
def test_wrong_use_is_exit_code_2_and_says_why(assist: Assist, arguments: tuple[str, ...]) -> None:
    ended = assist(*arguments)
    assert ended.code == 2
    assert ended.err
    assert "Traceback" not in ended.err


def test_a_wrong_setting_is_one_line_that_names_the_nearest_one(
    assist: Assist, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSIST_PROT", "9000")
    ended = assist("keys", "list")
    assert ended.code == 2
    assert ended.err.count("\n") == 1
    assert "ASSIST_PORT" in ended.err


def test_a_missing_data_folder_is_not_made_by_a_command_that_only_looks(
    assist: Assist, tmp_path: Path
) -> None:
    ended = assist("keys", "list", "--data", tmp_path / "typo")
    assert ended.code == 3
    assert "typo" in ended.err
    assert not (tmp_path / "typo").exists()


def test_an_error_of_the_system_is_one_line_and_exit_code_3(
    assist: Assist, seeded: Path, tmp_path: Path
) -> None:
    cases = tmp_path / "cases.jsonl"
    cases.write_text('{"id":"1","question":"怎么退货","expect":"answer"}', encoding="utf-8")
    blocked = tmp_path / "file"
    blocked.touch()
    ended = assist("evaluate", cases, "--out", blocked / "results", "--data", seeded)
    assert ended.code == 3
    assert "Traceback" not in ended.err
