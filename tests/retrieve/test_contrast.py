from collections.abc import Callable

import pytest

from assist.records import Entry
from assist.retrieve.contrast import condition_between, shows, side_of, stance
from assist.retrieve.rules import Contrast, RetrievalRules
from assist.text.normalise import fold

MODEL = Contrast(name={"zh": "机型", "en": "model"}, sides=(("X1 Pro", "Pro"), ("X1",), ("A3",)))


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("X1 Pro 多少钱", 0),
        ("pro版有绿色吗", 0),
        ("x1 防水吗", 1),
        ("Ｘ１防水吗", 1),
        ("X1 和 X1 Pro 有什么区别", None),
        ("AX1000 路由器", None),
        ("production 环境", None),
        ("不是X1，是A3", 2),
        ("手机多少钱", None),
    ],
)
def test_side_of_a_text(text: str, side: int | None) -> None:
    assert side_of(fold(text), MODEL) == side


def test_what_is_said_first_in_the_list_decides_the_stance() -> None:
    assert stance(["多少钱", "我的是 a3", "x1"], MODEL) == 2
    assert stance(["多少钱"], MODEL) is None


def test_entries_on_two_sides_of_a_contrast_differ_in_it(
    make_entry: Callable[..., Entry], rules: RetrievalRules
) -> None:
    condition = condition_between(
        make_entry("a", "后付费号码欠费多久会停机？"),
        make_entry("b", "余额不足什么时候停机？", tags=["停机", "预付费"]),
        rules.contrasts,
        alike=rules.clarify.alike,
        language="zh",
    )
    assert condition is not None
    assert (condition.name, condition.first[0], condition.second[0]) == (
        "付费方式",
        "后付费",
        "预付费",
    )


def test_questions_that_agree_in_all_but_a_few_words_differ_in_those(
    make_entry: Callable[..., Entry],
) -> None:
    condition = condition_between(
        make_entry("a", "金卡会员每年可以免费停车几次？"),
        make_entry("b", "银卡会员每年可以免费停车几次？"),
        (),
        alike=0.6,
        language="zh",
    )
    assert condition is not None
    assert (condition.name, condition.first, condition.second) == (None, ("金卡",), ("银卡",))


@pytest.mark.parametrize(
    "other", ["宽带怎么移机？", "后付费账单多久出？"], ids=["another topic", "asks something else"]
)
def test_questions_that_differ_in_more_have_no_one_condition(
    make_entry: Callable[..., Entry], other: str
) -> None:
    first, second = make_entry("a", "后付费账单怎么缴费？"), make_entry("b", other)
    assert condition_between(first, second, (), alike=0.6, language="zh") is None


def test_a_side_shows_by_any_of_its_words() -> None:
    assert shows(fold("我用青春卡"), ("预付费", "青春卡"))
    assert not shows(fold("我用畅享"), ("预付费", "青春卡"))
