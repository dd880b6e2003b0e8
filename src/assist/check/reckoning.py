"""Values that a draft works out of those that it is given: three nights at 200 元 are 600 元."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations, permutations, product
from math import ceil, inf, isclose, isfinite

from assist.check.agreement import written
from assist.check.moments import between
from assist.check.sources import folded
from assist.text.amounts.durations import MONTH_HOURS
from assist.text.amounts.numerals import NUMBER, read_number
from assist.text.facts import Fact

# What announces a result; without it what the sources alone could make is a value like any other.
_RESULT = re.compile(
    r"便宜|[贵省]|相差|差价|比[^，。；]{0,12}[多少高低长短快慢大小]|[一总合]共|[总合]计|共[计需要收付]|[折减优]后"
    r"|[应还再]需?[缴交付]|[还再]需|剩余|余额|也就是|相当于|等于|算下来|折合|平均|均摊|[=≈]"
    r"|less than|more than|cheaper|save|difference|total|altogether|in all|i\.e\.|that is|that's"
    r"|which is|comes? to|makes|left|leav|works? out",
    re.IGNORECASE,
)
_WRITTEN = re.compile(r"(\d[\d,]*)(?:\.(\d+))?")
_RAW = re.compile(NUMBER)
# Words that are a number of times, without a figure.
_WORDS = (
    (2.0, r"往返|来回|双程|双人|夫妻|两口子|情侣|俩|双(?!方)|一对"),
    (
        2.0,
        r"(?<![a-z])(?:both|couple|pair|round[- ]trip|return (?:trip|ticket|fare|flight))(?![a-z])",
    ),
    (3.0, r"仨|三口|(?<![a-z])triple"),
    (0.5, r"减半|一半|对半|半(?:价|数|额)|(?<![a-z])half(?![a-z])"),
    (12.0, r"一打|[一全整包]年|(?<![a-z])(?:dozen|(?:an?|one|per) year|annual|yearly)"),
)
_HOURS = (1 / 60, 1.0, 24.0, 7 * 24.0, MONTH_HOURS, 3 * MONTH_HOURS, 12 * MONTH_HOURS)
_SCALES = {"m": (1000.0,), "MB": (1024.0,), "kg": (1.0,), "W": (1000.0,)}
"""What else a price may be for one of, in the compared unit."""
_TIMES = frozenset({"fold", "time", "piece", "instalment"})
"""What one value may go into another as."""
_PLACES = frozenset({"floor", "year old"})
"""A sixth floor is not six of anything."""
_PEOPLE = frozenset({"person", "digit"})
"""What 位 counts."""
_AMOUNTS = frozenset({"count", "money", "percent", "duration"})
_WORD = "word"
"""The unit of a number that stands in no fact: it multiplies, and is no amount of anything."""
_REASONED = _AMOUNTS | {"time", "date"}
_ROUGHLY = 5e-3
_MOST_TOLD = 40
_MOST_NEAR = 24
_MOST_AMOUNTS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The values that a result may be made of."""

    own: Sequence[Fact]
    """The customer's."""
    here: Sequence[Fact]
    """Those of the draft's sentence and of the one before it."""
    told: Sequence[Fact]
    """Those of the sources."""
    announced: bool
    """Whether the sentence says that it gives a result."""
    applied: bool
    """Whether it speaks of the customer's own case: it has a number of theirs."""


def numbers_in(text: str, facts: Iterable[Fact], *, first: int = 0) -> tuple[Fact, ...]:
    """Return the numbers that are no facts by themselves: 两大一小, both, for two.

    ``first`` is where the text begins in the one that the facts were found in.
    """
    left = list(text)
    for fact in facts:
        start, end = fact.start - first, fact.end - first
        left[start:end] = " " * (end - start)
    flat = folded("".join(left))
    values = [value for match in _RAW.finditer(flat) if (value := read_number(match[0]))]
    numbers = [low for low, high in values if low == high]
    numbers += [number for number, form in _WORDS if re.search(form, flat)]
    return tuple(map(_number, numbers))


def rounded_up(fact: Fact, whole: Fact) -> bool:
    """Whether one value is the other in whole units as it is written in: 两个半小时 and 3小时."""
    if not like(fact, whole) or not 0 < fact.low < whole.low == whole.high < inf:
        return False
    one = whole.low / written(whole)
    return isclose(whole.low, one * ceil(round(fact.low / one, 6)))


def leads_to(premise: Fact, fact: Fact, given: Given) -> bool:
    """Whether the fact is worked out from a value that the draft begins with."""
    if fact.low != fact.high or premise.low != premise.high or premise.start >= fact.start:
        return False
    known = replace(given, own=(premise,), applied=True)
    return follows(fact, known) and not follows(fact, replace(known, own=()))


def announces(sentence: str) -> bool:
    return _RESULT.search(sentence) is not None


def follows(fact: Fact, given: Given) -> bool:
    """Whether one operation, or two with a number of the customer's, make the fact.

    What the sources have alone makes a value only where the draft announces a result.
    """
    if fact.kind not in _REASONED or fact.low != fact.high or not isfinite(fact.low):
        return False
    if fact.unit in {*_PLACES, "level"}:
        return False
    if len(given.told) > _MOST_TOLD or len(given.own) + len(given.here) > _MOST_NEAR:
        return False
    return any(_is(fact, value) for value in _results(fact, given))


