import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Assist = Callable[..., Any]


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    path = tmp_path / "small.jsonl"
    lines = [
        {"id": "1", "question": "糖醋排骨放几勺醋", "expect": "abstain"},
        {"id": "2", "question": "我要投诉到工信部", "expect": "escalate", "tags": ["angry"]},
    ]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return path


def test_both_reports_are_written_and_the_metrics_shown(
    assist: Assist, seeded: Path, cases: Path, tmp_path: Path
) -> None:
    out = tmp_path / "results"
    ended = assist("evaluate", cases, "--out", out, "--data", seeded)
    assert ended.code == 0
    assert "decision_accuracy" in ended.out
    (report,) = out.glob("small-*.json")
    (text,) = out.glob("small-*.md")
    assert json.loads(report.read_bytes())["origin"]["cases"] == 2
    assert text.read_text(encoding="utf-8").startswith("# 评测报告")


def test_a_run_is_compared_with_an_earlier_one(
    assist: Assist, seeded: Path, cases: Path, tmp_path: Path
) -> None:
    assist("evaluate", cases, "--out", tmp_path / "first", "--data", seeded)
    (earlier,) = (tmp_path / "first").glob("*.json")
    options = ("--against", earlier, "--out", tmp_path / "second", "--data", seeded)
    ended = assist("evaluate", cases, *options)
    assert "+0.000" in ended.out
    (text,) = (tmp_path / "second").glob("*.md")
    assert "与上次对比" in text.read_text(encoding="utf-8")


def test_a_gate_that_is_not_reached_is_named_and_exit_code_1(
    assist: Assist, seeded: Path, cases: Path, tmp_path: Path
) -> None:
    options = ("--out", tmp_path, "--data", seeded, "--fail-under", "decision_accuracy=0")
    assert assist("evaluate", cases, *options).code == 0
    ended = assist("evaluate", cases, *options, "--fail-under", "recall@5=0.9")
    assert ended.code == 1
    assert "recall@5" in ended.err
    assert "decision_accuracy" not in ended.err


@pytest.mark.parametrize(
    "gate", ["recall@7=0.9", "recall@5", "recall@5=high", "recall@5=90", "ungrounded_number=0.1"]
)
def test_a_gate_that_makes_no_sense_is_wrong_use(assist: Assist, cases: Path, gate: str) -> None:
    ended = assist("evaluate", cases, "--fail-under", gate)
    assert ended.code == 2


def test_a_bad_dataset_is_wrong_use_with_its_line(assist: Assist, tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text("{}", encoding="utf-8")
    ended = assist("evaluate", path)
    assert ended.code == 2
    assert "bad.jsonl, line 1" in ended.err


def test_what_is_not_an_earlier_report_is_wrong_use(
    assist: Assist, cases: Path, tmp_path: Path
) -> None:
    assert assist("evaluate", cases, "--against", cases).code == 2


def test_a_program_gets_the_whole_report(
    assist: Assist, seeded: Path, cases: Path, tmp_path: Path
) -> None:
    report = assist("evaluate", cases, "--out", tmp_path, "--json", "--data", seeded).json
    assert len(report["cases"]) == 2
    assert report["origin"]["release"].startswith("rel_")
