"""A word of the source, turned into its opposite or into one of its kind."""

from collections.abc import Callable

import pytest

from assist.records import Finding

Judge = Callable[..., tuple[Finding, ...]]

GYM = (
    "请从转出方的网点取回押金。早班车六点发车，末班车由北门发出。"
    "绿灯表示充电完成，黄灯表示电量不足 20%。"
    "含单人午餐。请在课后交回器材。已续费的会员，保留原价；未续费的会员，按新价计费。"
)
TURNED = [
    "请从转入方的网点取回押金。",
    "末班车由南门发出。",
    "黄灯表示充电完成。",
    "含单人晚餐。",
    "请在课前交回器材。",
]
FAIR = [
    "押金请到转出方的网点取回。",
    "充电完成亮绿灯，电量不足两成亮黄灯。",
    "午餐是单人的，晚一些到也没关系。",
    "用完的器材请课后交回来。",
]


@pytest.mark.parametrize("text", TURNED)
def test_a_turned_word_is_found(judge: Judge, text: str) -> None:
    found = judge("grounding", text, (1,), passages={1: GYM})
    assert "polarity" in [finding.rule for finding in found]


@pytest.mark.parametrize("text", FAIR)
def test_the_word_of_the_source_is_left_alone(judge: Judge, text: str) -> None:
    assert judge("grounding", text, (1,), passages={1: GYM}) == ()
