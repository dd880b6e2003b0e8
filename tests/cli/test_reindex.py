import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from assist.store.database import Database, open_database
from assist.store.jobs import JobStore
from assist.store.releases import ReleaseStore

Assist = Callable[..., Any]
QUESTIONS = {"ent_a": "怎么退货", "ent_b": "宽带怎么装", "ent_c": "话费怎么交"}


def write(path: Path, *rows: Mapping[str, object]) -> Path:
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    rows = [
        {"id": id, "question": q, "answers": [f"{q}：请在 APP 办理。"]}
        for id, q in QUESTIONS.items()
    ]
    return write(tmp_path / "sheet.jsonl", *rows)


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    rows = [
        {"id": f"case_{id}", "question": q, "expect": "answer", "entries": [id]}
        for id, q in QUESTIONS.items()
    ]
    return write(tmp_path / "cases.jsonl", *rows)


@pytest.fixture
def database(fresh: Path) -> Iterator[Database]:
    with open_database(fresh) as opened:
        yield opened


def test_a_reindex_embeds_only_what_is_new(assist: Assist, fresh: Path, sheet: Path) -> None:
    assist("import", sheet, "--data", fresh)
    first = assist("reindex", "--json", "--data", fresh).json
    again = assist("reindex", "--json", "--data", fresh).json
    assert first["entries"] == 3
    assert first["embedded"] > 0
    assert (again["embedded"], again["reused"]) == (0, first["passages"])
    full = assist("reindex", "--full", "--json", "--data", fresh).json
    assert full["embedded"] == first["embedded"]


def test_a_reindex_says_what_it_built(assist: Assist, fresh: Path, sheet: Path) -> None:
    assist("import", sheet, "--data", fresh)
    out = assist("reindex", "--data", fresh).out
    said = dict(line.split() for line in out.splitlines())
    assert list(said) == ["release", "entries", "passages", "embedded", "reused", "seconds"]
    assert said["release"].startswith("rel_")


def test_a_release_need_not_serve_at_once(assist: Assist, fresh: Path, sheet: Path) -> None:
    assist("import", sheet, "--data", fresh)
    first = assist("reindex", "--json", "--data", fresh).json["id"]
    assist("reindex", "--no-activate", "--data", fresh)
    listed = assist("releases", "list", "--json", "--data", fresh).json
    assert [(one["release"]["id"] == first, one["active"]) for one in listed] == [
        (False, False),
        (True, True),
    ]


def test_a_release_that_passes_its_gate_serves(
    assist: Assist, fresh: Path, sheet: Path, cases: Path
) -> None:
    assist("import", sheet, "--data", fresh)
    ended = assist("reindex", "--gate", cases, "recall@5=1", "mrr@10=0.5", "--data", fresh)
    assert ended.code == 0
    listed = assist("releases", "list", "--json", "--data", fresh).json
    assert [one["active"] for one in listed] == [True]


def test_a_release_that_fails_its_gate_is_refused_with_the_cases_it_broke(
    assist: Assist, fresh: Path, sheet: Path, cases: Path, tmp_path: Path
) -> None:
    assist("import", sheet, "--data", fresh)
    old = assist("reindex", "--json", "--data", fresh).json["id"]
    gone = {"id": "ent_b", "question": QUESTIONS["ent_b"], "answers": ["无"], "status": "retired"}
    assist("import", write(tmp_path / "gone.jsonl", gone), "--data", fresh)
    ended = assist("reindex", "--gate", cases, "recall@5=1.0", "--json", "--data", fresh)
    assert ended.code == 1
    assert "recall@5" in ended.err
    assert "case_ent_b" in ended.err
    assert "case_ent_a" not in ended.err
    assert [case["id"] for case in ended.json["gate"]["worse"]] == ["case_ent_b"]
    listed = assist("releases", "list", "--json", "--data", fresh).json
    assert [(one["release"]["id"], one["active"]) for one in listed] == [
        (ended.json["id"], False),
        (old, True),
    ]


def test_a_gate_needs_both_a_dataset_and_a_number(assist: Assist, fresh: Path, cases: Path) -> None:
    assert assist("reindex", "--gate", cases, "--data", fresh).code == 2
    assert assist("reindex", "recall@5=1", "--data", fresh).code == 2
    assert assist("reindex", "--gate", cases, "beauty=1", "--data", fresh).code == 2
    assert not (fresh / "releases").exists()


def test_a_gate_cannot_be_put_before_a_build_that_is_under_way(
    assist: Assist, fresh: Path, database: Database, cases: Path
) -> None:
    jobs = JobStore(database)
    job, _ = jobs.start("reindex")
    gated = assist("reindex", "--gate", cases, "recall@5=1", "--data", fresh)
    assert gated.code == 3
    assert job.id in gated.err
    assert ReleaseStore(database).all() == ()
