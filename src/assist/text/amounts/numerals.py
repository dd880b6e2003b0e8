"""Numbers as they are written: 1,299 · 3.5万 · 三百二十 · 一万二 · 两三 · twenty."""

import re

_DIGITS = {
    digit: value
    for value, digits in enumerate(
        ("零〇", "一壹", "二两贰俩", "三叁仨", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    )
    for digit in digits
}
_SHORT = {"廿": "二十", "卅": "三十"}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_GREAT = {"万": 10_000, "亿": 100_000_000}
_UNITS_ENGLISH = {
    word: value
    for value, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
         "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
         "nineteen"),
        start=1,
    )
}  # fmt: skip
_TENS_ENGLISH = {
    word: 10 * value
    for value, word in enumerate(
        ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), start=2
    )
}
_GREAT_ENGLISH = {"hundred": 100, "thousand": 1000}

_HAN_DIGITS = "零〇一二两俩三仨四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟廿卅"
# A figure in Han characters begins with a digit or with ten: 百货, 千万 and 万一 are no numbers,
# nor is the 一 of 统一 or 第一.
HAN_NUMBER = (
    rf"(?<![{_HAN_DIGITS}第统唯单专某同逐任几数])[零〇一二两俩三仨四五六七八九十壹贰叁肆伍陆柒捌玖拾廿卅]"
    rf"[{_HAN_DIGITS}]{{0,12}}+(?:点[零〇一二三四五六七八九]{{1,4}}+)?"
)
ARABIC = (
    r"(?<![a-z\d.第几])(?<!第 )"
    r"(?:\d{1,3}(?:,\d{3}){1,5}(?!\d|,\d)|\d{1,15}+)(?:\.\d{1,8}+)?(?!\.\d)"
    r"(?:[ ]?(?:[十百千]?[万亿]"
    r"(?:[1-9一二三四五六七八九](?![\d十百千万折成]))?|[百千](?!兆|瓦|克|米|字节|卡)))?"
)
_UNIT_WORD = "|".join(sorted(_UNITS_ENGLISH, key=len, reverse=True))
ENGLISH_NUMBER = (
    rf"(?<![a-z])(?>(?:{'|'.join(_TENS_ENGLISH)})(?:[ -](?:{_UNIT_WORD}))?|{_UNIT_WORD})"
    rf"(?![a-z])(?:[ ](?:{'|'.join(_GREAT_ENGLISH)}))?(?![a-z])"
)
# The look-ahead is for speed alone: most characters can begin no number.
NUMBER = rf"(?=[\d{_HAN_DIGITS}enfots])(?:{ARABIC}|{HAN_NUMBER}|{ENGLISH_NUMBER})"
TO_ONLY = r"[ ]?(?:-to-|-|–|—|−|~|〜|至|到|to)[ ]?"
TO = rf"(?:{TO_ONLY}|[ ]?and(?= \d)[ ]?)"
_ARABIC = re.compile(r"([\d,.]+) ?([十百千万亿]*)([1-9一二三四五六七八九]?)$")


def read_number(text: str) -> tuple[float, float] | None:
    """Return the lowest and highest value of a number; they differ for 两三 or 七八十.

    Returns None for what only looks like one.
    """
    if "a" <= text[:1] <= "z":
        value = _read_english(text)
        return value, value
    arabic = _ARABIC.fullmatch(text)
    if arabic is not None:
        value = float(arabic[1].replace(",", ""))
        for factor in arabic[2]:
            value *= _TENS.get(factor) or _GREAT[factor]
        if arabic[3]:  # 1万2: tenths of what stands before
            value += (_DIGITS.get(arabic[3]) or float(arabic[3])) * _GREAT[arabic[2][-1]] / 10
        return value, value
    for short, long in _SHORT.items():
        text = text.replace(short, long)
    whole, _, fraction = text.partition("点")
    if fraction:
        value = _read_whole(whole) + float("0." + "".join(str(_DIGITS[d]) for d in fraction))
        return value, value
    return _read_range(whole)


def _read_english(text: str) -> float:
    value = 0.0
    for word in re.split("[ -]", text):
        value = value * _GREAT_ENGLISH.get(word, 1)
        value += _UNITS_ENGLISH.get(word) or _TENS_ENGLISH.get(word, 0)
    return value


def _read_range(text: str) -> tuple[float, float] | None:
    """Read 两三, 三五, 七八十, 十七八: two neighbouring digits at one place mean either."""
    if not text or text[0] in _GREAT or (text[0] in _TENS and _TENS[text[0]] > 10):
        return None
    for place in range(len(text) - 1):
        first, second = _DIGITS.get(text[place], 0), _DIGITS.get(text[place + 1], 0)
        alone = not any(character in _DIGITS for character in text[:place] + text[place + 2 :])
        either = first and (second == first + 1 or (alone and (first, second) == (3, 5)))
        if either and (len(text) == 2 or _has_factor(text)):
            low = _read_whole(text[: place + 1] + text[place + 2 :])
            high = _read_whole(text[:place] + text[place + 1 :])
            return low, high
    value = _read_whole(text)
    return value, value


def _has_factor(text: str) -> bool:
    return any(character in _TENS or character in _GREAT for character in text)


def _read_whole(text: str) -> float:
    if not _has_factor(text):
        return float("".join(str(_DIGITS[character]) for character in text))
    total = section = digit = 0
    factor = 1
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
            factor = 1 if digit == 0 else factor
        elif character in _TENS:
            factor = _TENS[character]
            section += (digit or 1) * factor
            digit = 0
        else:
            factor = _GREAT[character]
            total = (
                (total + section + digit) * factor
                if factor > 10_000
                else total + (section + digit) * factor
            )
            section = digit = 0
    # A last digit without its own place takes the next lower one: 三百五 is 350, 一万二 12,000.
    return float(total + section + digit * (factor // 10 if factor > 10 else 1))
