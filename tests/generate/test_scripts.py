import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assist.generate.scripts import (
    Lines,
    Scripts,
    Wording,
    clarifying,
    closing,
    handover,
    holding,
    load_scripts,
    opening,
)
from assist.records import Emotion, Escalation, Injection, Sentence, Understanding

SCRIPTS = load_scripts(Path(__file__).parents[2] / "rules")
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
ANGRY = replace(CALM, emotion=Emotion(polarity="negative", kind="angry", level="strong"))
# Promised times, vague words, superlatives and guarantees: no script may have any.
_WRONG = re.compile(
    r"\d|可能|也许|大概|应该|尽快|马上|立即|立刻|稍后|很快|小时|分钟|当天|今天|一定|保证|承诺|肯定|最|第一|绝对"
    r"|\b(?:maybe|perhaps|might|should|soon|shortly|immediately|today|hours?|minutes?|guarantee"
    r"|promise|best|definitely)\b",
    re.IGNORECASE,
)


def text(sentences: tuple[Sentence, ...]) -> str:
    return "".join(sentence.text for sentence in sentences)


def wordings(scripts: Scripts) -> Iterator[Wording]:
    for name in Scripts.model_fields:
        group = getattr(scripts, name)
        if name != "version":
            for field in type(group).model_fields:
                if (wording := getattr(group, field)) is not None:
                    yield wording


def test_no_script_promises_hedges_or_boasts() -> None:
    written = [words for wording in wordings(SCRIPTS) for words in (wording.zh, wording.en)]
    assert len(written) > 30
    assert [words for words in written if _WRONG.search(words)] == []


def test_a_scenario_without_its_own_wording_uses_the_general_one() -> None:
    general, own = Wording(zh="一", en="a"), Wording(zh="二", en="b")
    lines = Lines(general=general, product=own)
    assert (lines.of("product"), lines.of("logistics")) == (own, general)


def test_the_opening_follows_the_scenario_and_the_language() -> None:
    assert opening(SCRIPTS, CALM, "zh")[0].text == SCRIPTS.opening.general.zh
    product = replace(CALM, scenario="product")
    assert SCRIPTS.opening.product is not None
    assert opening(SCRIPTS, product, "en")[0].text == SCRIPTS.opening.product.en


def test_an_angry_customer_is_calmed_before_anything_else() -> None:
    for said in (opening, holding, handover):
        assert text(said(SCRIPTS, ANGRY, "zh")).startswith(SCRIPTS.calming.angry.zh)


def test_a_complaint_is_answered_with_an_apology() -> None:
    complaint = replace(CALM, scenario="complaint")
    assert text(opening(SCRIPTS, complaint, "zh")) == SCRIPTS.calming.complaint.zh


@pytest.mark.parametrize(("level", "calmed"), [("mild", False), ("clear", True), ("strong", True)])
def test_disappointment_is_answered_when_it_is_clear(level: str, calmed: bool) -> None:
    emotion = Emotion(polarity="negative", kind="disappointed", level=level)  # type: ignore[arg-type]
    said = text(opening(SCRIPTS, replace(CALM, emotion=emotion), "zh"))
    assert (said == SCRIPTS.calming.disappointed.zh) is calmed


def test_fixed_replies_cite_nothing() -> None:
    said = [
        *holding(SCRIPTS, CALM, "en"),
        *handover(SCRIPTS, ANGRY, "zh"),
        *closing(SCRIPTS, CALM, "zh"),
        *clarifying(SCRIPTS, CALM, "zh", question="您问的是哪一种套餐？"),
    ]
    assert all(sentence.citations == () for sentence in said)
    assert said[-1].text == "您问的是哪一种套餐？"
