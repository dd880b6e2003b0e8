"""Yes for no, free for charged, and an exception or a condition turned round."""

from collections.abc import Callable

import pytest

from assist.records import Finding

Judge = Callable[..., tuple[Finding, ...]]

DEPOSIT = "个人大额存单：起存金额20万元，期限有1年、2年、3年。支持转让，不计复利。"
SHOP = (
    "订单满99元包邮，不足99元收运费8元。生鲜商品不参与包邮，鲜花除外。退货须在7日内寄回，未拆封的可退。"
    "礼品卡不挂失、不兑现；停车需预约。会员免费停车。"
)
GYM = (
    "Yoga mats are included in the day pass; towels are not included. Guests must show photo ID. "
    "Locker rental costs $4. The sauna is free. Members may bring a friend."
)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (DEPOSIT, "大额存单不支持转让。"),
        (SHOP, "满99元就包邮的，生鲜也一样。"),
        (SHOP, "礼品卡可以挂失。"),
        (SHOP, "停车不用预约。"),
        (SHOP, "会员停车要收费。"),
        (SHOP, "拆封了也可退。"),
        (GYM, "Towels are included as well."),
        (GYM, "Guests can come in without photo ID."),
        (GYM, "Locker rental is free."),
    ],
)
def test_the_reverse_of_the_source_is_found(judge: Judge, source: str, text: str) -> None:
    found = judge("grounding", text, (1,), passages={1: source})
    assert [finding.rule for finding in found] == ["polarity"]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (DEPOSIT, "大额存单是支持转让的，不过不计复利。"),
        (SHOP, "生鲜不参与包邮，水产也一样。"),
        (SHOP, "拆封了就不可退。"),
        (SHOP, "鲜花照常参与包邮。"),
        (SHOP, "停车请先预约，会员停车不收费。"),
        (GYM, "The day pass includes a yoga mat, but no towels."),
        (GYM, "You need photo ID, and the sauna is free."),
    ],
)
def test_the_same_in_other_words_is_left_alone(judge: Judge, source: str, text: str) -> None:
    found = judge("grounding", text, (1,), passages={1: source})
    assert "polarity" not in [finding.rule for finding in found]


def test_the_finding_is_the_clause_and_tells_the_sources(judge: Judge) -> None:
    (finding,) = judge("grounding", "您好，礼品卡可以挂失。", (1,), passages={1: SHOP})
    assert finding.text == "礼品卡可以挂失"
    assert "礼品卡不挂失" in finding.message


def test_the_price_of_a_thing_is_no_denial_that_another_is_free(judge: Judge) -> None:
    asked = {"passages": {1: SHOP}, "question": "买3件40元的包邮吗"}
    assert (
        judge("grounding", "您买了3件，每件40元，一共120元，满99元可以包邮。", (1,), **asked) == ()
    )
