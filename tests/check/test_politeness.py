"""Words that hurt are told, and a Chinese text needs a polite form."""

from collections.abc import Callable

import pytest

from assist.records import Finding

Judge = Callable[..., tuple[Finding, ...]]


@pytest.mark.parametrize(
    ("rule", "severity", "text"),
    [
        ("rude", "warn", "爱买不买"),
        ("rude", "warn", "That's not my problem."),
        ("cold", "info", "您自己看说明书吧"),
        ("cold", "info", "不知道。"),
        ("familiar_form", "info", "你的快递在路上"),
        ("no_polite_word", "info", "订单三天之后会送到指定的地点那里"),
    ],
)
def test_what_hurts_is_found(judge: Judge, rule: str, severity: str, text: str) -> None:
    assert (rule, severity) in {(f.rule, f.severity) for f in judge("politeness", text)}


@pytest.mark.parametrize(
    "text",
    ["您好，请问有什么可以帮您", "真麻烦您了", "您说“爱买不买”是谁答复的", "I will check it."],
)
def test_polite_text_is_left_alone(judge: Judge, text: str) -> None:
    assert judge("politeness", text) == ()
