"""Clauses stand between marks, and are asked, supposed, quoted or reported."""

import pytest

from assist.text.clauses import asks, conditional, quotations, reported, split_clauses


def test_clauses_keep_their_places() -> None:
    text = " 您好，三天到账；谢谢。It costs 3.5 yuan, no more."
    clauses = split_clauses(text)
    assert [c.text for c in clauses] == ["您好", "三天到账", "谢谢", "It costs 3.5 yuan", "no more"]
    assert all(text[c.start : c.end] == c.text for c in clauses)


@pytest.mark.parametrize(("text", "asked"), [("可以退吗", True), ("可以退", False), ("退？", True)])
def test_a_question_is_told_by_its_mark_or_its_last_word(text: str, asked: bool) -> None:
    assert asks(text, split_clauses(text)[0]) is asked


@pytest.mark.parametrize(
    ("clause", "supposed"),
    [
        ("取消的话", True),
        ("如有问题", True),
        ("如航班延误", True),
        ("如期到账", False),
        ("凡疑似侵权", True),
        ("本月的话费", False),
    ],
)
def test_a_condition_is_told_from_what_only_looks_so(clause: str, supposed: bool) -> None:
    assert conditional(clause) is supposed


def test_what_the_customer_said_is_reported_but_not_what_it_is_about() -> None:
    assert reported("您说")
    assert not reported("您反馈的问题")


def test_a_quotation_is_a_part_of_the_text() -> None:
    assert [q.text for q in quotations("您说“可能”吗")] == ["“可能”"]
    assert quotations("“可能”") == ()
