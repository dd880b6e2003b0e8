"""Counted and measured things: data, speeds, sizes, pieces, people, times."""

import re

from assist.text.amounts.form import Form, Reading, amount, read_amount
from assist.text.amounts.numerals import read_number

# Each row: the unit that is compared, how many of it one written unit is, the written unit.
# Classifiers of things are one unit, for one writer's 张 is another one's 个.
_UNITS = (
    ("MB", 1024.0 * 1024, r"tb(?![a-z])"),
    ("MB", 1024.0, r"(?:个[ ]?)?gb?(?![a-z/]|ps)(?=$|[^a-z])"),
    ("MB", 1.0, r"mb(?![a-z/])|[m兆][ ]?(?=(?:的)?(?:流量|字节|空间|内存|大小))"),
    ("MB", 1 / 1024, r"kb(?![a-z/])"),
    ("Mbps", 1000.0, r"gbps|gb?/s"),
    ("Mbps", 1.0, r"mbps|m/s|m(?![a-z/\d])|兆(?!帕)"),
    ("Mbps", 8.0, r"mb/s"),
    ("mAh", 1.0, r"mah|毫安时?"),
    ("W", 1000.0, r"kw(?![a-z])|千瓦(?!时)"),
    ("kWh", 1.0, r"kwh(?![a-z])|千瓦时|度电"),
    ("Wh", 1.0, r"wh(?![a-z])|瓦时"),
    ("W", 1.0, r"w(?![a-z])|瓦(?!时)|watts?"),
    ("V", 1.0, r"v(?![a-z])|伏特?"),
    ("A", 1.0, r"a(?![a-z])|安培"),
    ("Hz", 1e9, r"ghz"),
    ("Hz", 1e6, r"mhz"),
    ("Hz", 1.0, r"hz|赫兹?"),
    ("inch", 1.0, r"英寸|寸|inch(?:es)?(?![a-z])|(?<=\.\d)\""),
    ("m2", 1.0, r"平方米?|平米?(?![台均时安常方整坦行面])|m2(?![a-z\d])|square met(?:er|re)s?"),
    ("m3", 1.0, r"立方米?|m3(?![a-z\d])|cubic met(?:er|re)s?"),
    ("m", 1000.0, r"km(?![a-z])|公里|千米|kilomet(?:er|re)s?"),
    ("m", 1.0, r"米(?!粉|饭|线)|met(?:er|re)s?(?![a-z])"),
    ("m", 0.01, r"cm(?![a-z])|厘米|公分"),
    ("m", 0.001, r"mm(?![a-z])|毫米"),
    ("kg", 1.0, r"kg(?![a-z])|公斤|千克|kilos?(?![a-z])"),
    ("kg", 0.5, r"斤"),
    ("kg", 0.001, r"克(?!服|制|隆)|grams?(?![a-z])"),
    ("kg", 1000.0, r"吨(?!位)"),
    ("l", 1.0, r"l(?![a-z])|升(?!级|档|为|至|值|舱|到)|lit(?:er|re)s?(?![a-z])"),
    ("l", 0.001, r"ml(?![a-z])|毫升"),
    ("pixel", 1.0, r"像素|pixels?(?![a-z])"),
    ("°C", 1.0, r"°c|摄氏度|度(?![假过数量日夜身冬蜜])|degrees?(?![a-z])"),
    ("point", 1.0, r"积分|(?<=\d{3})分(?![钟期之类])|分(?=以上|以下|即可|可[兑抵])"
     r"|points?(?![a-z])"),
    ("time", 1.0, r"[次遍回趟](?!性|日|元|数|级|品|月|要|复|答|电)|times?(?![a-z])"),
    ("person", 1.0, r"(?:个?人|[名户])(?!工|员|为|下|称|单|民|口|士|气|外|字|义)"
     r"|位(?=单独|客户|用户|顾客|成人|大人|老人|小孩|儿童|小朋友|乘客|旅客|住客|客人|宾客|亲|成员|家人|好友|$|[^\w])|people|persons?(?![a-z])"
     r"|(?:users?|adults?|guests?|passengers?|kids?|child(?:ren)?|seniors?)(?![a-z])"),
    ("digit", 1.0, r"位(?!置|于)|码(?![头单])|-?digits?(?![a-z])"),
    ("year old", 1.0, r"周?岁|years?[ -]old"),
    ("fold", 1.0, r"倍|x(?![a-z0-9])|fold(?![a-z])"),
    ("instalment", 1.0, r"期(?!间|限|待|望|货|末|初|满|内)|instal?lments?"),
    ("character", 1.0, r"个?(?:字符|汉字)|字(?!段|母|样|体|典|节|面|幕)|characters?(?![a-z])"),
    ("level", 1.0, r"[级档格层](?!别|次|案|外|式)|levels?(?![a-z])"),
    ("floor", 1.0, r"楼(?!盘|宇|市|道|梯|房|主|板)|floors?(?![a-z])"),
    ("room", 1.0, r"号?室(?!内|外|友|温)"),
    ("night", 1.0, r"晚(?=$|[^一-鿿]|住|入|酒|房|的|免|费|后)|nights?(?![a-z])"),
    ("step", 1.0, r"个?步(?:骤)?(?!行|伐|进)|steps?(?![a-z])"),
    ("%new", 1.0, r"成新"),
    ("piece", 1.0, r"[个张条台部件款只套份笔单项种支双颗枚根块组封]"
     r"(?![性体别餐元价独位分据片目类向纯一身长方队面门落击子装屏卡品号证网顶])"
     r"|(?:cards?|pieces?|items?|numbers?|devices?|units?|orders?|messages?|phones?)(?![a-z])"),
)  # fmt: skip
_UNIT = "|".join(f"(?:{form})" for _, _, form in _UNITS)
_WHICH = re.compile("|".join(f"(?P<u{place}>{form})" for place, (*_, form) in enumerate(_UNITS)))
_COUNT = re.compile(amount(f"(?:{_UNIT})"))
_TWICE = re.compile(r"(?<![a-z])(?:(?P<twice>twice)|once(?= (?:a|an|per|every|each) ))(?![a-z])")
_DOUBLE = re.compile(r"(?P<two>双|两)倍|翻倍|(?<![a-z])double(?! check)(?![a-z-])")
_PAIR = re.compile(r"双人")
_GIGABIT = re.compile(r"(?<![\d十百千万])(?P<prefix>[千百])兆(?!字节)")
# 1米75 and 一米五: what follows are tenths or hundredths.
_HEIGHT = re.compile(
    r"(?<![\d.])(?P<whole>[12一二两])米(?P<part>\d{1,2}|[一二三四五六七八九])(?![\d.米个月年-])"
)
_LIMIT = re.compile(r"[每限仅只最至共各满达赠送首内]|only|most|least|per|each")
_ARTICLES = frozenset({"piece", "person", "time", "step", "character", "level"})
_LIMIT_REACH = 6
_MOST_LEVELS = 10


