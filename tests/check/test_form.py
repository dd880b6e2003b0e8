"""The customer sees plain text in plain words."""

from collections.abc import Callable

import pytest

from assist.records import Finding, Turn

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
        ("thinking", "block", "＜think＞推理＜/think＞您好"),
        ("thinking", "block", "&lt;thought&gt;推理"),
        ("thinking", "block", "[思考]用户想退货[/思考]您好"),
        ("markdown", "warn", "套餐 | 价格\n---|---\nA | 10元"),
        ("markdown", "warn", "＃＃ 退款说明"),
        ("markdown", "warn", "退款＊三天内＊到账"),
        ("markdown", "warn", "详见 <https://a.com>"),
        ("citation_mark", "warn", "三天到账［1］。"),
        ("placeholder", "warn", "Dear [Customer Name], hello"),
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
    "text",
    [
        "您好，2*3=6",
        "尺寸3*4*5",
        "长＊宽＊高",
        "您好！",
        "2-3天",
        "可以【立即】处理",
        "价格<100元>",
        "手机号138****5678",
        "请拨**21*号码#",
        "星级：***",
        "- 5℃ 以下不可用",
    ],
)
def test_plain_text_is_left_alone(judge: Judge, text: str) -> None:
    assert judge("form", text) == ()


@pytest.mark.parametrize(
    ("text", "thought"),
    [
        ("您好。<think>他想退货。", "<think>他想退货。"),
        ("他想退货。</think>您好。", "他想退货。</think>"),
        ("您好。<think>他想退货。</think>可以退。", "<think>他想退货。</think>"),
    ],
    ids=["unclosed", "unopened", "closed"],
)
def test_the_whole_thought_is_marked(judge: Judge, text: str, thought: str) -> None:
    assert [f.text for f in judge("form", text) if f.rule == "thinking"] == [thought]


def test_jargon_comes_with_plain_wording(judge: Judge) -> None:
    (finding,) = judge("form", "系统后台发生异常。")
    assert "系统暂时出现了一些技术问题" in (finding.suggestion or "")


def test_the_customers_own_word_is_no_jargon(judge: Judge) -> None:
    assert judge("form", "您的工单已提交。", question="我的工单呢") == ()


REPLY = (
    "您的套餐每月包含 20GB 流量和 200 分钟通话，超出后流量按 5 元/GB 收取，通话按 0.15 元/分钟"
    "收取，短信按 0.1 元/条收取，以上费用随月账单一起结算。"
)
KNOWN = {"question": "套餐包含什么", "passages": {1: REPLY}}


def test_a_full_reply_without_greeting_and_ending_is_told_so(judge: Judge) -> None:
    found = judge("form", REPLY, **KNOWN)
    assert [(f.rule, f.severity) for f in found] == [("opening", "info"), ("closing", "info")]


def test_a_full_reply_with_both_ends_is_left_alone(judge: Judge) -> None:
    text = "您好，" + REPLY + "如还有其他问题，请随时告诉我。"
    assert judge("form", text, **KNOWN) == ()


def test_an_answer_to_a_complaint_begins_with_an_apology(judge: Judge) -> None:
    text = "您好，" + REPLY + "感谢您的反馈。"
    found = judge("form", text, scenario="complaint", **KNOWN)
    assert [f.rule for f in found] == ["opening"]


@pytest.mark.parametrize(
    ("text", "citations"), [("流量 5 元/GB。", None), (REPLY, (1,))], ids=["short", "draft"]
)
def test_a_short_reply_and_a_draft_need_no_ends(
    judge: Judge, text: str, citations: tuple[int, ...] | None
) -> None:
    assert judge("form", text, citations, **KNOWN) == ()


def test_a_later_turn_needs_no_opening(judge: Judge) -> None:
    turns = (Turn(role="agent", text="您好"), Turn(role="customer", text="套餐包含什么"))
    found = judge("form", REPLY, conversation=turns, **KNOWN)
    assert [f.rule for f in found] == ["closing"]
