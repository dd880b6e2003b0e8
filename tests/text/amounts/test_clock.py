"""Times of day as people say them are compared in hours from midnight."""

import pytest

from assist.text.facts import find_facts

SPOKEN = [
    ("傍晚七点关门", [(19, 19)]),
    ("早上八点到十一点", [(8, 11)]),
    ("晚上九点以后不接单，十一点以后不送货", [(21, 21), (23, 23)]),
    ("下午三点截单，次日9点发货", [(15, 15), (9, 9)]),
    ("早八点到晚九点", [(8, 21)]),
    ("零点开抢", [(0, 0)]),
    ("夜里12点结束", [(24, 24)]),
    ("下午四点一刻", [(16.25, 16.25)]),
    ("from 7:30 to 9 pm", [(19.5, 21)]),
    ("9 to 5 pm", [(9, 17)]),
]


@pytest.mark.parametrize(("text", "hours"), SPOKEN)
def test_a_time_is_read_with_the_part_of_the_day_it_is_said_with(
    text: str, hours: list[tuple[float, float]]
) -> None:
    times = [(fact.low, fact.high) for fact in find_facts(text) if fact.kind == "time"]
    assert times == hours


def test_each_day_of_a_list_is_a_day() -> None:
    assert [fact.low for fact in find_facts("每周一、三、六开课")] == [1, 3, 6]


@pytest.mark.parametrize(("text", "share"), [("四分之一", 25), ("赔七成。", 70), ("不到两成", 20)])
def test_a_share_in_words_is_a_percentage(text: str, share: float) -> None:
    (fact,) = find_facts(text)
    assert (fact.kind, fact.low) == ("percent", share)