def _read_count(match: re.Match[str]) -> Reading | None:
    ends = read_amount(match)
    if ends is None:
        return None
    unit, scale = _unit(match, "unit" if match["only"] is None else "only_unit")
    low_scale = _unit(match, "low_unit")[1] if match["low_unit"] else scale
    if unit in _ARTICLES and _no_number(match):
        return None
    if unit == "level" and ends[0][0] >= _MOST_LEVELS:  # 59档 is what 59元档 is called
        unit = ""
    return Reading(kind="count", low=ends[0][0] * low_scale, high=ends[1][0] * scale, unit=unit)


def _unit(match: re.Match[str], group: str) -> tuple[str, float]:
    """Return the compared unit that a group of the match names, and its scale."""
    found = _WHICH.match(match.string, match.start(group))
    # The longer pattern tried the units in the same order at the same place.
    name, scale, _ = _UNITS[int(((found and found.lastgroup) or "u0")[1:])]
    return name, scale


def _no_number(match: re.Match[str]) -> bool:
    """Whether 二 means "again" (two of a thing are 两), or 一 means "a" (no limit is spoken of)."""
    only = match["only"]
    return only == "二" or (only in {"一", "one"} and not _limited(match))


def _limited(match: re.Match[str]) -> bool:
    return (
        _LIMIT.search(match.string, max(0, match.start() - _LIMIT_REACH), match.start()) is not None
    )


def _read_twice(match: re.Match[str]) -> Reading:
    times = 2 if match["twice"] else 1
    return Reading(kind="count", low=times, high=times, unit="time")


def _read_double(match: re.Match[str]) -> Reading:
    return Reading(kind="count", low=2, high=2, unit="fold")


def _read_height(match: re.Match[str]) -> Reading | None:
    whole, part = read_number(match["whole"]), read_number(match["part"])
    if whole is None or part is None:
        return None
    height = whole[0] + part[0] / 10 ** len(match["part"])
    return Reading(kind="count", low=height, high=height, unit="m")


def _read_pair(_: re.Match[str]) -> Reading:
    return Reading(kind="count", low=2, high=2, unit="person")


def _read_gigabit(match: re.Match[str]) -> Reading:
    speed = 1000 if match["prefix"] == "千" else 100
    return Reading(kind="count", low=speed, high=speed, unit="Mbps")


COUNTS = (
    Form(pattern=_HEIGHT, read=_read_height, needs=("米",)),
    Form(pattern=_GIGABIT, read=_read_gigabit, needs=("兆",)),
    Form(pattern=_DOUBLE, read=_read_double, needs=("倍", "double")),
    Form(pattern=_PAIR, read=_read_pair, needs=("双人",)),
    Form(pattern=_TWICE, read=_read_twice, needs=("twice", "once")),
    Form(pattern=_COUNT, read=_read_count),
)
