"""Moods of service messages: words, how they are put, and how often they are said."""

from pathlib import Path

import pytest

from assist.records import Emotion, Role, Turn
from assist.understand.emotion import alert_for, read_mood
from assist.understand.rules import UnderstandRules

UTTERANCES = Path(__file__).with_name("utterances.tsv")


def emotion(rules: UnderstandRules, text: str, *before: tuple[Role, str]) -> Emotion:
    turns = tuple(Turn(role=role, text=words) for role, words in before)
    return read_mood(text, turns, rules.emotion).emotion


def test_service_messages_are_read_as_people_labelled_them(rules: UnderstandRules) -> None:
    rows = [row.split("\t") for row in UTTERANCES.read_text(encoding="utf-8").splitlines()[1:]]
    read = [(row, emotion(rules, row[0])) for row in rows]
    polarity = [row[0] for row, seen in read if seen.polarity not in row[1].split("|")]
    level = [row[0] for row, seen in read if seen.level not in row[3].split("|")]
    kind = [row[0] for row, seen in read if (seen.kind or "-") not in row[2].split("|")]
    assert len(rows) > 180
    assert len(polarity) <= 0.01 * len(rows), polarity
    assert len(level) <= 0.02 * len(rows), level
    assert len(kind) <= 0.03 * len(rows), kind


@pytest.mark.parametrize(
    ("plain", "louder"),
    [
        ("网速有点慢", "网速慢死了"),
        ("我有点生气", "我非常非常生气"),
        ("太慢了", "太慢了！！！"),
        ("this is unacceptable", "THIS IS UNACCEPTABLE NOW"),
        ("快退钱吧，太慢了", "退钱退钱退钱，太慢了"),
    ],
)
def test_degree_marks_capitals_and_repetition_make_a_message_stronger(
    rules: UnderstandRules, plain: str, louder: str
) -> None:
    strengths = [read_mood(text, (), rules.emotion).strength for text in (plain, louder)]
    assert strengths[0] < strengths[1]


@pytest.mark.parametrize(
    "text",
    [
        "我没有生气",
        "我并不是很生气",
        "没有不满意的地方",
        "I'm not really upset",
        "投诉怎么提交",
        "如果不满意怎么退",
        "客服刚才说“这是垃圾套餐”，对吗",
        "垃圾短信怎么屏蔽",
        "你特别说明过的那个套餐还能办吗",
    ],
)
def test_denied_supposed_quoted_and_topical_words_carry_no_feeling(
    rules: UnderstandRules, text: str
) -> None:
    assert emotion(rules, text) == Emotion()


@pytest.mark.parametrize("text", ["你说我能不生气吗", "怎么能不生气"])
def test_a_denial_that_only_asks_is_no_denial(rules: UnderstandRules, text: str) -> None:
    assert emotion(rules, text).kind == "angry"


@pytest.mark.parametrize("text", ["一点都不方便，不好用", "我不太满意", "That was not helpful"])
def test_denied_praise_is_dissatisfaction(rules: UnderstandRules, text: str) -> None:
    assert emotion(rules, text).kind == "dissatisfied"


def test_thanks_beside_a_request_are_manners(rules: UnderstandRules) -> None:
    assert emotion(rules, "帮我查一下话费，谢谢").polarity == "neutral"
    assert emotion(rules, "谢谢").polarity == "positive"
    assert emotion(rules, "谢谢你们啊，让我白跑三趟").polarity == "negative"


def test_what_is_over_weighs_less_than_what_is_now(rules: UnderstandRules) -> None:
    assert emotion(rules, "刚才很生气，现在解决了，谢谢").polarity == "positive"
    assert emotion(rules, "服务挺好的，但是问题根本没解决").polarity == "negative"


def test_evidence_points_into_the_text_as_it_was_written(rules: UnderstandRules) -> None:
    text = "你們\u200b這服務太差\ufe0f了，ＲＵＤＥ！"
    evidence = emotion(rules, text).evidence
    assert evidence
    assert all(text[span.start : span.end] == span.text for span in evidence)
    assert any("ＲＵＤＥ" in span.text for span in evidence)


def test_asking_the_same_again_and_again_is_a_complaint(rules: UnderstandRules) -> None:
    text = "我的宽带什么时候能修好"
    asked: tuple[Role, str] = ("customer", "我的宽带什么时候能修好？")
    reply: tuple[Role, str] = ("agent", "正在核实")
    assert emotion(rules, text).level == "neutral"
    assert emotion(rules, text, asked, reply).level == "neutral"
    assert emotion(rules, text, asked, reply, asked, reply).level == "mild"
    assert emotion(rules, text, *[asked, reply] * 5).level == "clear"


def test_the_present_message_handed_over_as_a_turn_is_not_a_repetition(
    rules: UnderstandRules,
) -> None:
    text = "网速太慢了"
    assert emotion(rules, text, ("customer", text)) == emotion(rules, text)


def test_earlier_anger_fades_and_the_present_message_leads(rules: UnderstandRules) -> None:
    angry: tuple[Role, str] = ("customer", "气死我了，垃圾公司！！！")
    assert emotion(rules, angry[1]).level == "strong"
    assert emotion(rules, "那怎么查进度", angry).level == "mild"
    assert emotion(rules, "好的谢谢", angry).polarity == "positive"
    assert emotion(rules, "那怎么查进度", ("agent", angry[1])).level == "neutral"


@pytest.mark.parametrize(
    ("text", "level"),
    [("网速有点慢啊", "hint"), ("我很不满意", "script"), ("气死我了，一群骗子！！", "red")],
)
def test_alerts_follow_the_level(rules: UnderstandRules, text: str, level: str) -> None:
    mood = read_mood(text, (), rules.emotion)
    alert = alert_for(mood.level, rules.emotion, agent="zh", customer="en")
    assert alert is not None
    assert alert.level == level
    assert "客户" in alert.advice
    assert (alert.script is None) == (level == "hint")
    assert alert.script is None or "sorry" in alert.script


def test_calm_and_pleased_customers_raise_no_alert(rules: UnderstandRules) -> None:
    for text in ("怎么查话费", "太好了，非常感谢"):
        level = read_mood(text, (), rules.emotion).level
        assert alert_for(level, rules.emotion, agent="en", customer="zh") is None


@pytest.mark.parametrize(
    "piece", ["1", "又", "！", "太", "“", "都就也还", "了三天", "一会说", "A "]
)
def test_the_longest_message_is_read_whatever_it_repeats(
    rules: UnderstandRules, piece: str
) -> None:
    text = (piece * 4000)[:4000]
    mood = read_mood(text, (), rules.emotion)
    assert mood is not None
