"""Lengths of time, in hours or in working days."""

import re
from functools import cache
from math import inf

from assist.text.amounts.form import Form, Reading, amount, read_amount
from assist.text.amounts.numerals import NUMBER, TO, read_number

MONTH_HOURS = 365 * 24 / 12
_HOURS = (
    (1 / 3600, r"秒钟?|seconds?|secs?|s"),
    (1 / 60, r"分钟?|minutes?|mins?"),
    (0.25, r"刻钟"),
    (1.0, r"个?小时|个?钟头|hours?|hrs?|h"),
    (24.0, r"天|日|个?自然日|个?日历日|(?:calendar )?days?"),
    (168.0, r"个?星期|个?礼拜|周|weeks?"),
    (336.0, r"fortnights?"),
    (MONTH_HOURS, r"个?月龄?|months?"),
    (3 * MONTH_HOURS, r"个季度|quarters?"),
    (12 * MONTH_HOURS, r"年|years?|yrs?"),
)
_WORKDAY = r"个?(?:工作日|交易日)|(?:business|working) days?|workdays?"
_TIME_UNIT = (
    rf"(?:{_WORKDAY}|个?自然日|个?日历日|秒钟?|分钟|刻钟|个?小时|个?钟头|天|日(?=之?以?内|无理由|游)"
    r"|个?星期|个?礼拜|周(?![年岁一二三四五六日末转长边])|个?月龄|个月|(?:(?<=[俩仨])|(?=之?以?内|期))月|个季度"
    r"|年(?![级代纪度份款底初末])|(?:calendar )?days?(?![a-z])"
    r"|(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|weeks?|fortnights?|months?|quarters?|years?|yrs?)"
    r"(?![a-z]|[ -]old)"
    r"|[sh](?![a-z0-9]))"
)
_HALF_UNIT = r"(?:个?小时|个?钟头|天|日(?![常期子历])|个?月|年|个?星期|周|个?工作日)"
_DURATION = re.compile(amount(_TIME_UNIT))
_HALVES = re.compile(
    rf"(?P<whole>{NUMBER})[ ]?个?半(?P<unit>小时|钟头|月|星期|工作日)"
    rf"|(?P<before>{NUMBER})[ ]?(?P<half_unit>{_HALF_UNIT})半(?![年天小月周个])"
    # 前半年 and 上半月 are parts of a calendar, 提前半天 and 后半小时 are lengths.
    rf"|(?<![一大多])(?:(?<![前后上下])|(?<=提前)|(?=半个?[小钟工星]))半(?P<just>{_HALF_UNIT})"
    r"|half (?:an? )?(?P<english>hour|day|week|month|year)(?![a-z])"
    rf"|(?P<count>{NUMBER}) and a half (?P<counted>hour|day|week|month|year)s?(?![a-z])"
    r"|(?<![a-z])(?:an?|one) (?P<after>hour|day|week|month|year) and a half(?![a-z])"
)
_LADDER = re.compile(
    rf"(?P<first>{NUMBER})[ ]?(?P<first_unit>{_TIME_UNIT})(?:零|又| and |, | )?"
    rf"(?P<second>{NUMBER})[ ]?(?P<second_unit>分钟?|{_TIME_UNIT})(?![之期])"
)
# "15日" behind these words is a length; elsewhere, as in 每月15日, a date.
_DAYS = re.compile(rf"(?<=[起满超过达期共])(?P<days>{NUMBER})日")
# The 20th day after an event ends the same length of time as 20 days after it.
_NTH = re.compile(
    r"第[ ]?(?P<nth>\d{1,3}|(?:[一二三四五六七八九]?十)?[一二三四五六七八九]|[二三四五六七八九]?十)"
    r"[ ]?(?P<nth_unit>个?工作日|个?自然日|天|日|个月|年)(?<!第[二2]天)"
)
_WITHOUT_END = re.compile(
    r"(?:永久|终身|长期|无限期|永远)(?:地|都)?"
    r"(?=有效|保修|质保|免费|使用|观看|收看|查看|回看|保存|保留|享)"
    r"|(?<![a-z])(?:lifetime(?= (?:warranty|access|guarantee))|forever(?![a-z]))"
)
_ENGLISH_ONE = re.compile(
    r"(?<![a-z])(?:with)?(?:in|after|for|takes?|lasts?|under|up to|about|at least|at most) "
    r"(?P<one>(?:an?|one) (?:full )?(?P<one_unit>hour|day|week|fortnight|month|year))"
    r"(?![a-z]| and a half)"
)
# 半年到一年, for NUMBER has no half.
_FROM_HALF = re.compile(
    rf"半(?P<half>年|个?月|天|个?小时){TO}(?P<high>{NUMBER})(?P<unit>{_TIME_UNIT})"
)
# 按季 is every three months.
_QUARTERLY = re.compile(
    r"(?<=[每按])一?季(?:度|(?=[缴交付收结]))|季付(?!费)|(?<![a-z])quarterly(?![a-z])"
)
_VAGUE_ONE = re.compile(r"(?:[有某每那这同哪换改隔]|最后)$")


