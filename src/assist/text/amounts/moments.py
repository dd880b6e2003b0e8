"""Dates, days of the month or week, and days counted from an event."""

import re

from assist.text.amounts.clock import ALWAYS, NAMED_HOUR, PAST, TIME
from assist.text.amounts.form import Form, Reading
from assist.text.amounts.numerals import HAN_NUMBER, TO, read_number

_SMALL = rf"(?:(?<![\d.a-z])\d{{1,2}}(?!\d)|{HAN_NUMBER})"
_YEAR = r"(?:(?<!\d)(?:19|20)\d\d|[一二][〇零九][〇零一二三四五六七八九]{2})"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAME = (
    r"(?<![a-z])(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?(?![a-z])\.?"
)
_DAY_UNIT = r"[日号]"

# -- dates: YYYYMMDD, MMDD without a year, the day alone for "every 3rd" ---------------------------

_FULL = re.compile(
    r"(?<![\d.])(?P<y>(?:19|20)\d\d)(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?![\d.])"
)
_HAN = re.compile(
    rf"(?:(?P<y>{_YEAR})[ ]?年[ ]?)?(?P<m>{_SMALL})[ ]?月(?:份[ ]?)?"
    rf"(?:[ ]?(?P<d>{_SMALL})[ ]?(?:{_DAY_UNIT}|(?={TO}\d{{1,2}}[ ]?[月日号])))"
    rf"(?:{TO}(?:(?P<m2>{_SMALL})[ ]?月[ ]?)?(?P<d2>{_SMALL})[ ]?{_DAY_UNIT})?"
)
_MONTH_OF = re.compile(
    rf"(?:(?P<y>{_YEAR})[ ]?年[ ]?)(?:(?P<m>{_SMALL})[ ]?月)?"
    rf"|(?P<only>{_SMALL})(?<![俩仨])[ ]?月份?(?!内|以内|龄)"
)
_ENGLISH = re.compile(
    rf"(?:{_MONTH_NAME} (?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)"
    rf"|(?<!\d)(?P<d0>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_MONTH_NAME.replace('name', 'name0')})"
    r"(?:,? (?P<y>(?:19|20)\d\d))?"
)
_MONTH_DAY = re.compile(
    rf"(?<![起满超过达期共])(?P<d>{_SMALL})(?:{TO}(?P<d2>{_SMALL}))?[ ]?"
    r"(?:日(?!之?以?内|无理由|游|元|语|本|常|[ ]?[\d一二两三四]{1,2}[ ]?[次餐顿])"
    r"|号(?![楼线店馆机门厅院房室座位码仓库桌台柜窗铺车桩井塔岛路馆坑键令口]))"
    r"|(?<=每月)[ ]?(?P<each>" + _SMALL + r")[ ]?[日号]"
    r"|(?<=the )(?P<nth>\d{1,2})(?:st|nd|rd|th)(?![a-z])"
)
_EDGES = re.compile(
    r"(?P<end>月底|月末|末日|(?<=月)的?最后一[天日]|end of (?:the|each) month)|(?P<start>月初)"
)


def _number(written: str | None) -> int | None:
    value = read_number(written) if written else None
    return int(value[0]) if value else None


def _date(low: float, high: float, unit: str) -> Reading:
    return Reading(kind="date", low=low, high=high, unit=unit)


def _read_full(match: re.Match[str]) -> Reading | None:
    return _calendar_day(int(match["y"]), int(match["m"]), int(match["d"]))


def _calendar_day(year: int | None, month: int | None, day: int | None) -> Reading | None:
    if month is None or day is None or not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    value = (year or 0) * 10_000 + month * 100 + day
    return _date(value, value, "date" if year else "yearday")


def _read_han(match: re.Match[str]) -> Reading | None:
    year, month = _number(match["y"]), _number(match["m"])
    first = _calendar_day(year, month, _number(match["d"]))
    if first is None or not match["d2"]:
        return first
    last = _calendar_day(year, _number(match["m2"]) or month, _number(match["d2"]))
    return _date(first.low, last.low, first.unit) if last else first


def _read_month(match: re.Match[str]) -> Reading | None:
    year, month = _number(match["y"]), _number(match["m"] or match["only"])
    if month is None:
        return _date(year, year, "year") if year else None
    if not 1 <= month <= 12:
        return None
    value = (year or 0) * 100 + month
    return _date(value, value, "year and month" if year else "month")


def _read_english(match: re.Match[str]) -> Reading | None:
    month = _MONTHS.index(match["name"] or match["name0"]) + 1
    return _calendar_day(_number(match["y"]), month, _number(match["d"] or match["d0"]))


def _read_month_day(match: re.Match[str]) -> Reading | None:
    low = _number(match["d"] or match["each"] or match["nth"])
    high = _number(match["d2"]) or low
    if low is None or high is None or not 1 <= low <= high <= 31:
        return None
    return _date(low, high, "day of month")


