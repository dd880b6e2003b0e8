"""Values that no source writes so, but that follow from it or are only another way of saying."""

from collections.abc import Callable

import pytest

from assist.records import Finding

Judge = Callable[..., tuple[Finding, ...]]

PASSAGES = {
    1: "成人票 240 元，学生半价。开放时间 10:00—18:30，逢周一、周四有讲解。每人可改期一次。",
    2: "打车：3 公里内 13 元，超出部分每公里 2 元。押金 5 月 2 日至 5 月 9 日退还，试用期 60 天。",
    3: "其余时间提交的下一工作日处理。以下证件满足任一即可：护照、驾照。",
    4: "Bookings can be changed up to 12 hours before arrival. The tram runs 17:30 to 21:00.",
}
FOLLOWS = [
    (1, "学生半价，120 元一张。"),
    (1, "改期的机会是 1 次，下午六点半关门。"),
    (1, "每周讲解两次，周一、四都有。"),
    (2, "5 公里一共 17 元。"),
    (2, "押金从 5 月 2 日到 9 日之间退，试用期两个月。"),
    (3, "如果是周六提交，下一个工作日处理。"),
    (3, "护照和驾照满足一项就可以。"),
    (4, "Change it at least 12 hours ahead of arrival."),
    (4, "The tram runs from 5:30 to 9 pm."),
]
INVENTED = [
    (1, "成人票 120 元。"),
    (1, "每人限改期 3 次。"),
    (2, "5 公里一共 19 元。"),
    (2, "押金 5 月 12 日退还。"),
    (3, "周六照常处理。"),
    (4, "Change it up to 18 hours before arrival."),
]


@pytest.mark.parametrize(("n", "text"), FOLLOWS)
def test_what_follows_from_the_source_is_left_alone(judge: Judge, n: int, text: str) -> None:
    assert judge("grounding", text, (n,), passages=PASSAGES, question="5 公里多少钱？") == ()


@pytest.mark.parametrize(("n", "text"), INVENTED)
def test_what_does_not_follow_is_found(judge: Judge, n: int, text: str) -> None:
    assert judge("grounding", text, (n,), passages=PASSAGES)


THEIRS = [
    ("学了四天，能退吗？", "学习未超过4节可以退款。", True),
    ("学了4节，能退吗？", "您学了4节，超过2节了。", False),
    ("用了三个月，能转吗？", "在网满90天就可以转网。", True),
    ("用了三个月，能转吗？", "三个月大约90天，不到120天。", False),
]


@pytest.mark.parametrize(("question", "text", "wrong"), THEIRS)
def test_the_customers_number_excuses_their_case_and_no_other_rule(
    judge: Judge, question: str, text: str, *, wrong: bool
) -> None:
    passages = {1: "学习未超过2节可以退款。号码在网满120天可以转网。"}
    found = judge("grounding", text, (1,), passages=passages, question=question)
    assert bool(found) == wrong


def test_the_same_day_is_one_of_a_daily_limit(judge: Judge) -> None:
    passages = {1: "转账单笔5万元，日累计20万元。"}
    assert judge("grounding", "当天累计20万元。", (1,), passages=passages) == ()