@cache
def _hours(unit: str) -> tuple[float, str]:
    """Return how many of the compared unit one of ``unit`` is, and the compared unit."""
    if re.fullmatch(_WORKDAY, unit):
        return 1.0, "workday"
    return next(hours for hours, form in _HOURS if re.fullmatch(form, unit)), "hour"


def _read_duration(match: re.Match[str]) -> Reading | None:
    ends = read_amount(match)
    if ends is None:
        return None
    if match["only"] == "一" and _VAGUE_ONE.search(match.string, 0, match.start()):
        return None  # 有一天, 每一年: no length is meant
    year = match["only"] or match["high"]
    if ends[1][1] == "年" and re.fullmatch(r"(?:19|20)\d\d|[一二][九〇零]..", year):
        return None
    (low, low_unit), (high, high_unit) = ends
    low_scale, unit = _hours(low_unit)
    high_scale, high_name = _hours(high_unit)
    if unit != high_name:
        return None
    return Reading(kind="duration", low=low * low_scale, high=high * high_scale, unit=unit)


def _read_halves(match: re.Match[str]) -> Reading | None:
    written = match["whole"] or match["before"] or match["count"]
    value = read_number(written) if written else (1.0, 1.0) if match["after"] else (0.0, 0.0)
    unit = next(
        match[name]
        for name in ("unit", "half_unit", "just", "english", "counted", "after")
        if match[name]
    )
    if value is None:
        return None
    scale, name = _hours(unit)
    hours = (value[0] + 0.5) * scale
    return Reading(kind="duration", low=hours, high=hours, unit=name)


def _read_from_half(match: re.Match[str]) -> Reading | None:
    high = read_number(match["high"])
    low_scale, name = _hours(match["half"])
    high_scale, unit = _hours(match["unit"])
    if high is None or unit != name:
        return None
    return Reading(kind="duration", low=low_scale / 2, high=high[1] * high_scale, unit=unit)


def _read_ladder(match: re.Match[str]) -> Reading | None:
    first, second = read_number(match["first"]), read_number(match["second"])
    large, name = _hours(match["first_unit"])
    small, other = _hours(match["second_unit"])
    if first is None or second is None or name != other or large <= small:
        return None
    low, high = (a * large + b * small for a, b in zip(first, second, strict=True))
    return Reading(kind="duration", low=low, high=high, unit=name)


def _read_days(match: re.Match[str]) -> Reading | None:
    days = read_number(match["days"])
    if days is None:
        return None
    return Reading(kind="duration", low=24 * days[0], high=24 * days[1], unit="hour")


def _read_nth(match: re.Match[str]) -> Reading | None:
    place = read_number(match["nth"])
    if place is None or place[0] == 1 or (place[0] == 2 and match["nth_unit"] == "年"):
        return None  # 第一个月 is 首月, 第二年 次年
    scale, unit = _hours(match["nth_unit"])
    return Reading(kind="duration", low=scale * place[0], high=scale * place[1], unit=unit)


def _read_without_end(match: re.Match[str]) -> Reading:
    return Reading(kind="duration", low=inf, high=inf, unit="hour")


def _read_quarterly(_: re.Match[str]) -> Reading:
    return Reading(kind="duration", low=3 * MONTH_HOURS, high=3 * MONTH_HOURS, unit="hour")


def _read_english_one(match: re.Match[str]) -> Reading:
    hours, unit = _hours(match["one_unit"])
    return Reading(kind="duration", low=hours, high=hours, unit=unit)


DURATIONS = (
    Form(pattern=_NTH, read=_read_nth, needs=("第",)),
    Form(
        pattern=_WITHOUT_END,
        read=_read_without_end,
        needs=("永", "终身", "长期", "无限", "lifetime", "forever"),
    ),
    Form(pattern=_ENGLISH_ONE, read=_read_english_one, group="one"),
    Form(pattern=_QUARTERLY, read=_read_quarterly, needs=("季", "quarterly")),
    Form(pattern=_DAYS, read=_read_days),
    Form(pattern=_FROM_HALF, read=_read_from_half, needs=("半",)),
    Form(pattern=_HALVES, read=_read_halves, needs=("半", "half")),
    Form(pattern=_LADDER, read=_read_ladder),
    Form(pattern=_DURATION, read=_read_duration),
)