def _results(fact: Fact, given: Given) -> Iterator[float]:
    near = (*given.own, *given.here)
    told = [each for each in given.told if each.unit]  # of a source a bare number is of nothing
    pairs: Iterable[tuple[Fact, Fact]] = permutations(near, 2)
    if given.announced or given.applied:
        pairs = chain(pairs, product(given.own, told), product(told, given.own))
    if given.announced:
        pairs = chain(pairs, permutations(given.told, 2))
    yield from chain.from_iterable(_made(fact, a, b) for a, b in pairs)
    if fact.kind != "count" or given.announced:
        yield from chain.from_iterable(_times(fact, a, b) for a, b in product(told, given.here))
    yield from chain.from_iterable(
        (*between(fact, a, b), *between(fact, b, a)) for a, b in product(given.here, told)
    )
    listed = [each.low for each in given.here if (each.kind, each.unit) == (fact.kind, fact.unit)]
    if fact.kind in _AMOUNTS and len(listed) > 1:
        yield sum(listed)
    if fact.kind == "percent":
        yield from (100 - each.low for each in near if each.kind == "percent")
    if fact.kind != "money" and fact.unit:
        return
    shares = [each for each in told if each.kind == "percent"]
    yield from chain.from_iterable(_times(fact, a, b) for a, b in product(given.own, shares))
    if fact.kind == "money" and (given.announced or given.applied):
        yield from _in_two(fact, given)


def _made(fact: Fact, a: Fact, b: Fact) -> Iterator[float]:
    """Yield what one operation on two values makes that the fact could be."""
    if like(fact, a) and like(fact, b):
        yield from (a.low + b.low, abs(a.low - b.low))
    yield from _times(fact, a, b)
    yield from between(fact, a, b)
    if not (like(a, b) and a.low and b.low):
        return
    if fact.kind == "percent":
        yield 100 * a.low / b.low
    elif fact.kind == "count" and (not fact.unit or (fact.unit in _TIMES and a.kind != "duration")):
        yield a.low / b.low


def _times(fact: Fact, value: Fact, by: Fact) -> Iterator[float]:
    """Yield so many times the value; of a sum of money, its parts too."""
    if fact.kind == "percent" or not like(fact, value):
        return
    if fact.kind == "duration" and (by.kind != "count" or by.unit in {"", _WORD}):
        return  # three courses of seven days, but not twice a time that nobody spoke of
    for factor in factors(by):
        if factor not in {0, 1}:
            yield value.low * factor
            if fact.kind == "money" and by.kind != "percent":
                yield value.low / factor


def factors(by: Fact) -> Iterator[float]:
    """Yield what a value can multiply by: 20% by 0.2, 0.8 and 1.2; a year by 12 months."""
    if not isfinite(by.low):
        return
    if by.kind == "percent":
        share = by.low / 100
        yield from (share, 1 - share, 1 + share)
    elif by.kind == "count" and by.unit not in _PLACES:
        yield written(by)
        yield from (by.low / scale for scale in _SCALES.get(by.unit, ()))
    elif by.kind == "duration":
        scales = _HOURS if by.unit == "hour" else (1.0,)
        for scale in scales:
            yield from (by.low / scale, float(ceil(round(by.low / scale, 6))))


def _in_two(fact: Fact, given: Given) -> Iterator[float]:
    """Yield the sums that two operations make with a number of the customer's."""
    everything = (*given.own, *given.here, *given.told)
    near = (*given.own, *given.here)
    prices = [each for each in everything if each.unit and like(fact, each)]
    shares = [each for each in everything if each.kind == "percent"]
    amounts = {
        price.low * factor
        for price, own in product(prices, given.own)
        if price is not own
        for factor in factors(own)
    }
    if len(amounts) > _MOST_AMOUNTS:
        return  # among so many any value is found
    for amount, by in product(amounts, (*near, *shares)):
        yield from (amount * factor for factor in factors(by))
    both = [a.low + b.low for a, b in combinations(given.here, 2) if like(a, b) and like(fact, a)]
    for total, by in product(both, near):
        yield from (total * factor for factor in factors(by))
    if given.announced:
        for amount, price in product(amounts, prices):
            yield from (amount + price.low, abs(amount - price.low))
        yield from (first + second for first, second in product(amounts, amounts))
    yield from _beyond(prices, given)


def _beyond(prices: Sequence[Fact], given: Given) -> Iterator[float]:
    """Yield what is paid for the customer's amount beyond one that is covered."""
    for own, covered in product(given.own, given.told):
        if own.kind in {"count", "duration"} and like(own, covered) and own.low > covered.low:
            rest = replace(own, low=own.low - covered.low, text="")
            for each, factor in product(prices, factors(rest)):
                yield each.low * factor
                yield from (first.low + each.low * factor for first in prices if first is not each)


def _number(value: float) -> Fact:
    return Fact(kind="count", start=-1, end=-1, text="", low=value, high=value, unit=_WORD)


def like(a: Fact, b: Fact) -> bool:
    """Whether two values can be added; a bare number may be one of anything."""
    if b.unit == _WORD or a.unit == _WORD or not {a.kind, b.kind} <= _AMOUNTS:
        return False
    if not a.unit or not b.unit:
        return True
    return a.kind == b.kind and (a.unit == b.unit or {a.unit, b.unit} == _PEOPLE)


def _is(fact: Fact, value: float) -> bool:
    """Whether the value is what the fact was written for, rounded as it is written."""
    if isclose(fact.low, value, rel_tol=1e-6):
        return True
    if fact.kind in {"time", "date"}:
        return fact.kind == "time" and isclose(fact.low % 12, value % 12)
    written = _WRITTEN.search(fact.text)
    if written is None or not value:
        return False
    shown = float(written[0].replace(",", ""))
    one = fact.low / shown if shown else 1.0
    last = one * 10.0 ** -len(written[2] or "")
    return abs(fact.low - value) <= last / 2 and abs(fact.low / value - 1) <= _ROUGHLY
