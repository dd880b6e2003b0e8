"""What a draft works out is held against the sum; a wrong result stays a finding."""

from collections.abc import Callable

import pytest

from assist.records import Finding

Judge = Callable[..., tuple[Finding, ...]]

PASSAGES = {
    1: "露营地：帐篷位每晚 85 元，加车位每晚 20 元。住满 5 晚打九折。装备包一套押金 300 元。",
    2: "自习室每小时 6 元，不足 1 小时按 1 小时计。套餐含 40GB 流量，超出部分每 GB 4 元。",
    3: "贷款逾期按日加收 0.5‰ 违约金。须满 18 周岁，户籍满 5 年。门诊 9:30 起，提前 45 分钟取号。",
    4: "The pool pass is $12 a month. Refunds take 4 business days. Of the deposit we keep 15%.",
    5: "账单日每月 25 日，物业费按季度收取，每平方米 3.2 元，半日按半价计费。",
}
RIGHT = [
    (1, "我们住3晚要多少？", "3晚一共255元。"),
    (1, "我们住3晚，开车，要多少？", "每晚85加20，3晚共315元。"),
    (1, "我们住6晚要多少？", "85×6×0.9，一共459元。"),
    (1, "两套装备押金多少？", "两套的押金是600元。"),
    (1, "我下午四点半到可以吗？", "四点半到没问题，帐篷位每晚85元。"),
    (2, "坐两个半小时多少钱？", "两个半小时按3小时算，18元。"),
    (2, "超流量怎么收？", "比如用了50G，超出10G，就是40元。"),
    (2, "我用了46G，要多少钱？", "超出部分一共24元。"),
    (2, "超流量怎么收？", "您用了43G，超3G，加收12元。"),
    (3, "8000元逾期15天？", "8000×0.5‰×15天，违约金60元。"),
    (3, "我户口6年了，够吗？", "户籍6年，超过5年了。"),
    (3, "几点取号？", "9:30的门诊，提前45分钟，也就是8:45取号。"),
    (4, "What is a pass for 7 months?", "Seven months come to $84."),
    (4, "I paid a $200 deposit. What do I get back?", "You get $170 back."),
    (4, "I sent it on Monday.", "From Monday 4 business days run to Friday."),
    (5, "物业费多久收一次？", "三个月收一次，账单日是25号。"),
]
WRONG = [
    (1, "我们住3晚要多少？", "3晚一共265元。"),
    (1, "我们住6晚要多少？", "85×6×0.9，一共469元。"),
    (1, "两套装备押金多少？", "两套的押金是500元。"),
    (1, "押金多少？", "押金是350元。"),
    (1, "要住几晚打折？", "住满7晚打九折。"),
    (2, "坐两个半小时多少钱？", "两个半小时按3小时算，21元。"),
    (2, "超流量怎么收？", "比如用了50G，超出10G，就是45元。"),
    (2, "我用了46G，要多少钱？", "超出部分一共28元。"),
    (3, "8000元逾期15天？", "8000×0.5‰×15天，违约金90元。"),
    (3, "我户口6年了，够吗？", "户籍须满8年。"),
    (4, "What is a pass for 7 months?", "Seven months come to $94."),
    (4, "I paid a $200 deposit. What do I get back?", "You get $175 back."),
    (4, "How long do refunds take?", "Refunds take 8 business days."),
    (5, "账单日几号？", "账单日是28号。"),
]


@pytest.mark.parametrize(("n", "question", "text"), RIGHT)
def test_a_right_result_is_left_alone(judge: Judge, n: int, question: str, text: str) -> None:
    assert judge("grounding", text, (n,), passages=PASSAGES, question=question) == ()


@pytest.mark.parametrize(("n", "question", "text"), WRONG)
def test_a_wrong_result_and_a_changed_value_are_found(
    judge: Judge, n: int, question: str, text: str
) -> None:
    assert judge("grounding", text, (n,), passages=PASSAGES, question=question)
