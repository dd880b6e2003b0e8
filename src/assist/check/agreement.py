"""Whether a fact of a source bears out a fact of a draft, and how the two are said."""

import re
from collections.abc import Sequence
from functools import lru_cache
from math import isclose, isfinite

from assist.check.bounds import Bound
from assist.text.amounts.durations import MONTH_HOURS
from assist.text.amounts.numerals import NUMBER, read_number
from assist.text.facts import Fact, agrees
from assist.text.normalise import fold

# 50M is a speed or a size, 6位 are people or digits.
_KEPT = 4096
_TWO_READINGS = ({"MB", "Mbps"}, {"person", "digit"}, {"°C", "kWh"}, {"floor", "level"})
_WRITTEN = re.compile(NUMBER)
_DATA = re.compile(r"(\d(?:\.\d)?)g")
_HOUR_ALONE = re.compile(r"[\d一二两三四五六七八九十]+ ?点[钟整半]?")
_HALF_DAY = re.compile(r"[午晚早夜晨:]|[ap]\.?m")
_SCALED = frozenset({"m", "kg", "MB", "l", "W"})
"""What 800 of 800公里 is not kept as."""
_SPANS = frozenset({"duration", "money", "percent", "count"})
_THIRTY_DAYS = 30 * 24
_NOON = 12
# A denial, or what is one in the matter of paying.
_DENIES = re.compile(
    r"[不没无非未勿免]|禁止|谢绝|拒绝|除外|包邮"
    r"|(?<![a-z])(?:not?|never|without|cannot|unable|free|non|except|exclud\w*|neither|nor)(?![a-z])"
    r"|n't(?![a-z])"
)
# These deny nothing: 不超过3天 and 非常, 无理由退货, 未来.
_HARMLESS = re.compile(
    r"不(?:得|能|会)?(?:超过|高于|多于|大于|少于|低于|小于|短于|同|仅|但|过|好意思|限|便)|非常|无理由|未来|未成年|无线|无论|无忧|没关系|不客气|不锈钢|不仅|免费?(?=为)"
    r"|(?<![a-z])no (?:more|less|fewer|later|longer|problem)(?![a-z])|not exceed\w*|final"
)


def bears_out(mine: Fact, bound: Bound | None, told: Fact) -> bool:
    """Whether the source's fact says what the draft's does.

    Stricter than ``agrees``: of 3-5天 a draft may not make 4天 or 3天, but 最快3天 and 5天内. And
    looser: as customers and agents reckon, three months are 90 days and 减20% is 八折.
    """
    if _loosely_said(mine, told):
        return True
    if mine.kind != told.kind and mine.unit and told.unit:
        return False
    if not agrees(mine, told):
        return False
    if mine.kind not in _SPANS or mine.unit != told.unit:
        return True
    if _single(mine) == _single(told):
        return True
    if _single(told):
        return False
    end = {"most": told.high, "least": told.low}.get(bound or "")
    return end is not None and isclose(mine.low, end, rel_tol=1e-6)


def asked_of(fact: Fact, asked: Fact) -> bool:
    """Whether the customer named the value; 5G in a question is also 5GHz."""
    if asked.kind == "code" and fold(fact.text).startswith(asked.unit):
        return True
    if not _single(fact) and _single(asked):  # 46岁 is asked of, 9至50岁 told
        return False
    if agrees(fact, asked) or fact.kind == "duration":
        return agrees(fact, asked) or _same_months(fact, asked)
    return _loosely_said(fact, asked) or _loosely_said(asked, fact)


def _loosely_said(mine: Fact, told: Fact) -> bool:
    """Whether people say the source's fact as the draft does, though ``agrees`` does not."""
    units = {mine.unit, told.unit}
    if mine.kind == "count" and units in _TWO_READINGS:
        return (mine.low, mine.high) == (told.low, told.high)
    if mine.kind == "count" and not mine.unit and told.kind == "time":  # between 10 and 4
        return mine.low <= _NOON and mine.low % 12 in {told.low % 12, told.high % 12}
    if mine.kind == "count" and not mine.unit and (told.kind == "duration" or told.unit in _SCALED):
        return mine.low == mine.high == written(told)  # 22 hours, or 30
    if mine.kind == "count" and not mine.unit and told.unit == "day of month":  # 3号 is a house too
        return (mine.low, mine.high) == (told.low, told.high)
    if {mine.kind, told.kind} == {"code", "count"}:  # 5G has two readings too
        data = [_DATA.fullmatch(fold(fact.text)) for fact in (mine, told)]
        return all(data) and fold(mine.text) == fold(told.text)
    if mine.kind == "date" == told.kind:
        return _in_month(mine, told) or _of_that_month(mine, told)
    if mine.kind == told.kind == "time":
        return _same_hour(mine, told)
    return _same_months(mine, told) or _same_share(mine, told) or _same_days(mine, told)


