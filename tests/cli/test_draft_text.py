from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assist.cli.draft_text import draft_text, finding_text
from assist.records import (
    Alert,
    Citation,
    Clarify,
    Confidence,
    Conflict,
    ConflictSide,
    CustomerState,
    Decision,
    Draft,
    Emotion,
    Escalation,
    Finding,
    Language,
    Provenance,
    Quality,
    Review,
)

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
FINDING = Finding(
    check="uncertainty",
    rule="hedge",
    severity="warn",
    start=0,
    end=2,
    text="可能",
    message="含糊",
    suggestion="写明时间",
)
DRAFT = Draft(
    id="drf_1",
    version=1,
    status="pending",
    decision="answer",
    question="运费呢",
    search_query="退货运费谁出",
    text="您好，运费由我们承担。",
    sentences=(),
    citations=(
        Citation(
            n=1,
            entry_id="ent_a",
            passage_id="psg_a",
            title="退货运费",
            category=("服务政策",),
            quote="运费由我们承担。",
            score=0.831,
            links=("https://example.com/returns",),
            effective_from=NOW,
            effective_to=None,
        ),
    ),
    confidence=Confidence(score=0.8, level="high", reasons=("只有一个来源",)),
    quality=Quality(score=91, parts={}),
    findings=(FINDING,),
    review=Review(required=True, level="supervisor", reasons=("贵宾客户",), due_at=NOW),
    customer=CustomerState(
        emotion=Emotion(),
        alert=Alert(level="hint", advice="先安抚"),
        escalate=Escalation(),
        question_class="consult",
    ),
    scenario="general",
    clarify=None,
    conflicts=(),
    provenance=Provenance(
        llm="extractive",
        prompt="general@1f0c",
        release="rel_1",
        rules="abc",
        embedder="builtin",
        attempts=1,
        degraded="timeout",
    ),
    timings_ms={},
    created_at=NOW,
    created_by="cli",
)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "part",
    [
        "您好，运费由我们承担。",
        "[1] 退货运费 (ent_a, 0.83)",
        "https://example.com/returns",
        "2026-11-22",
        "退货运费谁出",
        "只有一个来源",
        "写明时间",
        "贵宾客户",
        "先安抚",
        "timeout",
        "rel_1",
    ],
)
def test_all_that_a_reader_needs_is_there(part: str, language: Language) -> None:
    assert part in draft_text(DRAFT, language)


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        ("answer", "回答"),
        ("clarify", "先问清楚"),
        ("abstain", "知识库里没有"),
        ("escalate", "转交主管"),
    ],
)
def test_the_decision_is_said_in_words(decision: Decision, words: str) -> None:
    assert words in draft_text(replace(DRAFT, decision=decision), "zh").splitlines()[0]


def test_a_clarifying_question_shows_its_options() -> None:
    draft = replace(DRAFT, clarify=Clarify(question="哪一种？", options=("补卡", "换卡")))
    assert "补卡 / 换卡" in draft_text(draft, "zh")


def test_sources_that_disagree_are_both_named() -> None:
    one, other = (
        ConflictSide(entry_id=id, title=title, text="", updated_at=NOW)
        for id, title in (("ent_a", "旧规定"), ("ent_b", "新规定"))
    )
    draft = replace(DRAFT, conflicts=(Conflict(fact="7 天", sides=(one, other)),))
    assert "旧规定 (ent_a) ≠ 新规定 (ent_b)" in draft_text(draft, "zh")


def test_a_draft_that_needs_nobody_says_so() -> None:
    draft = replace(DRAFT, review=replace(DRAFT.review, required=False))
    assert "无需复核" in draft_text(draft, "zh")


def test_a_finding_about_the_whole_text_quotes_nothing() -> None:
    line = finding_text(replace(FINDING, text="", suggestion=None))
    assert line == "  warn  uncertainty/hedge 含糊"
