"""Money, in yuan or in the currency named; percentages; discounts as the percent paid."""

import re
from functools import cache

from assist.text.amounts.form import Form, Reading, amount, read_amount
from assist.text.amounts.numerals import ARABIC, HAN_NUMBER, NUMBER, TO, read_number

_CURRENCIES = (
    ("hkd", r"hk\$|hkd|港币|港元"),
    ("usd", r"us\$|\$|usd|美元|美金|dollars?|bucks?"),
    ("eur", r"€|eur|欧元|euros?"),
    ("gbp", r"£|gbp|英镑|pounds?"),
    ("jpy", r"jpy|日元|yen"),
    ("yuan", r"rmb|cny|人民币|¥|yuan|元整?|块钱?|圆"),
)
_SIGN = r"(?:(?:hk|us)?\$|¥|€|£|(?<![a-z])(?:rmb|cny|usd|hkd|eur|gbp)|人民币)"
_NAME = (
    r"(?:(?:港|美|日|欧)元|港币|美金|英镑|人民币|(?:rmb|cny|usd|hkd|eur|gbp|jpy|yuan|yen|dollars?|bucks?"
    r"|euros?|pounds?)(?![a-z])|元整?(?![素旦件器月宝气首老年音])|块钱?(?![屏板地区链级头儿]))"
)
_SIGNED = re.compile(
    rf"(?P<unit>{_SIGN})[ ]?(?P<low>{ARABIC})(?P<low_k>k(?![a-z0-9]))?"
    rf"(?:{TO}{_SIGN}?[ ]?(?P<high>{ARABIC})(?P<high_k>k(?![a-z0-9]))?)?(?:[ ]?元)?"
)
_NAMED = re.compile(amount(rf"(?:k|w(?=[元块]))?{_NAME}"))
_PARTS = re.compile(
    rf"(?P<whole>{NUMBER})[ ]?[元块](?P<tenth>[\d一二两三四五六七八九])[ ]?(?P<mao>[角毛])?"
    r"(?:(?P<cent>[\d一二两三四五六七八九])分)?(?![\d.一二三四五六七八九十百千万折个天年月日小])"
    # 3元一 alone may begin another figure: 320元一节.
    r"(?:(?<=[\d角毛分])|(?=$|[^一-鿿]|[的左右起以及]))"
)
_SMALL = re.compile(rf"(?P<only>{NUMBER})[ ]?(?P<unit>角|毛钱?|分钱)(?![度落色])")


@cache
def _currency(written: str) -> str:
    return next(name for name, form in _CURRENCIES if re.fullmatch(form, written))


def _read_signed(match: re.Match[str]) -> Reading | None:
    low = read_number(match["low"])
    high = read_number(match["high"]) if match["high"] else low
    if low is None or high is None:
        return None
    return Reading(
        kind="money",
        low=low[0] * (1000 if match["low_k"] else 1),
        high=high[1] * (1000 if match["high_k"] or (match["low_k"] and not match["high"]) else 1),
        unit=_currency(match["unit"]),
    )


def _read_named(match: re.Match[str]) -> Reading | None:
    ends = read_amount(match)
    if ends is None:
        return None
    (low, low_unit), (high, high_unit) = ends
    if match["only"] in {"一", "1"} and high_unit == "块":  # 一块 is "together" or "a piece"
        return None
    scale = {"k": 1000, "w": 10_000}
    return Reading(
        kind="money",
        low=low * scale.get(low_unit[0], 1),
        high=high * scale.get(high_unit[0], 1),
        unit=_currency(high_unit.lstrip("kw") if high_unit[0] in scale else high_unit),
    )


def _read_parts(match: re.Match[str]) -> Reading | None:
    whole, tenth = read_number(match["whole"]), read_number(match["tenth"])
    if whole is None or tenth is None:
        return None
    cent = read_number(match["cent"]) if match["cent"] else None
    value = whole[0] + tenth[0] / 10 + (cent[0] / 100 if cent else 0)
    return Reading(kind="money", low=value, high=value, unit="yuan")


def _read_small(match: re.Match[str]) -> Reading | None:
    value = read_number(match["only"])
    if value is None:
        return None
    share = 0.01 if match["unit"] == "分钱" else 0.1
    return Reading(kind="money", low=value[0] * share, high=value[1] * share, unit="yuan")


