import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Assist = Callable[..., Any]


def entry(id: str, question: str) -> dict[str, object]:
    return {"id": id, "category": ["服务政策"], "question": question, "answer": "七天内可以退货。"}


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "files" / "sheet.jsonl"
    path.parent.mkdir()
    rows = [entry("ent_a", "怎么退货"), {"question": ""}, entry("ent_b", "怎么换货")]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.jsonl"
    path.write_text(json.dumps(entry("ent_a", "怎么退货")), encoding="utf-8")
    return path


def test_every_failed_row_is_shown_with_its_line(assist: Assist, fresh: Path, sheet: Path) -> None:
    ended = assist("import", sheet, "--data", fresh)
    assert ended.code == 1
    assert "成功 2" in ended.out
    assert "失败 1" in ended.out
    assert "第 2 行" in ended.out


def test_a_folder_is_looked_through_for_known_types(
    assist: Assist, fresh: Path, sheet: Path
) -> None:
    below = sheet.parent / "deep" / "policy.md"
    below.parent.mkdir()
    below.write_text("# 退货规定\n\n七天内可以退货。\n", encoding="utf-8")
    (sheet.parent / "picture.png").touch()
    ended = assist("import", sheet.parent, "--json", "--data", fresh)
    assert [Path(file["path"]).name for file in ended.json["files"]] == ["policy.md", "sheet.jsonl"]


def test_a_dry_run_writes_nothing(assist: Assist, fresh: Path, good: Path) -> None:
    first = assist("import", good, "--dry-run", "--json", "--data", fresh).json
    assert first["dry_run"] is True
    assert [row["status"] for row in first["files"][0]["rows"]] == ["ok"]
    assert first["files"][0]["saved"] == 0
    assert assist("import", good, "--json", "--data", fresh).json["files"][0]["saved"] == 1


def test_a_file_of_an_unknown_type_is_wrong_use(
    assist: Assist, fresh: Path, tmp_path: Path
) -> None:
    path = tmp_path / "tool.exe"
    path.touch()
    ended = assist("import", path, "--data", fresh)
    assert ended.code == 2
    assert ".exe" in ended.out


def test_a_refused_file_does_not_stop_the_others(
    assist: Assist, fresh: Path, good: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("question,question\n", encoding="utf-8")
    ended = assist("import", bad, good, "--json", "--data", fresh)
    assert ended.code == 2
    assert [(f["saved"], f["refused"] is None) for f in ended.json["files"]] == [
        (0, False),
        (1, True),
    ]


def test_replace_takes_one_file_since_each_would_remove_the_other(
    assist: Assist, fresh: Path, good: Path, sheet: Path
) -> None:
    ended = assist("import", good, sheet, "--mode", "replace", "--data", fresh)
    assert ended.code == 2


def test_replace_removes_what_the_file_lacks(
    assist: Assist, fresh: Path, good: Path, sheet: Path
) -> None:
    assist("import", sheet, "--data", fresh)
    ended = assist("import", good, "--mode", "replace", "--json", "--data", fresh)
    assert ended.json["files"][0]["removed"] == ["ent_b"]
