from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Assist = Callable[..., Any]


def test_a_question_gets_a_sourced_draft(assist: Assist, seeded: Path) -> None:
    draft = assist("ask", "手机没信号怎么办", "--json", "--data", seeded).json
    assert draft["decision"] == "answer"
    assert draft["citations"]
    assert draft["text"]


def test_a_draft_is_shown_with_its_text_and_sources(assist: Assist, seeded: Path) -> None:
    draft = assist("ask", "手机没信号怎么办", "--json", "--data", seeded).json
    shown = assist("ask", "手机没信号怎么办", "--data", seeded)
    assert shown.code == 0
    assert draft["text"] in shown.out
    for citation in draft["citations"]:
        assert f"[{citation['n']}] {citation['title']} ({citation['entry_id']}" in shown.out


@pytest.mark.parametrize(("language", "word"), [("zh", "决定: "), ("en", "Decision: ")])
def test_a_draft_is_shown_in_the_language_of_the_agents(
    assist: Assist, seeded: Path, monkeypatch: pytest.MonkeyPatch, language: str, word: str
) -> None:
    monkeypatch.setenv("ASSIST_LANGUAGE", language)
    assert word in assist("ask", "手机没信号怎么办", "--data", seeded).out


def test_nothing_can_be_asked_before_the_first_release(assist: Assist, fresh: Path) -> None:
    ended = assist("ask", "手机没信号怎么办", "--data", fresh)
    assert ended.code == 2
    assert "reindex" in ended.err


def test_a_harmless_text_passes(assist: Assist, seeded: Path) -> None:
    ended = assist("check", "您好，请您重启手机后再试。", "--json", "--data", seeded)
    assert ended.code == 0
    assert ended.json["verdict"] == "pass"


def test_a_blocked_text_is_exit_code_1_with_its_findings(assist: Assist, seeded: Path) -> None:
    ended = assist("check", "您的身份证号是11010519491231002X。", "--json", "--data", seeded)
    assert ended.code == 1
    assert "block" in {finding["severity"] for finding in ended.json["findings"]}
