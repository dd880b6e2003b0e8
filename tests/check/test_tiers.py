"""A value that a source gives by steps is held against the step of the customer's case."""

from collections.abc import Callable

import pytest

from assist.records import Finding

Judge = Callable[..., tuple[Finding, ...]]

PASSAGES = {
    1: "租船：10岁以下每人20元，10至17岁每人35元，18岁以上每人50元，救生衣另收5元。",
    2: "退订：入住前7天以上收5%，7天内至入住前48小时收25%，48小时内收60%。",
    3: "Storage: 1-3 days $10, 4-9 days $18, 10-20 days $30. Locks are $4.",
}
CASES = [
    (1, "孩子12岁多少钱？", "12岁每人35元。", False),
    (1, "孩子12岁多少钱？", "12岁每人50元。", True),
    (1, "孩子12岁，要救生衣呢？", "救生衣另收5元。", False),
    (1, "孩子12岁多少钱？", "10岁以下每人20元，10至17岁每人35元。", False),
    (1, "孩子多少钱？", "18岁以上每人50元。", False),
    (2, "还有60小时入住，退要扣多少？", "现在退收25%。", False),
    (2, "还有60小时入住，退要扣多少？", "现在退收60%。", True),
    (3, "I want to store it for 5 days.", "That is $18.", False),
    (3, "I want to store it for 5 days.", "That is $30.", True),
]


@pytest.mark.parametrize(("passage", "question", "draft", "wrong"), CASES)
def test_the_value_of_another_step_than_the_customers_is_contradicted(
    judge: Judge, passage: int, question: str, draft: str, *, wrong: bool
) -> None:
    found = judge("grounding", draft, (passage,), passages=PASSAGES, question=question)
    assert [each.rule for each in found] == ["contradiction"] * wrong
