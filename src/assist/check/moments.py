"""Steps on the clock and in the calendar: from one moment to another, and so long after one."""

from collections.abc import Iterator
from math import isclose

from assist.text.facts import Fact

_DAYS_BEFORE = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
_DATES = frozenset({"date", "yearday"})


def between(fact: Fact, a: Fact, b: Fact) -> Iterator[float]:
    """Yield the time from one moment to another, or the moment so long after or before one.

    Hours, hours from midnight, or the place in the week, as the fact is compared in.
    """
    if fact.kind == "duration" and (a.kind, a.unit) == (b.kind, b.unit):
        yield from _gap(a, b)
    elif fact.kind == a.kind and b.kind == "duration":
        yield from _step(fact, a, b)


def _gap(a: Fact, b: Fact) -> Iterator[float]:
    if a.kind == "time":
        yield (a.low - b.low) % 24
    elif a.unit == "weekday":
        yield 24 * ((a.low - b.low) % 7)
    elif a.unit in _DATES:
        days = abs(_day(a) - _day(b))
        yield from (24 * days, 24 * (days + 1))  # the first day counts or not


def _step(fact: Fact, a: Fact, b: Fact) -> Iterator[float]:
    if fact.kind == "time":
        yield from ((a.low + b.low) % 24, (a.low - b.low) % 24)
    elif fact.unit == a.unit == "weekday":
        days = b.low if b.unit == "workday" else b.low / 24
        yield (a.low + days - 1) % 7 + 1
    elif {fact.unit, a.unit} <= _DATES and b.unit == "hour":
        gap = 24 * (_day(fact) - _day(a))
        if any(isclose(gap, hours) for hours in (b.low, b.low - 24, -b.low)):
            yield fact.low


def _day(date: Fact) -> float:
    """Return the day's place among all days; leap days are left out of account."""
    month, day = divmod(date.low % 10_000, 100)
    return 365 * (date.low // 10_000) + _DAYS_BEFORE[int(month) - 1] + day
