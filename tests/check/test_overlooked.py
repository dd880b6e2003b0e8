"""A sum has to reckon with what is free, the least, the most and the rounding of its source."""

from collections.abc import Callable

import pytest

from assist.records import Finding

Judge = Callable[..., tuple[Finding, ...]]

PASSAGES = {
    1: "扫描每页0.5元，每天前8页免费。会议室每月含4小时。超出按90元/小时收。",
    2: "寄存每小时4元，不足1小时按1小时计。",
    3: "服务费为成交价的2%，最低300元，最高900元。",
}
CASES = [
    (1, "扫描20页多少钱？", "20页一共6元。", False),
    (1, "扫描20页多少钱？", "20页一共10元。", True),
    (1, "会议室用了7小时要补多少？", "7小时要补270元。", False),
    (1, "会议室用了7小时要补多少？", "7小时要补630元。", True),
    (2, "存了2小时15分多少钱？", "2小时15分收12元。", False),
    (2, "存了2小时15分多少钱？", "2小时15分收9元。", True),
    (3, "成交价1万元，服务费多少？", "服务费300元。", False),
    (3, "成交价1万元，服务费多少？", "服务费200元。", True),
    (3, "成交价1万元，服务费多少？", "2%是200元，按最低300元收。", False),
    (3, "成交价8万元，服务费多少？", "服务费1600元。", True),
    (3, "成交价2万元，服务费多少？", "服务费900元。", True),
    (3, "成交价2万元，服务费多少？", "服务费最高900元。", False),
]


@pytest.mark.parametrize(("passage", "question", "draft", "wrong"), CASES)
def test_a_sum_that_leaves_a_rule_of_its_source_out_is_contradicted(
    judge: Judge, passage: int, question: str, draft: str, *, wrong: bool
) -> None:
    found = judge("grounding", draft, (passage,), passages=PASSAGES, question=question)
    assert [each.rule for each in found] == ["contradiction"] * wrong
