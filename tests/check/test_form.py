"""The customer sees plain text in plain words."""

from collections.abc import Callable

import pytest

from assist.records import Finding

Judge = Callable[..., tuple[Finding, ...]]


@pytest.mark.parametrize(
    ("rule", "severity", "text"),
    [
        ("markdown", "warn", "**注意**：请勿拆机"),
        ("markdown", "warn", "＊＊重要＊＊"),
        ("markdown", "warn", "# 标题"),
        ("markdown", "warn", "详见[官网](https://a.com)"),
        ("citation_mark", "warn", "根据资料[1]，可以退货"),
        ("thinking", "block", "<think>用户想要</think>您好"),
        ("html", "warn", "<b>您好</b>"),
        ("placeholder", "warn", "您好{name}"),
        ("bullet", "info", "- 第一"),
        ("jargon", "info", "系统后台发生异常，请稍后"),
        ("exclamation", "info", "您好！！！！"),
        ("emoji", "info", "😀😀😀"),
    ],
)
def test_what_does_not_belong_is_found(judge: Judge, rule: str, severity: str, text: str) -> None:
    assert (rule, severity) in {(f.rule, f.severity) for f in judge("form", text)}


@pytest.mark.parametrize(
    "text", ["您好，2*3=6", "尺寸3*4*5", "您好！", "2-3天", "可以【立即】处理", "价格<100元>"]
)
def test_plain_text_is_left_alone(judge: Judge, text: str) -> None:
    assert judge("form", text) == ()


def test_jargon_comes_with_plain_wording(judge: Judge) -> None:
    (finding,) = judge("form", "系统后台发生异常。")
    assert "系统暂时出现了一些技术问题" in (finding.suggestion or "")


def test_the_customers_own_word_is_no_jargon(judge: Judge) -> None:
    assert judge("form", "您的工单已提交。", question="我的工单呢") == ()
