import json
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from assist.cli.output import progress_bar, say_json, say_table


@dataclass(frozen=True, slots=True)
class Record:
    text: str
    at: datetime


def test_json_keeps_chinese_readable_and_times_in_utc(capsys: pytest.CaptureFixture[str]) -> None:
    say_json([Record(text="退货", at=datetime(2026, 11, 22, tzinfo=UTC))])
    out = capsys.readouterr().out
    assert "退货" in out
    assert json.loads(out) == [{"text": "退货", "at": "2026-11-22T00:00:00Z"}]


def test_a_cell_is_shown_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    say_table(("name",), [("[red]:smile:",)])
    assert "[red]:smile:" in capsys.readouterr().out


def test_progress_without_a_terminal_is_a_few_plain_lines_on_standard_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with progress_bar("embed") as show:
        for done in range(1001):
            show(done, 1000)
    written = capsys.readouterr()
    assert written.out == ""
    assert written.err.splitlines() == [f"embed: {n}/1000" for n in range(0, 1001, 100)]


def test_nothing_to_do_is_done(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bar("embed") as show:
        show(0, 0)
    assert capsys.readouterr().err == "embed: 0/0\n"
