"""Sums that leave out what a source has beside the price: what is free, the least, the rounding."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from math import ceil, isclose

from assist.check.bounds import end_of
from assist.check.context import CheckContext
from assist.check.reckoning import factors
from assist.check.sources import facts_of
from assist.check.told import Told
from assist.text.facts import Fact, facts_within

# A sentence, with the next one if that is of what goes beyond it: 含4小时。超出80元/小时.
_SENTENCE = re.compile(r"(?:[^。；;！？!?\n.]|\.(?!\s|$)|。(?=超))+")
_FREE_BEFORE = re.compile(r"(?:免费|首次?|前|含[^，。；,;]{0,12})$|(?<![a-z])first $")
_FREE_AFTER = re.compile(r"(?:之?以?内)?免费|\w* (?:is |are )?free(?![a-z])")
_BEYOND = re.compile(
    r"免费|超[出过额]|(?<![a-z])(?:free|beyond|excess|extra|additional)(?![a-z])", re.IGNORECASE
)
_ROUNDS = re.compile(
    r"(?:不足|未满|不满|不到)[^，。,;；]{1,8}[按算计]|part of an? |rounded up", re.IGNORECASE
)
_LIMIT = re.compile(
    r"最[低少高多]|[至起]少|起收|保底|封顶|上限|不[超低][过于]"
    r"|(?<![a-z])(?:min|max|up to|cap|at (?:least|most))",
    re.IGNORECASE,
)
_REACH = 14
_THING = re.compile(r"[^\W\d_]")


def overlooked(
    context: CheckContext, fact: Fact, facts: Sequence[Fact], told: Sequence[Told]
) -> str | None:
    """Return what the sources have that a sum of the customer's number and a price leaves out.

    ``facts`` are those of the sentence: of its sums only the last one is the result.
    """
    if not _is_sum(fact):
        return None
    if fact.low != fact.high or any(_is_sum(each) and each.start > fact.start for each in facts):
        return None
    words = context.customer_words
    named = [each for each in facts_of(words) if each.low == each.high]
    bounded = _LIMIT.search(context.clause_at(fact.start).text) is not None
    for source in dict.fromkeys(each.source for each in told):
        for sentence in _SENTENCE.finditer(source):
            within = facts_within(facts_of(source), sentence.start(), sentence.end())
            for own in named:
                limits = () if bounded else _limit(source, within, fact, own)
                free = _free(sentence[0], source, within, fact, words, own)
                for left_out in chain(free, _part(sentence[0], within, fact, own), limits):
                    return left_out
    return None


def _is_sum(fact: Fact) -> bool:
    return fact.kind == "money" or (fact.kind == "count" and not fact.unit)


def _free(
    sentence: str, source: str, facts: Sequence[Fact], fact: Fact, words: str, own: Fact
) -> Iterator[str]:
    """Yield the amount that costs nothing, where the sum charges for it: 超出4小时80元/小时."""
    if own.kind not in {"count", "duration"}:
        return
    if not _BEYOND.search(sentence):
        return
    for free in facts:
        if not _is_free(source, free) or not free.low < own.low:
            continue
        rest = replace(own, low=own.low - free.low, text="")
        if _thing(source, free) == _thing(words, own) and any(
            _is_product(fact, price, own) and not _is_product(fact, price, rest)
            for price in facts
            if price.kind == "money"
        ):
            yield free.text


def _is_free(source: str, fact: Fact) -> bool:
    before = source[max(0, fact.start - _REACH) : fact.start].lower()
    return bool(_FREE_BEFORE.search(before) or _FREE_AFTER.match(source.lower(), fact.end))


def _thing(text: str, fact: Fact) -> str:
    """Return what the fact counts: its unit, else the character behind it."""
    behind = _THING.match(text, fact.end)
    return fact.unit or (behind[0] if behind else "")


def _part(sentence: str, facts: Sequence[Fact], fact: Fact, own: Fact) -> Iterator[str]:
    """Yield the words that count a part as a whole, where the sum charges for the part alone."""
    rounds = _ROUNDS.search(sentence)
    if rounds is None or own.kind not in {"count", "duration"}:
        return
    for price in facts:
        if price.kind != "money" or not price.low:
            continue
        times = fact.low / price.low
        if not isclose(times, ceil(times)) and any(isclose(times, f) for f in factors(own)):
            yield rounds[0]


def _limit(source: str, facts: Sequence[Fact], fact: Fact, own: Fact) -> Iterator[str]:
    """Yield the least or the most that a share of the customer's sum is held to."""
    shares = [own.low * each.low / 100 for each in facts if each.unit == "%"]
    if not shares or own.unit not in {"", fact.unit, "yuan"} or own.kind not in {"count", "money"}:
        return
    for each in facts:
        end = end_of(source, each) if each.kind == "money" else None
        if end is None or not _LIMIT.search(source[end.start : end.end]):
            continue
        least = end.bound == "least"
        beyond = [share < each.low if least else share > each.low for share in shares]
        if all(beyond) and any(isclose(fact.low, share) for share in shares):
            yield each.text
        elif not any(beyond) and isclose(fact.low, each.low) and fact.low not in shares:
            yield next(share.text for share in facts if share.unit == "%")


def _is_product(fact: Fact, price: Fact, own: Fact) -> bool:
    return any(f not in {0, 1} and isclose(fact.low, price.low * f) for f in factors(own))