def _same_hour(mine: Fact, told: Fact) -> bool:
    """Whether the hours are the same where the draft leaves the part of the day out."""
    if _single(mine) and _single(told):
        alone = _HOUR_ALONE.fullmatch(mine.text) is not None  # 六点 may be 18:00; 零点 is 24点
        return mine.low % 24 == told.low % 24 or (alone and mine.low + _NOON == told.low)
    if _HALF_DAY.search(mine.text):
        return False
    return (mine.low + _NOON, mine.high + _NOON) == (told.low, told.high)  # 两点半到五点


def _same_days(mine: Fact, told: Fact) -> bool:
    """Whether one is so many days and the other written like a date: 1到3天 and 前1至3日."""
    length, date = (mine, told) if mine.kind == "duration" else (told, mine)
    if written(length) != date.low:  # 24小时 is no 1日
        return False
    return (length.unit, date.unit) == ("hour", "day of month") and (date.low, date.high) == (
        length.low / 24,
        length.high / 24,
    )


def _in_month(mine: Fact, told: Fact) -> bool:
    """Whether the draft names the month of the source's day."""
    month = mine.unit == "month" and told.unit in {"yearday", "date"}
    whole = mine.unit == "year and month" and told.unit == "date"
    return (month and told.low // 100 % 100 == mine.low) or (whole and told.low // 100 == mine.low)


def _of_that_month(mine: Fact, told: Fact) -> bool:
    """Whether the draft has the source's day without its month, as in 5月1日到7日."""
    dated = mine.unit == "day of month" and told.unit in {"yearday", "date"}
    return dated and _single(mine) and mine.low in {told.low % 100, told.high % 100}


def joins(mine: Fact, told: Sequence[Fact]) -> bool:
    """Whether a range has both its ends among these facts: 10-50元 and 最低10元，最高50元.

    What is left of a day before its break begins with the day and ends with the break's beginning.
    """
    if _single(mine):
        return False
    same = [fact for fact in told if fact.kind == mine.kind and fact.unit == mine.unit]
    first, last = {fact.low for fact in same}, {fact.high for fact in same}
    if mine.kind == "time":
        first = last = first | last
    return any(isclose(mine.low, low) for low in first) and any(
        isclose(mine.high, high) for high in last
    )


@lru_cache(maxsize=_KEPT)
def written(fact: Fact) -> float:
    """Return the number as it stands with its unit: 30 of 30 hours, 100 of 100毫升."""
    match = _WRITTEN.search(fold(fact.text))
    value = read_number(match[0]) if match else None
    return value[0] if value else fact.low


def denies(clause: str) -> bool:
    """Whether a folded clause denies something; that it is free denies a charge."""
    return _DENIES.search(_HARMLESS.sub("", clause)) is not None


def _single(fact: Fact) -> bool:
    return fact.low == fact.high


def _same_months(mine: Fact, told: Fact) -> bool:
    """Whether one is n months and the other 30 n days."""
    if mine.kind != "duration" or not mine.unit == told.unit == "hour":
        return False
    if not (_single(mine) and isfinite(mine.low) and isfinite(told.high)):
        return False
    return any(
        round(months / MONTH_HOURS) == round(days / _THIRTY_DAYS, 6)
        and isclose(months, MONTH_HOURS * round(months / MONTH_HOURS))
        for end in {told.low, told.high}
        for months, days in ((mine.low, end), (end, mine.low))
    )


def _same_share(mine: Fact, told: Fact) -> bool:
    if mine.kind == "count" and not mine.unit and told.kind == "percent":  # × 0.9
        return mine.low == mine.high < 1 and isclose(100 * mine.low, told.low)
    if (
        mine.kind != "percent"
        or {mine.unit, told.unit} != {"discount", "%"}
        or not (_single(mine) and _single(told))
    ):
        return False
    return isclose(mine.low, 100 - told.low) or isclose(mine.low, told.low)
