from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assist.generate.compose import compose
from assist.generate.extractive import answer_for, extract
from assist.generate.scripts import load_scripts
from assist.records import (
    Answer,
    Emotion,
    Entry,
    Escalation,
    Hit,
    Injection,
    Language,
    Passage,
    Question,
    Sentence,
    Source,
    Understanding,
)

SCRIPTS = load_scripts(Path(__file__).parents[2] / "rules")
NOW = datetime(2026, 11, 22, tzinfo=UTC)
CALM = Understanding(
    emotion=Emotion(),
    alert=None,
    escalate=Escalation(),
    question_class="consult",
    scenario="general",
    language="zh",
    pii=(),
    injection=Injection(),
)


def entry(question: str, *answers: Answer | str, note: str | None = None) -> Entry:
    return Entry(
        id="ent_1",
        category=("产品知识",),
        question=question,
        answers=tuple(a if isinstance(a, Answer) else Answer(text=a) for a in answers),
        note=note,
        created_at=NOW,
        updated_at=NOW,
    )


def source(n: int, of: Entry) -> Source:
    passage = Passage(
        id="psg_1", entry_id=of.id, entry_version=1, kind="standard", text=of.question
    )
    hit = Hit(entry=of, passage=passage, matched="standard", score=0.9)
    return Source(n=n, hit=hit, text=of.answers[0].text)


PLAN = source(
    1,
    entry(
        "129 套餐包含什么？",
        "129 套餐月费 129 元，含 60GB 流量。可办 2 张副卡。",
        note="办理宽带需先核实地址。",
    ),
)
ROAMING = source(2, entry("怎么开通国际漫游？", "在 App 搜索“国际漫游”即可开通。"))


def extracted(
    text: str,
    *sources: Source,
    seen: Understanding = CALM,
    language: Language = "zh",
    search_query: str | None = None,
    max_chars: int = 400,
) -> tuple[Sentence, ...]:
    return extract(
        Question(text=text),
        sources,
        SCRIPTS,
        seen,
        language,
        search_query=search_query,
        max_chars=max_chars,
    )


def cited(sentences: tuple[Sentence, ...]) -> list[tuple[str, tuple[int, ...]]]:
    return [(each.text, each.citations) for each in sentences if each.citations]


def test_an_answer_stands_between_opening_and_closing_each_sentence_cited() -> None:
    sentences = extracted("129套餐有什么", PLAN)
    assert sentences[0].text == SCRIPTS.opening.general.zh
    assert cited(sentences) == [
        ("129 套餐月费 129 元，含 60GB 流量。", (1,)),
        ("可办 2 张副卡。", (1,)),
    ]
    assert sentences[-1].text == SCRIPTS.closing.general.zh


def test_an_angry_customer_is_calmed_first() -> None:
    angry = replace(CALM, emotion=Emotion(polarity="negative", kind="angry", level="strong"))
    sentences = extracted("129套餐有什么", PLAN, seen=angry)
    assert SCRIPTS.calming.angry.zh.startswith(sentences[0].text)


def test_the_note_comes_only_when_the_question_asks_for_it() -> None:
    note = "办理宽带需先核实地址。"
    assert note not in compose(extracted("129套餐有什么", PLAN))
    assert (note, (1,)) in cited(extracted("129套餐能办宽带吗", PLAN))


def test_a_follow_up_is_answered_by_its_completed_form() -> None:
    sentences = extracted("那宽带呢", PLAN, search_query="129 套餐能办宽带吗")
    assert "核实地址" in compose(sentences)


@pytest.mark.parametrize(
    "text", ["129套餐含什么？国际漫游怎么开通？", "129 套餐有多少流量，另外国际漫游怎么开"]
)
def test_a_second_part_of_the_question_brings_a_second_source(text: str) -> None:
    assert {n for _, ns in cited(extracted(text, PLAN, ROAMING)) for n in ns} == {1, 2}


@pytest.mark.parametrize(
    "text",
    ["129套餐含什么", "129套餐含什么？副卡能办几张？", "129套餐还有多少流量", "在吗？129套餐？"],
)
def test_a_question_that_the_first_source_answers_brings_no_other(text: str) -> None:
    assert {n for _, ns in cited(extracted(text, PLAN, ROAMING)) for n in ns} == {1}


def test_the_words_of_a_document_are_cited_too() -> None:
    text = "## 运费\n退货运费由客户承担。\n\n换货运费由我们承担。"
    document = replace(PLAN.hit.entry, kind="document", answers=(Answer(text=text),))
    piece = replace(PLAN, hit=replace(PLAN.hit, entry=document), text=text)
    assert cited(extracted("换货的运费谁出", piece)) == [("换货运费由我们承担。", (1,))]


def test_markdown_in_an_answer_is_left_out() -> None:
    listed = source(
        1, entry("怎么办", "请这样办：\n- **打开** App；\n- 点[售后](https://a.example)。")
    )
    assert [text for text, _ in cited(extracted("怎么办", listed))] == [
        "请这样办：",
        "打开 App；",
        "点售后（https://a.example）。",
    ]


@pytest.mark.parametrize("limit", [20, 40, 60, 80, 120])
def test_a_draft_is_never_longer_than_its_channel_takes(limit: int) -> None:
    sentences = extracted("129套餐能办宽带吗？国际漫游怎么开通？", PLAN, ROAMING, max_chars=limit)
    assert len(compose(sentences)) <= limit
    assert sentences == () or sentences[-1].citations or limit > 60


def test_courtesy_goes_before_the_answer_when_space_is_short() -> None:
    assert cited(extracted("129套餐有什么", PLAN, max_chars=35)) == [
        ("129 套餐月费 129 元，含 60GB 流量。", (1,)),
        ("可办 2 张副卡。", (1,)),
    ]


def test_a_draft_that_cannot_fit_is_none_at_all() -> None:
    assert extracted("129套餐有什么", PLAN, max_chars=10) == ()
    assert extracted("129套餐有什么") == ()


def test_an_answer_is_chosen_by_language_and_then_by_channel() -> None:
    general, wechat = Answer(text="通用"), Answer(text="微信", channel="wechat")
    english = Answer(text="general", language="en")
    many = entry("问", general, wechat, english)
    assert answer_for(many, "wechat", "zh") == wechat
    assert answer_for(many, "web", "zh") == general
    assert answer_for(many, None, "zh") == general
    assert answer_for(many, "wechat", "en") == english
    assert answer_for(entry("问", wechat), "web", "en") == wechat
