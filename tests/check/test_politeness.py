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
        ("rude", "warn", "这么简单都不会？"),
        ("rude", "warn", "你投诉也没用。"),
        ("rude", "warn", "懒得跟你说。"),
        ("rude", "warn", "那是你的事。"),
        ("rude", "warn", "Are you stupid?"),
        ("cold", "info", "您自己看说明书吧"),
        ("cold", "info", "反正退不了。"),
        ("cold", "info", "There's nothing we can do."),
        ("cold", "info", "不知道。"),
        ("familiar_form", "info", "你的快递在路上"),
        ("no_polite_word", "info", "订单三天之后会送到指定的地点那里"),
    ],
)
def test_what_hurts_is_found(judge: Judge, rule: str, severity: str, text: str) -> None:
    assert (rule, severity) in {(f.rule, f.severity) for f in judge("politeness", text)}


@pytest.mark.parametrize(
    "text",
    [
        "您好，请问有什么可以帮您",
        "真麻烦您了",
        "您说“爱买不买”是谁答复的",
        "I will check it.",
        "非常抱歉，这不是您的问题，是系统故障。",
        "It is not your fault at all.",
        "如果您想自己查看进度，可以打开订单页。",
        "没办法识别的二维码请重新上传，谢谢您。",
    ],
)
def test_polite_text_is_left_alone(judge: Judge, text: str) -> None:
    assert judge("politeness", text) == ()
