"""Amounts as people say and type them are compared by value."""

import pytest

from assist.text.facts import find_facts

SPOKEN = [
    ("一毛五", "money", 0.15),
    ("五毛二分八厘", "money", 0.528),
    ("三十块零五毛", "money", 30.5),
    ("20 quid", "money", 20),
    ("25 cents", "money", 0.25),
    ("5个点", "percent", 5),
    ("押金减半", "percent", 50),
    ("half off", "percent", 50),
    ("two thirds of it", "percent", 200 / 3),
    ("1/3的费用", "percent", 100 / 3),
    ("半日", "duration", 12),
    ("俩小时", "duration", 2),
    ("an hour and a half", "duration", 1.5),
    ("按季度收", "duration", 2190),
    ("廿五日", "date", 25),
    ("25号", "date", 25),
    ("the day after tomorrow", "date", 2),
    ("quarter past 3", "time", 3.25),
    ("at ten to five", "time", 4 + 50 / 60),
    ("8.30pm", "time", 20.5),
    ("22点30", "time", 22.5),
    ("20时至21时", "time", 20),
    ("夜间0点", "time", 0),
    ("1万2", "count", 12_000),
    ("3k", "count", 3000),
    ("100平", "count", 100),
    ("89㎡", "count", 89),
    ("30个G", "count", 30 * 1024),
    ("80度电", "count", 80),
    ("末四碼", "count", 4),
    ("59档", "count", 59),
    ("two adults", "count", 2),
]


@pytest.mark.parametrize(("text", "kind", "value"), SPOKEN)
def test_a_spoken_amount_is_read(text: str, kind: str, value: float) -> None:
    (fact,) = find_facts(text)
    assert fact.kind == kind
    assert fact.low == pytest.approx(value)


@pytest.mark.parametrize(("text", "days"), [("Mon-Fri", (1, 5)), ("Thu", (4, 4)), ("周六", (6, 6))])
def test_days_of_the_week_are_read_however_short(text: str, days: tuple[int, int]) -> None:
    (fact,) = find_facts(text)
    assert (fact.unit, fact.low, fact.high) == ("weekday", *days)


@pytest.mark.parametrize("text", ["3号楼", "5号线", "five to ten customers", "sat down", "半日常"])
def test_what_only_looks_like_a_day_or_a_time_is_none(text: str) -> None:
    assert not [fact for fact in find_facts(text) if fact.kind in {"date", "time", "duration"}]


def test_a_month_may_run_over_into_the_next() -> None:
    (fact,) = find_facts("1月27到2月2号")
    assert (fact.low, fact.high) == (127, 202)
