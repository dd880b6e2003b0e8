"""Times of day, in hours from midnight."""

import re

from assist.text.amounts.form import Form, Reading
from assist.text.amounts.numerals import HAN_NUMBER, TO, read_number

_SMALL = rf"(?:(?<![\d.a-z])\d{{1,2}}(?!\d)|{HAN_NUMBER})"
_PART = r"(?:凌晨|清晨|早上|早晨|早|上午|中午|午后|下午|傍晚|晚上|晚间|夜间|夜里|晚|夜)"
_CLOCK = (
    rf"(?:{_PART}[ ]?)?(?<![\d.:])\d{{1,2}}:\d\d(?::\d\d)?(?![\d:])"
    r"(?:[ ]?[ap]\.?m\.?(?![a-z]))?"
)
_HAN_CLOCK = (
    rf"(?:(?![早晚]一点(?![钟整半])){_PART}[ ]?{_SMALL}[ ]?[点时]"
    rf"|(?<![\d.])\d{{1,2}}[ ]?时(?![间长效段期差刻数代候])"
    rf"|(?<![早晚快慢多少差好]){_SMALL}[ ]?点(?=[钟整半前后之到至-]|以[前后]|左右|{_SMALL})"
    r"|(?:(?<![\d.])\d{1,2}|(?<![一二三四五六七八九十])(?:[六七八九]|十[一二]?))"
    r"[ ]?点(?![\d建原要说注意如提优好击]))"
    r"(?:[ ]?(?:钟|整|半|一刻|三刻|\d{1,2}分|\d\d(?![\d元块点.:-])|[一二三四五六七八九十]{1,3}分))?"
)
_AM_PM = r"(?<![\d.:])\d{1,2}(?:\.[0-5]\d)?[ ]?[ap]\.?m\.?(?![a-z])"
_IN_THE = (
    r"(?<![\d.:])\d{1,2}(?::\d\d)?(?: o'clock)? (?:in the (?:morning|afternoon|evening)|at night)"
)
_ONE_TIME = rf"(?:{_IN_THE}|{_CLOCK}|{_HAN_CLOCK}|{_AM_PM})"
_SAME_DAY_HOUR = rf"{_SMALL}[ ]?点(?!{_SMALL}|半|一刻|三刻)"
_TIME = re.compile(
    rf"(?P<first>{_ONE_TIME})(?:(?:{TO}|[ ]?until[ ])(?:次日|第二天)?"
    rf"(?P<second>{_ONE_TIME}|{_SAME_DAY_HOUR}))?"
    rf"|(?P<bare>(?:{_PART}[ ]?)?(?<![\d.:])\d{{1,2}}){TO}(?P<last>{_HAN_CLOCK}|{_AM_PM}|{_CLOCK})"
)
_ALWAYS = re.compile(
    r"(?<!\d)7[ ]?天?[ ]?[×x*✕]?[ ]?24[ ]?个?小时|(?<!\d)7[ ]?[×x*✕][ ]?24(?!\d)"
    r"|(?<!\d)24[ ]?[×x*/✕][ ]?7(?!\d)|全天候|全天[ ]?24[ ]?小时"
    r"|24[ ]?小时(?=在线|服务|客服|人工|热线|营业|值守|不间断|开放|开门|都?开着|供应|运行|自助)"
    r"|24[ -]hour(?= (?:hotline|service|support))"
)
_NAMED_HOUR = re.compile(
    r"(?<![a-z])(?:(?P<noon>noon|midday)|midnight)(?![a-z])|(?P<mid>正午)|午夜"
    r"|(?P<zero>零点)(?![\d一二三四五六七八九])"
)
_PIECES = re.compile(
    rf"(?P<part>{_PART})?[ ]?(?P<hour>\d{{1,2}}|[零〇一二两三四五六七八九十]{{1,3}})[ ]?[点时:.]?"
    r"[ ]?(?:(?P<half>半)|(?P<quarter>一刻)|(?P<three>三刻)"
    r"|(?P<minute>[\d一二三四五六七八九十]{1,3})分?)?"
    r"(?::\d\d)?[钟整]?[ ]?(?P<half_day>[ap](?!t)|(?:o'clock )?(?:in the [mae]|at n))?"
)
_AT_NIGHT = frozenset(("凌晨", "晚", "晚上", "晚间", "夜间", "夜里", "夜"))
_HALF_DAY = re.compile(rf"{_PART}|[ap]\.?m|in the|at night")
_ALONE = re.compile(rf"(?:{HAN_NUMBER}|\d{{1,2}})[ ]?点")
_AFTERNOON = re.compile(r"中午|午后|下午|傍晚|晚|夜|p\.?m|afternoon|evening|night")


