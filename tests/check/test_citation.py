"""A statement cites a source that exists."""

from collections.abc import Callable

from assist.records import Finding

Judge = Callable[..., tuple[Finding, ...]]
SOURCE = {1: "退款会原路退回。"}


def test_a_number_out_of_range_blocks(judge: Judge) -> None:
    (finding,) = judge("citation", "退款会原路退回。", (2,), passages=SOURCE)
    assert (finding.rule, finding.severity) == ("unknown_citation", "block")


def test_a_statement_without_a_source_is_a_warning(judge: Judge) -> None:
    (finding,) = judge("citation", "退款会原路退回。", (), passages=SOURCE)
    assert (finding.rule, finding.severity) == ("uncited", "warn")


def test_courtesy_needs_no_source(judge: Judge) -> None:
    for text in ("您好，感谢您的咨询。", "我马上为您转接专员处理。", "请问您的订单号是多少？"):
        assert judge("citation", text, (), passages=SOURCE) == ()


def test_an_approved_phrase_needs_no_source(judge: Judge) -> None:
    text = "我们的大门永远为客户敞开。"
    assert judge("citation", text, (), passages=SOURCE)
    assert judge("citation", text, (), passages=SOURCE, set_phrases=frozenset({text})) == ()


def test_only_an_answer_must_cite(judge: Judge) -> None:
    assert judge("citation", "退款会原路退回。", (), decision="escalate") == ()


def test_a_text_of_a_person_need_not_cite(judge: Judge) -> None:
    assert judge("citation", "退款会原路退回。", passages=SOURCE) == ()
