"""Lengths of time, in hours or in working days."""

import re

from assist.text.amounts.form import Form, Reading, amount, read_amount
from assist.text.amounts.numerals import NUMBER, read_number

_MONTH = 365 * 24 / 12
_HOURS = (
    (1 / 3600, r"秒钟?|seconds?|secs?|s"),
    (1 / 60, r"分钟?|minutes?|mins?"),
    (0.25, r"刻钟"),
    (1.0, r"个?小时|个?钟头|hours?|hrs?|h"),
    (24.0, r"天|日|个?自然日|个?日历日|(?:calendar )?days?"),
    (168.0, r"个?星期|个?礼拜|周|weeks?"),
    (_MONTH, r"个?月|months?"),
    (3 * _MONTH, r"个季度|quarters?"),
    (12 * _MONTH, r"年|years?|yrs?"),
)
_WORKDAY = r"个?(?:工作日|交易日)|(?:business|working) days?|workdays?"
_TIME_UNIT = (
    rf"(?:{_WORKDAY}|个?自然日|个?日历日|秒钟?|分钟|刻钟|个?小时|个?钟头|天|日(?=之?以?内|无理由|游)"
    r"|个?星期|个?礼拜|周(?![年岁一二三四五六日末转长边])|个月|月(?=之?以?内|期)|个季度"
    r"|年(?![级代纪度份款底初末])|(?:calendar )?days?(?![a-z])"
    r"|(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|weeks?|months?|quarters?|years?|yrs?)(?![a-z])"
    r"|[sh](?![a-z0-9]))"
)
_HALF_UNIT = r"(?:个?小时|个?钟头|天|个?月|年|个?星期|周|个?工作日)"
_DURATION = re.compile(amount(_TIME_UNIT))
_HALVES = re.compile(
    rf"(?P<whole>{NUMBER})[ ]?个?半(?P<unit>小时|钟头|月|星期|工作日)"
    rf"|(?P<before>{NUMBER})[ ]?(?P<half_unit>{_HALF_UNIT})半(?![年天小月周个])"
    rf"|(?<![一大多前后上下])半(?P<just>{_HALF_UNIT})"
    r"|half (?:an? )?(?P<english>hour|day|week|month|year)(?![a-z])"
)
_LADDER = re.compile(
    rf"(?P<first>{NUMBER})[ ]?(?P<first_unit>{_TIME_UNIT})(?:零|又| and |, | )?"
    rf"(?P<second>{NUMBER})[ ]?(?P<second_unit>分钟?|{_TIME_UNIT})(?![之期])"
)
# "15日" behind these words is a length; elsewhere, as in 每月15日, a date.
_DAYS = re.compile(rf"(?<=[起满超过达期共])(?P<days>{NUMBER})日")
_VAGUE_ONE = re.compile(r"[有某每那这同哪]$")


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
    written = match["whole"] or match["before"]
    value = read_number(written) if written else (0.0, 0.0)
    unit = match["unit"] or match["half_unit"] or match["just"] or match["english"]
    if value is None:
        return None
    scale, name = _hours(unit)
    hours = (value[0] + 0.5) * scale
    return Reading(kind="duration", low=hours, high=hours, unit=name)


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


DURATIONS = (
    Form(pattern=_DAYS, read=_read_days),
    Form(pattern=_HALVES, read=_read_halves),
    Form(pattern=_LADDER, read=_read_ladder),
    Form(pattern=_DURATION, read=_read_duration),
)