_PERCENT = re.compile(
    amount(r"(?:%(?![a-z0-9]{2})|‰|个百分点|percent(?![a-z])|per cent)(?: ?off)?")
)
_FRACTION = re.compile(rf"(?P<of>[百千万二三四五六七八九十])分之(?P<low>{HAN_NUMBER}|{ARABIC})")
_PARTS_OF = {"百": 100, "千": 1000, "万": 10_000}
_HAN_PARTS = "二三四五六七八九十"
_DISCOUNT = re.compile(
    rf"(?P<low>{NUMBER})(?:{TO}(?P<high>{NUMBER}))?[ ]?折(?![叠断痕射腾磨旧合返])"
)
_TENTHS = re.compile(
    r"(?<![一二三四五六七八九十百千\d达完变])(?P<tenths>[一二两三四五六七八九])成(?P<half>半)?"
    r"(?=$|[^一-鿿]|的(?!可能)|以[上下内]|左右|[退折款的赔扣付费利首])"  # 八成是 means "probably"
)
_HALF_PRICE = re.compile(r"半价|对折|half[ -]price")
_HALF_SHARE = re.compile(r"一半")


def _read_percent(match: re.Match[str]) -> Reading | None:
    ends = read_amount(match)
    if ends is None:
        return None
    (low, _), (high, unit) = ends
    if unit.endswith("off"):
        return Reading(kind="percent", low=100 - high, high=100 - low, unit="discount")
    scale = 0.1 if unit.startswith("‰") else 1
    return Reading(kind="percent", low=low * scale, high=high * scale, unit="%")


def _read_fraction(match: re.Match[str]) -> Reading | None:
    value = read_number(match["low"])
    if value is None:
        return None
    of = _PARTS_OF.get(match["of"], 0) or _HAN_PARTS.index(match["of"]) + 2
    scale = 100 / of
    return Reading(kind="percent", low=value[0] * scale, high=value[1] * scale, unit="%")


def _read_tenths(match: re.Match[str]) -> Reading | None:
    value = read_number(match["tenths"])
    if value is None:
        return None
    share = 10 * value[0] + (5 if match["half"] else 0)
    return Reading(kind="percent", low=share, high=share, unit="%")


def _read_discount(match: re.Match[str]) -> Reading | None:
    low = read_number(match["low"].replace("点", ""))
    high = read_number(match["high"]) if match["high"] else low
    if low is None or high is None or not 0 < low[0] <= high[1] < 100:
        return None
    ends = (value * 10 if value < 10 else value for value in (low[0], high[1]))
    return Reading(kind="percent", low=next(ends), high=next(ends), unit="discount")


def _read_half_price(match: re.Match[str]) -> Reading:
    return Reading(kind="percent", low=50, high=50, unit="discount")


def _read_half_share(match: re.Match[str]) -> Reading:
    return Reading(kind="percent", low=50, high=50, unit="%")


MONEY = (
    Form(pattern=_PARTS, read=_read_parts, needs=("元", "块")),
    Form(
        pattern=_SIGNED,
        read=_read_signed,
        needs=("$", "¥", "€", "£", "rmb", "cny", "usd", "hkd", "eur", "gbp", "人民币"),
    ),
    Form(
        pattern=_NAMED,
        read=_read_named,
        needs=(
            "元",
            "块",
            "币",
            "美金",
            "英镑",
            "rmb",
            "cny",
            "usd",
            "hkd",
            "eur",
            "gbp",
            "jpy",
            "yuan",
            "yen",
            "dollar",
            "buck",
            "pound",
        ),
    ),
    Form(pattern=_SMALL, read=_read_small, needs=("角", "毛", "分钱")),
)
PERCENT = (
    Form(pattern=_FRACTION, read=_read_fraction, needs=("分之",)),
    Form(pattern=_TENTHS, read=_read_tenths, needs=("成",)),
    Form(pattern=_PERCENT, read=_read_percent, needs=("%", "‰", "百分", "per")),
    Form(pattern=_DISCOUNT, read=_read_discount, needs=("折",)),
    Form(pattern=_HALF_PRICE, read=_read_half_price, needs=("半价", "对折", "half")),
    Form(pattern=_HALF_SHARE, read=_read_half_share, needs=("一半",)),
)
