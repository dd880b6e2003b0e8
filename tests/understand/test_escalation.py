"""When a conversation goes to a supervisor: meant, not mentioned."""

from pathlib import Path

import pytest

from assist.records import Customer
from assist.understand.emotion import read_mood
from assist.understand.escalation import find_escalation, is_vip
from assist.understand.rules import UnderstandRules

MESSAGES = Path(__file__).with_name("messages.tsv")


def reasons(rules: UnderstandRules, text: str, tier: str | None = None) -> tuple[str, ...]:
    mood = read_mood(text, (), rules.emotion)
    customer = Customer(tier=tier)
    return find_escalation(text, mood, customer, rules, "zh").reasons


def test_messages_are_handed_over_as_people_labelled_them(rules: UnderstandRules) -> None:
    rows = [row.split("\t") for row in MESSAGES.read_text(encoding="utf-8").splitlines()[1:]]
    wrong = [row[0] for row in rows if bool(reasons(rules, row[0])) != (row[1] == "y")]
    assert len(rows) > 100
    assert wrong == []


@pytest.mark.parametrize(
    ("meant", "mentioned"),
    [
        ("叫你们经理过来", "你们经理怎么联系"),
        ("我要去工信部投诉你们", "工信部投诉的流程是什么"),
        ("把你们的嘴脸发到抖音上，我马上就发到抖音", "抖音定向流量怎么开通"),
        ("我一定会起诉你们", "我不会起诉你们的"),
        ("手机充电时冒烟了", "如果手机冒烟了怎么赔"),
        ("帮我查一下我老公的通话记录", "能查我老公的通话记录吗"),
        ("别让机器人应付我，转人工", "怎么转人工"),
    ],
)
def test_meaning_a_thing_escalates_and_mentioning_it_does_not(
    rules: UnderstandRules, meant: str, mentioned: str
) -> None:
    assert reasons(rules, meant)
    assert reasons(rules, mentioned) == ()


def test_strong_feeling_alone_is_for_the_alert_and_with_a_threat_for_the_supervisor(
    rules: UnderstandRules,
) -> None:
    angry = "气死我了，垃圾公司，一群骗子！！"
    assert reasons(rules, angry) == ()
    assert reasons(rules, angry + "我要投诉你们")


def test_only_an_important_customer_who_is_clearly_upset_escalates(rules: UnderstandRules) -> None:
    upset = "客服态度太差了，我很不满意"
    assert reasons(rules, upset) == ()
    assert reasons(rules, upset, "普通") == ()
    assert len(reasons(rules, upset, "钻石会员")) == 1
    assert reasons(rules, "怎么查话费", "钻石会员") == ()


@pytest.mark.parametrize("tier", ["VIP", "ｖｉｐ3", "钻石會員", " Platinum"])
def test_tiers_are_known_however_they_are_written(rules: UnderstandRules, tier: str) -> None:
    assert is_vip(Customer(tier=tier), rules)


def test_quoted_words_do_not_escalate(rules: UnderstandRules) -> None:
    assert reasons(rules, "客服说“你可以找我们经理投诉”，电话打得通吗") == ()


def test_each_reason_is_given_once_in_the_asked_language(rules: UnderstandRules) -> None:
    text = "我要起诉你们，我律师会联系你们，法院见"
    mood = read_mood(text, (), rules.emotion)
    escalation = find_escalation(text, mood, Customer(), rules, "en")
    assert escalation.required
    assert escalation.reasons.count("The customer threatens legal action") == 1
