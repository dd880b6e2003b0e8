"""What the source says of one thing or one side of a limit is not said of the other."""

from collections.abc import Callable

import pytest

from assist.records import Finding

Judge = Callable[..., tuple[Finding, ...]]

PASSAGES = {
    1: "取消预订：开场 48 小时前取消退还九成，开场 48 小时内取消退还三成。"
    "单笔三千元及以下即时到账；超过三千元的，由人工审核后到账。",
    2: "基础版含 5 个账号，旗舰版含 50 个账号，并提供专属顾问。"
    "次卡有效期 90 天，月卡有效期 30 天。",
    3: "每周二闭馆，国庆假期除外。泳镜、泳帽不参与换购。",
    4: "Day tickets are refundable within 3 days of purchase; season tickets are not refundable. "
    "Lockers cost 4 euros by the hall and 7 euros at the gate. Cats are welcome at Maple Lodge. "
    "Parties of over 10 people park free. You can hand in keys with the form.",
}
MOVED = [
    (1, "开场 48 小时内取消退还九成。"),
    (1, "单笔超过三千元的即时到账。"),
    (2, "基础版提供专属顾问。"),
    (2, "基础版含 50 个账号。"),
    (2, "月卡有效期 90 天。"),
    (3, "国庆假期也闭馆。"),
    (3, "泳镜也可以参与换购。"),
    (4, "Season tickets are also refundable within 3 days."),
    (4, "At the gate lockers cost 4 euros."),
    (4, "Cats are welcome at Walnut Lodge."),
    (4, "You can hand in keys without the form."),
]
KEPT = [
    (1, "开场前 48 小时以内取消只退三成。"),
    (1, "不超过三千元的马上到账。"),
    (2, "旗舰版有专属顾问，账号 50 个。"),
    (2, "次卡 90 天内有效，月卡 30 天内有效。"),
    (3, "周二闭馆，不过国庆假期不闭馆。"),
    (3, "泳帽和泳镜不能换购。"),
    (4, "Season tickets are non-refundable, sorry."),
    (4, "Lockers at the gate are 7 euros."),
    (4, "Maple Lodge welcomes cats."),
]


@pytest.mark.parametrize(("n", "text"), MOVED)
def test_what_is_moved_to_another_case_is_found(judge: Judge, n: int, text: str) -> None:
    assert judge("grounding", text, (n,), passages=PASSAGES)


@pytest.mark.parametrize(("n", "text"), KEPT)
def test_what_is_said_of_its_own_case_is_left_alone(judge: Judge, n: int, text: str) -> None:
    assert judge("grounding", text, (n,), passages=PASSAGES) == ()