def _hour(written: str, other: str = "") -> float | None:
    """Return a time in hours; a lone part of the day counts for both ends of a range."""
    match = _PIECES.match(written)
    hour = read_number(match["hour"]) if match else None
    if match is None or hour is None or hour[0] > 24:
        return None
    minutes = 30.0 if match["half"] else 15.0 if match["quarter"] else 45.0 if match["three"] else 0
    if match["minute"]:
        read = read_number(match["minute"].lstrip("0") or "0")
        minutes = read[0] if read else 0
    value = hour[0]
    part, half_day = match["part"] or "", match["half_day"] or other
    if " " in half_day:
        half_day = "a" if half_day[-1] == "m" else "p"
    if (_AFTERNOON.search(part) or half_day == "p") and 0 < value < 12:
        value += 12 if not (part == "中午" and value > 9) and part not in {"夜", "夜里"} else 0
    if value == 12 and (half_day == "a" or part in _AT_NIGHT):
        value = 0 if half_day == "a" or part == "凌晨" else 24
    return value + minutes / 60


def _read_time(match: re.Match[str]) -> Reading | None:
    begin, end = match["first"] or match["bare"], match["last"] or match["second"]
    first = _hour(begin)
    last = _hour(end) if end else first
    if first is None or last is None:
        return None
    if re.match(_PART, begin) and last < first < last + 12:
        last += 12  # 晚上8点到9点: the part of the day counts for both
    elif end and not _HALF_DAY.search(begin) and in_afternoon(end) and first + 12 <= last:
        first += 12  # 6:30 to 8 pm
    return Reading(kind="time", low=first, high=last, unit="o'clock")


def in_afternoon(written: str) -> bool:
    """Whether a time of day is said to be after noon."""
    return _AFTERNOON.search(written) is not None


def carried(reading: Reading, written: str, evening: float) -> Reading:
    """Return a time with the part of the day of an earlier one after noon.

    In 晚上八点以后禁食，十点以后禁水 the second is 22:00: the clock goes on.
    """
    hour = reading.low + 12
    if reading.low != reading.high or not _ALONE.match(written) or not evening <= hour < 24:
        return reading
    return Reading(kind="time", low=hour, high=hour, unit=reading.unit)


def _read_always(match: re.Match[str]) -> Reading:
    return Reading(kind="time", low=0, high=24, unit="o'clock")


def _read_named_hour(match: re.Match[str]) -> Reading:
    hour = 12 if match["noon"] or match["mid"] else 0 if match["zero"] else 24
    return Reading(kind="time", low=hour, high=hour, unit="o'clock")


# Quarter past three, ten to five.
_PAST = re.compile(
    r"(?<![a-z])(?:(?P<part>half|(?:a )?quarter|twenty-five|twenty|ten|five|\d{1,2}) past"
    r"|(?P<before>(?:a )?quarter"
    r"|(?:(?<=at )|(?<=by )|(?<=until ))(?:twenty-five|twenty|ten|five)) to) "
    r"(?P<hour>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
    r"(?![\da-z%:])"
    r"(?:[ ]?(?P<half>[ap])\.?m\.?(?![a-z]))?|(?<![\d.:])(?P<full>\d{1,2}|[a-z]+) o'clock"
)

_MINUTES = {"half": 30, "quarter": 15, "twenty-five": 25, "twenty": 20, "ten": 10, "five": 5}


def _read_past(match: re.Match[str]) -> Reading | None:
    hour = read_number(match["full"] or match["hour"])
    if hour is None or not 1 <= hour[0] <= 24:
        return None
    written = (match["part"] or match["before"] or "").removeprefix("a ")
    minutes = _MINUTES.get(written) or float(written or 0)
    value = hour[0] + (-minutes if match["before"] else minutes) / 60
    value += 12 if match["half"] == "p" and value < 12 else 0
    return Reading(kind="time", low=value, high=value, unit="o'clock")


PAST = Form(pattern=_PAST, read=_read_past, needs=("past", " to ", "o'clock"))
ALWAYS = Form(pattern=_ALWAYS, read=_read_always, needs=("24", "全天"))
TIME = Form(
    pattern=_TIME,
    read=_read_time,
    needs=("点", "时", ":", "am", "pm", "a.m", "p.m", "in the", "at night"),
)
NAMED_HOUR = Form(
    pattern=_NAMED_HOUR, read=_read_named_hour, needs=("noon", "mid", "正午", "午夜", "零点")
)
