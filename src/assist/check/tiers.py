"""Values that a source gives by steps, and which of them the case at hand falls under."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import inf

from assist.check.agreement import asked_of, bears_out, written
from assist.check.bounds import end_of
from assist.check.context import CheckContext
from assist.check.sources import facts_of
from assist.check.told import Told
from assist.text.facts import Fact, facts_within

_STOP = re.compile(r"[。！？!?\n]|\.(?=\s)")
_TO = re.compile(r"[内前后 ]{0,2}(?:至|到|[-–—~])[^\d，,。；;]{0,6}")
_EACH = re.compile(r"(?:每|[增多超][加出]|each )\w{0,2}$")
_KINDS = frozenset({"count", "duration", "money"})
_GIVEN = frozenset({"count", "duration", "money", "percent"})
_KEPT = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """One step of a source: from 8 to 16 years of age, and what holds there."""

    low: float
    high: float
    values: tuple[Fact, ...]
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a value is that of the step which the case falls under."""

    right: bool
    said: str
    """What the source says of this step."""


def tier_told(
    context: CheckContext, fact: Fact, facts: Sequence[Fact], borne: Sequence[Told]
) -> Verdict | None:
    """Hold a value against the step of the source that the customer's case falls under.

    None where the source has no steps, or nobody named one case, or the draft gives a step itself.
    """
    if fact.kind not in _GIVEN or len({told.source for told in borne}) > 1:
        return None
    led = [each for each in facts if each.end <= fact.start]
    asked = facts_of(context.customer_words)
    cases = {unit: _case(unit, led, asked) for told in borne[:1] for unit in _units(told.source)}
    for told in borne:
        for unit, case in cases.items():
            if case is None or unit == (told.fact.kind, told.fact.unit):
                continue
            if (found := _judged(told, fact, facts, unit, case)) is not None:
                return found
    return None


@lru_cache(maxsize=_KEPT)
def _units(source: str) -> tuple[tuple[str, str], ...]:
    """Return the kinds and units of a source's values."""
    return tuple(dict.fromkeys((each.kind, each.unit) for each in facts_of(source)))


def _case(unit: tuple[str, str], led: Sequence[Fact], asked: Sequence[Fact]) -> float | None:
    """Return the one value of the unit that the customer named; what the draft leads with is it."""
    if unit[0] not in _KINDS or not unit[1]:
        return None
    named = [each for each in asked if (each.kind, each.unit) == unit and each.low == each.high]
    cases = [each for each in named if written(each) != 1] or named  # 200吨, 多少钱一吨
    own = {each.low for each in cases}
    here = [each for each in led if (each.kind, each.unit) == unit]
    if len(own) != 1 or any(not any(asked_of(each, o) for o in asked) for each in here):
        return None
    return own.pop()


def _judged(
    told: Told, fact: Fact, facts: Sequence[Fact], unit: tuple[str, str], case: float
) -> Verdict | None:
    for tiers in _tiers(told.source, unit):
        held = [tier for tier in tiers if tier.low <= case <= tier.high]
        narrow = min(held, key=lambda tier: (-tier.low, tier.high), default=None)
        if narrow is None or any(case in {tier.low, tier.high} for tier in held if tier != narrow):
            continue
        if not any(told.fact in tier.values for tier in tiers):
            continue
        like = [v for v in narrow.values if (v.kind, v.unit) == (told.fact.kind, told.fact.unit)]
        right = any(bears_out(fact, None, value) for value in like)
        if right or not any(bears_out(each, None, v) for each in facts for v in like):
            return Verdict(right=right, said=narrow.said) if like else None
    return None


@lru_cache(maxsize=_KEPT)
def _tiers(source: str, unit: tuple[str, str]) -> tuple[tuple[Tier, ...], ...]:
    """Return the steps of each sentence that has two of them at the least."""
    found: list[tuple[Tier, ...]] = []
    start = 0
    for stop in (*(match.end() for match in _STOP.finditer(source)), len(source)):
        steps = tuple(_steps(source, unit, start, stop))
        if len({(step.low, step.high) for step in steps}) > 1:
            fewest = min(len(step.values) for step in steps)  # what follows the last is of no step
            found.append(tuple(replace(step, values=step.values[:fewest]) for step in steps))
        start = stop
    return tuple(found)


def _steps(source: str, unit: tuple[str, str], start: int, stop: int) -> Iterator[Tier]:
    facts = facts_within(facts_of(source), start, stop)
    places = [
        n
        for n, each in enumerate(facts)
        if (each.kind, each.unit) == unit and not _EACH.search(source[: each.start])
    ]
    while places:
        first = last = places.pop(0)
        if places and places[0] == first + 1 and _joined(source, facts[first], facts[first + 1]):
            last = places.pop(0)
        following = places[0] if places else len(facts)
        values = tuple(each for each in facts[last + 1 : following] if each.unit)
        if values:
            low, high = _interval(source, facts[first], facts[last])
            said = source[facts[first].start : values[-1].end]
            yield Tier(low=low, high=high, values=values, said=said)


def _joined(source: str, first: Fact, last: Fact) -> bool:
    """Whether two values are the ends of one step: 7天内至起飞前48小时."""
    return _TO.fullmatch(source[first.end : last.start]) is not None


def _interval(source: str, first: Fact, last: Fact) -> tuple[float, float]:
    if first != last:
        low, high = sorted((first.low, last.low))
        return low, high
    end = end_of(source, first)
    if end is None or first.low != first.high:
        return first.low, first.high
    return (0, first.high) if end.bound == "most" else (first.low, inf)
