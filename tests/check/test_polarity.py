"""What a clause denies."""

import pytest

from assist.check.polarity import charge_of, polarity_of


@pytest.mark.parametrize(
    ("clause", "denies"),
    [
        ("支持转让", False),
        ("不可转让", True),
        ("这张卡退不了", True),
        ("生鲜除外", True),
        ("不足1公斤按1公斤计", False),
        ("无门槛红包当月有效", False),
        ("没开封也可以退", False),
        ("退不了的费用由平台处理", False),
        ("未付定金不退", True),
        ("不预约不接待", None),
        ("周末以外可用", None),
        ("you cannot bring pets", True),
        ("no later than noon", False),
        ("orders ship free", False),
    ],
)
def test_a_denial_is_told_from_a_limit_and_a_condition(clause: str, denies: bool | None) -> None:
    assert polarity_of(clause).denies is denies


def test_what_is_denied_and_of_what() -> None:
    told = polarity_of("积分不能兑换现金")
    assert {"兑换", "现金"} <= told.denied
    assert "积分" in told.subject
    assert told.first == "兑换"


def test_a_condition_is_kept_apart() -> None:
    assert polarity_of("未拆封的可退").cases == ("拆封",)


@pytest.mark.parametrize(
    ("clause", "charged"),
    [
        ("免费送货", False),
        ("不另收费", False),
        ("不参与包邮", None),
        ("每次收取5元", True),
        ("运费自理", True),
        ("no booking fee", False),
        ("costs $4", True),
        ("开放到九点", None),
    ],
)
def test_free_is_told_from_charged(clause: str, charged: bool | None) -> None:
    assert charge_of(clause).denies is charged