def _read_edge(match: re.Match[str]) -> Reading:
    day = 31 if match["end"] else 1
    return _date(day, day, "day of month")


# -- days of the week, and days and months counted from an event ---------------------------------

_DAY_NAME = r"(?:mon|tue|wed|thu|fri|sat|sun)"
_DAY_ENDING = r"(?:s|nes|rs|ur)?days?"
# Sat and sun are other words too, unless they stand in a range.
_DAY_REST = rf"(?:{_DAY_ENDING}|(?<!sat)(?<!sun)(?:s|rs?)?(?![a-z'])|(?={TO}{_DAY_NAME}))(?![a-z])"
_WEEKDAY = re.compile(
    rf"(?:周|星期|礼拜)(?P<low>[一二三四五六日天末])(?![次个条张遍年])"
    rf"(?:{TO}(?:周|星期|礼拜)?(?P<high>[一二三四五六日天]))?(?![次个条张遍年])"
    r"|(?<![a-z])(?P<part>week(?:day|end))s?(?![a-z])"
    rf"|(?<![a-z])(?P<name>{_DAY_NAME}){_DAY_REST}"
    rf"(?:{TO}(?P<name2>{_DAY_NAME})(?:{_DAY_ENDING})?(?![a-z]))?"
)
_WEEK = {day: place for place, day in enumerate("一二三四五六日", start=1)} | {"天": 7, "末": 6}
_ENGLISH_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# 周二、四: the days after the first.
_LISTED_DAY = re.compile(
    r"(?<=[一二三四五六][、/和及])(?P<low>[一二三四五六日天])(?![川季年月个次楼层号人位张])"
)
_LIST_OF_DAYS = re.compile(r"(?:周|星期|礼拜)[一二三四五六](?:[、/和及][一二三四五六])*[、/和及]$")
_LATER_DAY = re.compile(
    r"(?P<same>当[天日]|即日|same[ -]day)|(?P<two>后天|(?:the )?day after tomorrow)"
    r"|(?P<next>[次隔翌][日天]|明[天日]|next[ -](?:business[ -]|working[ -])?day|following day"
    r"|day after|tomorrow)"
)
_LATER_MONTH = re.compile(
    r"(?P<same>当月|本月|this month)|(?P<next>次月|下个?月|隔月|next month|following month)"
)


def _read_weekday(match: re.Match[str]) -> Reading:
    if match["part"]:
        return _date(1, 5, "weekday") if match["part"] == "weekday" else _date(6, 7, "weekday")
    if match["name"]:
        low = _ENGLISH_WEEK.index(match["name"]) + 1
        high = _ENGLISH_WEEK.index(match["name2"]) + 1 if match["name2"] else low
        return _date(low, high, "weekday")
    low = _WEEK[match["low"]]
    high = _WEEK[match["high"]] if match["high"] else 7 if match["low"] == "末" else low
    return _date(low, high, "weekday")


def _read_listed_day(match: re.Match[str]) -> Reading | None:
    before = match.string[max(0, match.start() - 16) : match.start()]
    if not _LIST_OF_DAYS.search(before):
        return None
    day = _WEEK[match["low"]]
    return _date(day, day, "weekday")


def _read_later_day(match: re.Match[str]) -> Reading:
    days = 0 if match["same"] else 2 if match["two"] else 1
    return _date(days, days, "days later")


def _read_later_month(match: re.Match[str]) -> Reading:
    months = 0 if match["same"] else 1
    return _date(months, months, "months later")


MOMENTS = (
    ALWAYS,
    Form(pattern=_FULL, read=_read_full, needs=("-", "/", ".")),
    Form(pattern=_HAN, read=_read_han, needs=("月",)),
    Form(
        pattern=_ENGLISH,
        read=_read_english,
        needs=("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
    ),
    TIME,
    PAST,
    NAMED_HOUR,
    Form(pattern=_MONTH_OF, read=_read_month, needs=("年", "月")),
    Form(pattern=_LATER_DAY, read=_read_later_day, needs=("天", "日", "day", "tomorrow")),
    Form(pattern=_LATER_MONTH, read=_read_later_month, needs=("月", "month")),
    Form(pattern=_EDGES, read=_read_edge, needs=("月", "末日", "最后一", "end")),
    Form(pattern=_MONTH_DAY, read=_read_month_day, needs=("日", "号", "st", "nd", "rd", "th")),
    Form(pattern=_LISTED_DAY, read=_read_listed_day, needs=("周", "星期", "礼拜")),
    Form(
        pattern=_WEEKDAY,
        read=_read_weekday,
        needs=("周", "星期", "礼拜", "day", "week", "mon", "tue", "wed", "thu", "fri"),
    ),
)
