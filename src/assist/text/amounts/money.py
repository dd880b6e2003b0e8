"""Money, in yuan or in the currency named; percentages; discounts as the percent paid."""

import re
from functools import cache

from assist.text.amounts.form import Form, Reading, amount, read_amount
from assist.text.amounts.numerals import ARABIC, HAN_NUMBER, NUMBER, TO, TO_ONLY, read_number

_CURRENCIES = (
    ("hkd", r"hk\$|hkd|港币|港元"),
    ("usd", r"us\$|\$|usd|美元|美金|dollars?|bucks?"),
    ("eur", r"€|eur|欧元|euros?"),
    ("gbp", r"£|gbp|英镑|pounds?|quid"),
    ("jpy", r"jpy|日元|yen"),
    ("yuan", r"rmb|cny|人民币|¥|yuan|元整?|块钱?|圆"),
)
_SIGN = r"(?:(?:hk|us)?\$|¥|€|£|(?<![a-z])(?:rmb|cny|usd|hkd|eur|gbp)|人民币)"
_NAME = (
    r"(?:(?:港|美|日|欧)元|港币|美金|英镑|人民币|(?:rmb|cny|usd|hkd|eur|gbp|jpy|yuan|yen|dollars?|bucks?"
    r"|euros?|pounds?|quid)(?![a-z])|元整?(?![素旦件器月宝气首老年音])|块钱?(?![屏板地区链级头儿]))"
)
_SIGNED = re.compile(
    rf"(?P<unit>{_SIGN})[ ]?(?P<low>{ARABIC})(?P<low_k>k(?![a-z0-9]))?"
    rf"(?:(?:{TO}{_SIGN}|{TO_ONLY})[ ]?(?P<high>{ARABIC})(?P<high_k>k(?![a-z0-9]))?)?(?:[ ]?元)?"
)
_NAMED = re.compile(amount(rf"(?:k|w(?=[元块]))?{_NAME}"))
_PARTS = re.compile(
    rf"(?P<whole>{NUMBER})[ ]?[元块]零?(?P<tenth>[\d一二两三四五六七八九])[ ]?(?P<mao>[角毛])?"
    r"(?:(?P<cent>[\d一二两三四五六七八九])分)?(?![\d.一二三四五六七八九十百千万折个天年月日小])"
    # 3元一 alone may begin another figure: 320元一节.
    r"(?:(?<=[\d角毛分])|(?=$|[^一-鿿]|[的左右起以及]))"
)
_DIGIT = r"[\d一二两三四五六七八九]"
# 一毛五 are 15 分, 五毛二分八厘 52.8.
_SMALL = re.compile(
    rf"(?P<only>{NUMBER})[ ]?(?P<unit>[角毛](?P<cent>{_DIGIT})"
    rf"(?:分(?:{_DIGIT}(?:厘{_DIGIT}?)?)?)?(?![\d十百千万折个天年月日小])"
    r"(?:(?<![角毛][\d一二两三四五六七八九])|(?=$|[^一-鿿]|[的左右起以及]))"
    r"|角|毛钱?|分钱)(?![度落色])"
    rf"|(?<![\d.])(?P<cents>{NUMBER})[ ]?(?:(?P<us>cents?)|pence|p)(?![a-z])"
)


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
    value = read_number(match["cents"] or match["only"])
    if value is None:
        return None
    if match["cents"]:
        unit = "usd" if match["us"] else "gbp"
        return Reading(kind="money", low=value[0] / 100, high=value[1] / 100, unit=unit)
    share = 0.01 if match["unit"] == "分钱" else 0.1
    parts = re.sub("[分厘]", "", match["unit"][1:]) if match["cent"] else ""
    less = sum(_digit(part) * 0.1 ** (place + 2) for place, part in enumerate(parts))
    return Reading(
        kind="money", low=value[0] * share + less, high=value[1] * share + less, unit="yuan"
    )


def _digit(written: str) -> float:
    value = read_number(written)
    return value[0] if value else 0.0


_PERCENT = re.compile(
    amount(
        r"(?:%(?![a-z0-9]{2})|‰|个百分点|个点(?![心的儿])|percent(?:age points?)?(?![a-z])"
        r"|per cent)"
        r"(?: ?off)?"
    )
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
_HALF_PRICE = re.compile(r"半价|对折|(?<![a-z])half[ -](?:price|fare|off)")
_HALF_SHARE = re.compile(r"一半|减半|(?<![a-z])half (?:of )?(?=the |your |its |that )")
# 1/3 of the price, two thirds of it; alone it may be a day.
_OVER = re.compile(
    r"(?<![\d/.])(?P<up>[1-9])/(?P<down>[2-9]|10)(?=的| of (?:the|your|its)|以[上下])"
    r"|(?<![a-z])(?P<many>an?|one|two|three) (?P<parts>third|quarter|fifth|tenth)s?(?= of )"
)
_ENGLISH_PARTS = {"third": 3, "quarter": 4, "fifth": 5, "tenth": 10}


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


def _read_over(match: re.Match[str]) -> Reading | None:
    up = read_number(match["up"] or match["many"].replace("an", "a").replace("a", "one"))
    down = int(match["down"]) if match["down"] else _ENGLISH_PARTS[match["parts"]]
    if up is None or up[0] >= down:
        return None
    share = 100 * up[0] / down
    return Reading(kind="percent", low=share, high=share, unit="%")


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
            "quid",
        ),
    ),
    Form(pattern=_SMALL, read=_read_small, needs=("角", "毛", "分钱", "cent", "penc", "p")),
)
PERCENT = (
    Form(pattern=_FRACTION, read=_read_fraction, needs=("分之",)),
    Form(pattern=_OVER, read=_read_over, needs=("/", " of ")),
    Form(pattern=_TENTHS, read=_read_tenths, needs=("成",)),
    Form(pattern=_PERCENT, read=_read_percent, needs=("%", "‰", "百分", "个点", "per")),
    Form(pattern=_DISCOUNT, read=_read_discount, needs=("折",)),
    Form(pattern=_HALF_PRICE, read=_read_half_price, needs=("半价", "对折", "half")),
    Form(pattern=_HALF_SHARE, read=_read_half_share, needs=("半", "half")),
)
