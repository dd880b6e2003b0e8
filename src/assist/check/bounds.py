"""Whether a value is the most or the least that is said: 最多3件 and 至少3件, 16点前 and 16点后."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from assist.check.sources import facts_of, folded
from assist.text.facts import Fact

Bound = Literal["most", "least"]

_REACH = 20
_KEPT = 2048
_STATES_MOST = (
    r"不(?:得|能|会|可|可以|允许)?(?:超过|超出|超|高于|多于|大于|长于|晚于|迟于)|[至最]多|最[高大长迟晚慢]|上限|仅?限"
    r"|(?<![a-z])(?:up to|at (?:the )?(?:most|latest)|max(?:imum)?|within|until|till|by|before"
    r"|(?:no|not) (?:more|later|longer|greater|higher|over)(?: than)?|(?:not |n't )exceed(?:ing)?)"
)
_STATES_LEAST = (
    r"[至最]少|最[低小短早快]|起码|不(?:得|能|会|可|可以)?(?:少于|低于|小于|短于|早于)"
    r"|(?<![a-z])(?:at (?:the )?(?:least|earliest)|min(?:imum)?|as (?:little|early) as|from|after"
    r"|(?:no|not) (?:less|fewer|earlier|shorter|lower|under)(?: than)?|starting (?:at|from))"
)
# These tell one case from another, and the other one is told elsewhere: 超过3米的部分.
_CASE_MOST = (
    r"(?:不|未|没有?)(?:满|足|到|达到?|超过?)|低于|少于|小于|短于|早于"
    r"|(?<![a-z])(?:under|less than|fewer than|below|younger than)"
)
_CASE_LEAST = (
    r"(?<![不未没有])(?:超过|超出|超)|大于|高于|多于|长于|晚于|满|达到?"
    r"|(?<![a-z])(?:more than|over|above|exceed(?:s|ing)?|since|older than)"
)
_BEFORE = re.compile(
    rf"(?:(?P<most>{_STATES_MOST})|(?P<least>{_STATES_LEAST}))[^\d，。；,;.!?]{{0,10}}$"
    rf"|(?:(?P<case_most>{_CASE_MOST})|(?P<case_least>{_CASE_LEAST}))(?: |[了为是：:]){{0,2}}$"
)
_AFTER = re.compile(
    r"[ ]?(?:(?P<most>(?:之|及|或)?(?:以内|以下|之内|内|封顶|为[限止])"
    r"|(?:or|and) (?:less|fewer|below|under|earlier)|max(?:imum)?(?![a-z])|at most)"
    r"|(?P<least>(?:之|及|或)?(?:以上|更[多久高])|起(?!见|诉|草|送)"
    r"|(?:or|and) (?:more|above|over|up|later|older)|min(?:imum)?(?![a-z])|at least)"
    r"|(?P<ahead>之?前|以前)|(?P<behind>之?后|以后|开始))"
)
_AHEAD = re.compile(r" (?:before|ahead|prior|in advance|earlier)(?![a-z])")
_EARLY = re.compile(r"[早晚迟]|earl|late")
_MOMENTS = frozenset({"time", "date"})


@dataclass(frozen=True, slots=True)
class End:
    """Which end of what is allowed a fact is, and where the words stand that make it so."""

    bound: Bound
    start: int
    end: int
    states: bool = True
    """Whether the words set the bound, or only tell one case from another: 超过3米的部分."""


def end_of(text: str, fact: Fact) -> End | None:
    """Return which end the words around a fact of the text make it, None where they do not."""
    flat = folded(text)
    if len(flat) != len(text):  # then places would not agree
        flat = text.lower()
    after = _AFTER.match(flat, fact.end)
    if after is not None:
        end = after.end()
        if after["ahead"]:  # 16点前 is the latest time, 取车24小时前 the least distance
            return End("most" if fact.kind in _MOMENTS else "least", fact.start, end)
        return End("most" if after["most"] else "least", fact.start, end)
    first = max(0, fact.start - _REACH)
    before = _BEFORE.search(flat[first : fact.start])
    if before is None or (fact.kind == "duration" and _early(before[0], flat, fact.end)):
        return None  # 最早提前14天 is the most, 最早14天后 the least
    bound: Bound = "most" if before["most"] or before["case_most"] else "least"
    states = bool(before["most"] or before["least"])
    return End(bound, first + before.start(), fact.end, states)


def _early(before: str, text: str, end: int) -> bool:
    """Whether a length is one of lead time, of which up to 1 day before is at least 1 day."""
    return _EARLY.search(before) is not None or _AHEAD.match(text, end) is not None


@lru_cache(maxsize=_KEPT)
def ends_of(source: str) -> tuple[End | None, ...]:
    """Return the ends that a source's facts are, in their order."""
    return tuple(end_of(source, fact) for fact in facts_of(source))
