"""Values that a draft works out of those that it is given: 半价 of 160元 is 80元."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, permutations, product
from math import isclose

from assist.text.facts import Fact

# What announces a result; without it a value that could be worked out is a value like any other.
_RESULT = re.compile(
    r"(?:[一总合]?共[要计需收付]?|[总合]计|也就是说?|即|相当于|等于|算下来|折合|[=≈]"
    r"|total(?: of)?|altogether|in all|i\.e\.|that is|that's|which is|comes? to|makes)"
    r"[^，。；,;.\d一二三四五六七八九十百千万]{0,4}$",
    re.IGNORECASE,
)
_REACH = 16
_WRITTEN = re.compile(r"\d+(?:\.\d+)?")
_TIMES = frozenset({"fold", "time", "person", "piece", "night", "instalment", "room", ""})
_MOST_GIVEN = 16


def derived(text: str, fact: Fact, mine: Sequence[Fact], told: Sequence[Fact]) -> bool:
    """Whether the values beside an amount of money and those of the sources make it.

    It is a share of a price, where the sentence names the share; or it is announced as a result: a
    price so many times, or a first price with so many units more.
    """
    if fact.kind != "money" or fact.low != fact.high or len(mine) + len(told) > _MOST_GIVEN:
        return False
    single = [other for other in (*mine, *told) if other.low == other.high]
    prices = [other.low for other in single if (other.kind, other.unit) == ("money", fact.unit)]
    results: Iterator[float] = _shares(prices, mine)
    if _RESULT.search(text, max(0, fact.start - _REACH), fact.start):
        results = chain(results, _shares(prices, told), _sums(prices, single))
    return any(isclose(fact.low, value, rel_tol=1e-3) for value in results)


def _shares(prices: Sequence[float], given: Sequence[Fact]) -> Iterator[float]:
    shares = [other.low / 100 for other in given if other.kind == "percent"]
    for price, share in product(prices, shares):
        yield from (price * share, price * (1 - share), price * (1 + share))


def _sums(prices: Sequence[float], given: Sequence[Fact]) -> Iterator[float]:
    counts = [other for other in given if other.kind in {"count", "duration"}]
    for price, count in product(prices, counts):
        if count.unit in _TIMES:
            yield price * count.low
    for more, less in permutations(counts, 2):
        if more.unit == less.unit and more.low > less.low:
            units = (more.low - less.low) / _one(more)
            yield from (first + each * units for first, each in permutations(prices, 2))


def _one(count: Fact) -> float:
    """Return one of the written unit in the compared one: a kilometre is 1000 m."""
    written = _WRITTEN.match(count.text)
    return count.low / float(written[0]) if written and float(written[0]) else 1.0
