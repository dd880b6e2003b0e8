"""All checks run over one text, together and quickly."""

from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assist.check.context import CheckContext
from assist.check.rules import CheckRules
from assist.check.runner import CHECKS, run_checks, verdict
from assist.records import CheckName, Finding, Sentence, Severity

DRAFT = (
    "您好，很高兴为您服务。自签收之日起七天内支持无理由退货，商品需要保持完好。运费由您承担。"
    "退款会在1到3个工作日内原路退回。请您放心，我们的热线是400-800-1234，服务时间9:00-21:00。"
    "感谢您的支持！可能需要大概3天左右。一定给您处理好。如有疑问请访问www.abc.com查看，"
    "谢谢您的理解与配合，祝您生活愉快，再见。请问还有什么可以帮您的吗？我会继续为您跟进这件事情。"
)
PASSAGES = {
    1: "自签收之日起7天内支持无理由退货，商品需保持完好，运费由买家承担。",
    2: "客服热线400-800-1234，服务时间9:00-21:00。退款1-3个工作日内原路退回。",
}


def test_every_check_but_conflict_has_a_place() -> None:
    names = [name for name, _ in CHECKS]
    assert sorted([*names, "conflict"]) == sorted(get_args(CheckName))


def test_findings_come_in_the_order_of_the_text(rules: CheckRules) -> None:
    found = run_checks(CheckContext(text=DRAFT, rules=rules, passages=PASSAGES))
    assert [f.start for f in found] == sorted(f.start for f in found)
    assert {"uncertainty", "promise", "link"} <= {f.check for f in found}


def test_only_named_checks_run(rules: CheckRules) -> None:
    found = run_checks(CheckContext(text=DRAFT, rules=rules), {"link"})
    assert {f.check for f in found} == {"link"}


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=80), question=st.text(max_size=40))
def test_any_text_is_judged_and_every_span_fits(
    rules: CheckRules, text: str, question: str
) -> None:
    context = CheckContext(
        text=text,
        rules=rules,
        sentences=(Sentence(text=text, citations=(1,)),),
        passages={1: question},
        question=question,
    )
    for finding in run_checks(context):
        assert 0 <= finding.start <= finding.end <= len(text)
        assert finding.text == text[finding.start : finding.end]


@pytest.mark.parametrize("unit", ["可能", "第一，", "加*", "“a", "<a", "不能", "最 ", "**"])
def test_a_long_hostile_text_does_not_make_the_checks_hang(rules: CheckRules, unit: str) -> None:
    # What hangs is ended by the time limit of every test.
    text = unit * (4000 // len(unit))
    found = run_checks(CheckContext(text=text, rules=rules, passages=PASSAGES))
    assert all(finding.end <= len(text) for finding in found)


@pytest.mark.parametrize(
    ("severities", "worst"),
    [([], "pass"), (["info"], "pass"), (["info", "warn"], "warn"), (["block", "warn"], "block")],
)
def test_the_verdict_is_that_of_the_worst(severities: list[Severity], worst: str) -> None:
    found = [
        Finding(check="form", rule="r", severity=s, start=0, end=0, text="", message="")
        for s in severities
    ]
    assert verdict(found) == worst
