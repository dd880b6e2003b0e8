"""The facts of a text that can be compared: amounts, times, and names made of digits."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from math import isclose

from assist.text.amounts.clock import carried, in_afternoon
from assist.text.amounts.counts import COUNTS
from assist.text.amounts.durations import DURATIONS
from assist.text.amounts.form import FactKind, Form, Reading
from assist.text.amounts.moments import MOMENTS
from assist.text.amounts.money import MONEY, PERCENT
from assist.text.amounts.names import BARE, CODES, LOCATORS
from assist.text.normalise import Normalised, normalise

# What comes first takes its stretch of text: a date is no count, 30 days are no bare 30.
_FORMS: tuple[Form, ...] = (
    *LOCATORS, *MOMENTS, *MONEY, *PERCENT, *DURATIONS, *COUNTS, *CODES, *BARE
)  # fmt: skip
_NEGATION = re.compile(
    r"(?:不是|并非|不为|而非|不会|不能|不可|不需要?|不用|不收|不支持|不满|不足|未满|不到|没有?|无需|无须|无|免|非"
    r"|(?<![a-z])(?:not|no|never|without|n't|cannot|less than))[ ]?$"
)
_NEGATION_REACH = 12
# A comma of Chinese text ends a number, unless someone typed it to group thousands: 12，800元.
_COMMAS = re.compile(r"[，、､︐﹐﹑]")
_THOUSANDS = re.compile(r"(?<![\d.:，,-])([1-9]\d?)，(?=\d{3}(?![\d:，,-]))")
_NEW_DAY = re.compile(r"[。；;!?\n]|[次翌明隔]日|[隔明]天|第二天")
_IN_LIST = re.compile(r"[ ]?[、/][ ]?")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_LISTS = frozenset({"count", "duration", "percent"})
_NAMED = frozenset({"phone", "url", "code"})
_AMOUNTS = frozenset({"count", "money", "percent"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    kind: FactKind
    start: int
    end: int
    text: str
    """As written."""
    low: float
    high: float
    """Higher than ``low`` for a range. Hours or working days, yuan, MB, percent, YYYYMMDD …"""
    unit: str
    """What ``low`` and ``high`` count; for phone, url and code the bare name itself."""
    negated: bool = False
    """Whether a negation stands right before it."""


def find_facts(text: str) -> tuple[Fact, ...]:
    """Return the facts in reading order, without overlaps; offsets are those of ``text``."""
    return facts_in(normalise(text))


def facts_in(normalised: Normalised) -> tuple[Fact, ...]:
    """Return the facts of a text that has been normalised; offsets are those of the original."""
    folded = _with_list_commas(normalised)
    facts: list[Fact] = []
    found = _listed(sorted(_readings(folded), key=lambda each: each[:2]), folded)
    for start, end, reading in _read_on(found, folded):
        span = normalised.span(start, end)
        before = folded[max(0, start - _NEGATION_REACH) : start]
        facts.append(
            Fact(
                kind=reading.kind,
                start=span.start,
                end=span.end,
                text=span.text,
                low=reading.low,
                high=reading.high,
                unit=reading.unit,
                negated=_NEGATION.search(before) is not None,
            )
        )
    return tuple(facts)


def facts_within(facts: Iterable[Fact], start: int, end: int) -> tuple[Fact, ...]:
    """Return the facts that begin in a stretch of their text."""
    return tuple(fact for fact in facts if start <= fact.start < end)


def agrees(a: Fact, b: Fact) -> bool:
    """Whether two facts say the same: equal values, equal ranges, or a value within a range.

    A number without a unit agrees with the same number of anything, money and percent included; a
    day without a year agrees with that day of any year. Negation is left to the caller.
    """
    if not (a.unit and b.unit) and a.kind in _AMOUNTS and b.kind in _AMOUNTS:
        return _meet((a.low, a.high), (b.low, b.high))
    if a.kind != b.kind:
        return False
    if a.kind in _NAMED:
        return a.unit == b.unit
    if a.kind == "date" and {a.unit, b.unit} == {"date", "yearday"}:
        return _meet((a.low % 10_000, a.high % 10_000), (b.low % 10_000, b.high % 10_000))
    return a.unit == b.unit and _meet((a.low, a.high), (b.low, b.high))


def _read_on(
    found: Iterable[tuple[int, int, Reading]], text: str
) -> Iterator[tuple[int, int, Reading]]:
    """Yield the readings, a time with the part of the day that an earlier one was said with."""
    last, evening = 0, 0.0
    for start, end, reading in found:
        if reading.kind == "time":
            if evening and not _NEW_DAY.search(text, last, start):
                reading = carried(reading, text[start:end], evening)
            evening = reading.high if evening < reading.low or in_afternoon(text[start:end]) else 0
            last = end
        yield start, end, reading


def _listed(found: list[tuple[int, int, Reading]], text: str) -> list[tuple[int, int, Reading]]:
    """Return the readings, bare numbers of a list with the unit that ends it: 3、6、12期."""
    for place in range(len(found) - 2, -1, -1):
        start, end, reading = found[place]
        following, _, last = found[place + 1]
        if reading.unit or last.kind not in _LISTS or not _IN_LIST.fullmatch(text, end, following):
            continue
        number = _FIGURE.match(text, following)
        one = last.low / float(number[0]) if number and float(number[0]) else 0.0
        if one and last.unit:
            unit = replace(last, low=reading.low * one, high=reading.high * one)
            found[place] = (start, end, unit)
    return found


def _with_list_commas(normalised: Normalised) -> str:
    """Return the folded text, in which a comma of Chinese text is not one that groups thousands."""
    if not _COMMAS.search(normalised.original):
        return normalised.text
    kept = list(normalised.text)
    for match in re.finditer(",", normalised.text):
        if _COMMAS.match(normalised.original, normalised.starts[match.start()]):
            kept[match.start()] = "，"
    return _THOUSANDS.sub(r"\1,", "".join(kept))


def _readings(text: str) -> Iterator[tuple[int, int, Reading]]:
    taken = bytearray(len(text))
    for form in _FORMS:
        if form.needs and not any(needed in text for needed in form.needs):
            continue
        for match in form.pattern.finditer(text):
            start, end = match.span(form.group)
            lead = end - start - len(match[form.group].lstrip())
            if any(taken[start:end]):
                continue
            reading = form.read(match)
            if reading is not None:
                taken[start:end] = b"\x01" * (end - start)
                yield start + lead, end, reading


def _meet(a: tuple[float, float], b: tuple[float, float]) -> bool:
    if isclose(a[0], b[0], rel_tol=1e-6) and isclose(a[1], b[1], rel_tol=1e-6):
        return True
    if a[0] == a[1]:
        return b[0] <= a[0] <= b[1]
    return b[0] == b[1] and a[0] <= b[0] <= a[1]
