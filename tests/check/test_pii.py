"""Personal data never leaves unseen."""

from collections.abc import Callable

from assist.check.pii import masked
from assist.records import Finding

Judge = Callable[..., tuple[Finding, ...]]


def test_someones_number_blocks(judge: Judge) -> None:
    (finding,) = judge("pii", "请联系13812345678。")
    assert (finding.rule, finding.severity, finding.text) == ("phone", "block", "13812345678")


def test_what_the_customer_said_is_a_warning_with_a_mask(judge: Judge) -> None:
    (finding,) = judge("pii", "您的手机13812345678已登记。", question="我的号码是138 1234 5678")
    assert (finding.rule, finding.severity) == ("echoed", "warn")
    assert "138****5678" in (finding.suggestion or "")


def test_what_a_passage_publishes_is_no_secret(judge: Judge) -> None:
    passages = {1: "售后请联系 010-88886666"}
    assert judge("pii", "请拨打010-88886666。", passages=passages) == ()


def test_a_mask_shows_no_middle() -> None:
    assert masked("13812345678") == "138****5678"
    assert masked("京A12345") == "京******"
