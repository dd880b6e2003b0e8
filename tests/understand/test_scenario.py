"""Scenarios and question classes of messages."""

from pathlib import Path

from assist.understand.emotion import read_mood
from assist.understand.rules import UnderstandRules
from assist.understand.scenario import classify

MESSAGES = Path(__file__).with_name("messages.tsv")


def labels(rules: UnderstandRules, text: str, *earlier: str) -> tuple[str, str]:
    return classify(text, earlier, read_mood(text, (), rules.emotion).level, rules.scenario)


def test_messages_are_classed_as_people_labelled_them(rules: UnderstandRules) -> None:
    rows = [row.split("\t") for row in MESSAGES.read_text(encoding="utf-8").splitlines()[1:]]
    wrong = []
    for text, _, scenario, question_class in rows:
        seen = labels(rules, text)
        for wanted, label in zip((scenario, question_class), seen, strict=True):
            if wanted != "*" and label not in wanted.split("|"):
                wrong.append((text, label))
    assert wrong == []


def test_a_follow_up_goes_on_with_the_scenario_before_it(rules: UnderstandRules) -> None:
    assert labels(rules, "那要几天")[0] == "general"
    assert labels(rules, "那要几天", "我要退货")[0] == "after_sales"
    assert labels(rules, "那要几天", "好的", "快递到哪了")[0] == "logistics"


def test_a_new_fault_does_not_inherit_the_scenario(rules: UnderstandRules) -> None:
    assert labels(rules, "手机没信号怎么办", "快递到哪了") == ("general", "fault")


def test_an_angry_message_about_nothing_else_is_a_complaint(rules: UnderstandRules) -> None:
    assert labels(rules, "一群骗子，气死我了") == ("complaint", "complaint")
    assert labels(rules, "快递还没到，气死我了")[0] == "logistics"


def test_traditional_full_width_and_capitals_read_alike(rules: UnderstandRules) -> None:
    assert labels(rules, "退貨怎麼申請") == labels(rules, "退货怎么申请")
    assert labels(rules, "ＡＰＰ打不開") == labels(rules, "app打不开")
