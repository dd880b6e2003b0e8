"""Personal data in a text: mainland China's forms, each told from look-alikes by its own rules."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from assist.records import Pii, PiiType
from assist.text.address import find_addresses
from assist.text.normalise import normalise

_SEPARATOR = r"[ .\-‐‑‒–—·_]"
_DIGIT_RUN = re.compile(
    rf"(?<!\d)\d{{3}}/\d{{4}}/\d{{4}}(?![\d/])"
    rf"|\d(?:{_SEPARATOR}{{0,2}}\d|{_SEPARATOR}{{0,2}}x(?![a-z\d]))*+"
)
_PIECE = re.compile(r"\d+x?|x")
_LEAST_DIGITS, _MOST_DIGITS = 11, 19

_PROVINCES = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|7[1]|8[1-3]")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10x98765432"
_CARD_STARTS = re.compile(r"62|[3-6]|955[89]")
_MOBILE = re.compile(r"(?:(?:00)?86|0)?(1[3-9]\d{9})")

_SPOKEN = str.maketrans("零〇一幺二两三四五六七八九叉", "0011223456789x")
_HAN_DIGIT = "[零〇一幺二两三四五六七八九]"
_ANY_DIGIT = r"[零〇一幺二两三四五六七八九\d]"
_SPELLED = re.compile(
    rf"(?<!\d)(?=\d{{0,17}}{_HAN_DIGIT}){_ANY_DIGIT}(?:[ ,、\-]?{_ANY_DIGIT}){{10,18}}(?!\d)[x叉]?"
)

_AREA = r"(?:10|2\d|[3-9]\d{2})"
_LANDLINE = re.compile(
    rf"(?<![\da-z.])(?:(?:\+|00)86[ -]?\(?0?{_AREA}\)?|\(0{_AREA}\)|0{_AREA})"
    r"[ \-–—]{0,2}[2-8]\d{2,3}[ -]?\d{4}(?!\d)(?:[ -]?(?:转|分机|ext\.?|-)[ -]?\d{1,6}(?!\d))?"
    r"|(?<=座机|固话)[号码是为: ]{0,4}(?P<value>[2-8]\d{6,7})(?!\d)"
)
_EMAIL = re.compile(
    r"(?<![a-z0-9._%+-])[a-z0-9._%+-]++@(?!\dx\.)[a-z0-9-]++(?:\.[a-z0-9-]++)*?\.[a-z]{2,}"
    r"(?![a-z0-9-]|\.[a-z0-9])"
)
_PASSPORT = re.compile(r"(?<![a-z0-9])(?:[eg]\d{8}|e[a-hj-np-z]\d{7})(?![a-z0-9])")
_OTHER_PASSPORT = re.compile(
    r"(?:护照|passport)[^a-z0-9\n]{0,6}(?:(?:number|no|is)[^a-z0-9\n]{1,3}){0,2}"
    r"(?P<value>[a-z]{1,2}\d{6,8}|\d{9})(?![a-z0-9])"
)
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][a-hj-np-z][ ·.•-]?"
    r"(?:[a-hjk][a-hj-np-z0-9]\d{4}|\d{5}[a-hjk]|[a-hj-np-z0-9]{4}[挂学警港澳]"
    r"|(?=(?:[a-z]?\d){3})[a-hj-np-z0-9]{5}|(?=\d)[a-hj-np-z0-9]{2}\d{3})(?![a-z0-9])"
)
# Each with whether the word before may tell that it is the number of an order or a device.
_FORMS: tuple[tuple[PiiType, re.Pattern[str], bool], ...] = (
    ("email", _EMAIL, False),
    ("landline", _LANDLINE, True),
    ("passport", _PASSPORT, True),
    ("passport", _OTHER_PASSPORT, False),
    ("plate", _PLATE, False),
)
_REFERENCE = re.compile(
    r"(?:(?:订单|运单|快递单|物流单|流水|工单|交易|发票|合同|序列|批次?|票据?|受理|追踪|任务|商品"
    r"|保单|档案|案件|凭证|机身|设备|条形?|取[件货票]|提货|兑换|激活|核销|退款|支付单)"
    r"(?:编?号|单号|码|id)|(?:订单|运单|流水|工单|发票|合同|保单)|单号|编号|(?<![a-z])(?:order|tracking|invoice|ticket|serial|waybill|"
    r"reference|ref|case|sn|imei|iccid|sku)(?: ?(?:no|number|id|code))?)"
    r"[码]?[ .:#是为=\-()\[\]“\"]{0,4}$"
)
_CALL_WORD = re.compile(
    r"(?:tel|phone|mobile|cell|call|vx|wx|wechat|weixin|qq|sms|v|m|t|p|no|to|at|is)$"
)
_LETTERS = re.compile(r"[a-z_]+$")
_AMOUNT_AFTER = re.compile(r"(?:\.\d+)? ?(?:元|块|万|亿|积分|美元|字节|kb|mb|gb|bytes|yuan|rmb)")
_AMOUNT_BEFORE = re.compile(r"(?:[¥$€£]|(?<![\d.])0\.) ?$")
_DECIMAL = re.compile(r"\d\.\d+")
_ID_WORD = re.compile(
    r"(?:证(?![码券明])|id ?card|id ?(?:no|number))[^\d\n]{0,12}(?:15\s?位[^\d\n]{0,6})?$"
)
_LOOK_BACK = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    type: PiiType
    start: int
    end: int


def find_personal(text: str) -> tuple[Pii, ...]:
    """Return the personal data in reading order, without overlaps; offsets are those of ``text``.

    Sources: GB 11643 for identity cards, ISO/IEC 7812 for bank cards, GA 36 for plates.
    """
    normalised = normalise(text)
    folded = normalised.text
    kept: list[_Found] = []
    in_figures = _SPELLED.sub(lambda run: run[0].translate(_SPOKEN), folded)
    spoken = _by_digits(in_figures) if in_figures != folded else ()
    for found in (*_by_form(folded), *_by_digits(folded), *spoken, *_by_place(folded)):
        if all(found.end <= other.start or other.end <= found.start for other in kept):
            kept.append(found)
    spans = ((found.type, normalised.span(found.start, found.end)) for found in kept)
    return tuple(
        sorted(
            (Pii(type=kind, start=span.start, end=span.end) for kind, span in spans),
            key=lambda pii: pii.start,
        )
    )


def _by_form(text: str) -> Iterator[_Found]:
    for kind, pattern, numbered in _FORMS:
        for match in pattern.finditer(text):
            if not (numbered and _reference(text, match.start())):
                start, end = match.span(match.lastgroup or 0)
                yield _Found(type=kind, start=start, end=end)


def _by_digits(text: str) -> Iterator[_Found]:
    """Find numbers told by their digits, whatever stands between these."""
    for run in _DIGIT_RUN.finditer(text):
        pieces = [
            (run.start() + piece.start(), run.start() + piece.end())
            for piece in _PIECE.finditer(run[0])
        ]
        first = 0
        while first < len(pieces):
            found, taken = _longest(text, pieces[first : first + _MOST_DIGITS])
            if found is not None:
                yield found
            first += taken


def _longest(text: str, pieces: list[tuple[int, int]]) -> tuple[_Found | None, int]:
    """Return the longest number that begins with the first piece, and how many pieces it took."""
    start = pieces[0][0]
    best: tuple[_Found | None, int] = (None, 1)
    digits = ""
    for count, (begin, end) in enumerate(pieces, start=1):
        digits += text[begin:end]
        if len(digits) > _MOST_DIGITS:
            break
        if len(digits) < _LEAST_DIGITS:
            continue
        kind = _kind(digits)
        if kind is not None and _fits(text, pieces[:count], kind, len(digits)):
            plus = kind == "phone" and text[start - 1 : start] == "+"
            best = (_Found(type=kind, start=start - plus, end=end), count)
    return best


def _kind(digits: str) -> PiiType | None:
    """Return what a number can be by its digits alone."""
    if _id_card(digits) or (len(digits) == 15 and _id_card(_modern(digits))):
        return "id_card"
    if _bank_card(digits):
        return "bank_card"
    return "phone" if _MOBILE.fullmatch(digits) else None


def _fits(text: str, pieces: list[tuple[int, int]], kind: PiiType, size: int) -> bool:
    """Whether what stands in and around a number allows it to be of this kind."""
    start, end = pieces[0][0], pieces[-1][1]
    after = text[end : end + 1]
    if after.isascii() and after.isalpha():
        return False
    if kind == "id_card":
        from_1999 = size == 18
        return from_1999 or _ID_WORD.search(text, max(0, start - _LOOK_BACK), start) is not None
    if _reference(text, start) or _amount(text, start, end) or _letter_before(text, start):
        return False
    if _dotted(text, start, end) or (len(pieces) == 4 and "." in text[start:end]):
        return False  # a version, the address of a computer
    gaps = {text[left[1] : right[0]] for left, right in pairwise(pieces)}
    return len(gaps) < 2 or (kind == "phone" and size > 11)


def _id_card(digits: str) -> bool:
    if len(digits) != 18 or not digits[:17].isdigit() or not _PROVINCES.match(digits):
        return False
    total = sum(w * int(d) for w, d in zip(_ID_WEIGHTS, digits[:17], strict=True))
    return digits[17] == _ID_CHECKS[total % 11] and _is_date(digits[6:14])


def _modern(digits: str) -> str:
    """Return a 15-digit identity number, from before 1999, in the form of today."""
    seventeen = digits[:6] + "19" + digits[6:]
    if not seventeen.isdigit():
        return ""
    total = sum(w * int(d) for w, d in zip(_ID_WEIGHTS, seventeen, strict=True))
    return seventeen + _ID_CHECKS[total % 11]


def _is_date(digits: str) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return 1900 <= born.year <= 2100


def _bank_card(digits: str) -> bool:
    if not 16 <= len(digits) <= 19 or not digits.isdigit() or not _CARD_STARTS.match(digits):
        return False
    if not digits.startswith("62") and len(digits) not in {16, 19}:
        return False
    if len(set(digits)) < 2:
        return False
    doubled = (2 * int(d) for d in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(n - 9 * (n > 9) for n in doubled)) % 10 == 0


def _reference(text: str, start: int) -> bool:
    """Whether the words before say that a number names an order, a parcel, a device."""
    return _REFERENCE.search(text, max(0, start - _LOOK_BACK), start) is not None


def _amount(text: str, start: int, end: int) -> bool:
    before = _AMOUNT_BEFORE.search(text, max(0, start - 3), start)
    return (
        before is not None
        or _DECIMAL.fullmatch(text, start, end) is not None
        or _AMOUNT_AFTER.match(text, end) is not None
    )


def _dotted(text: str, start: int, end: int) -> bool:
    """Whether a number goes on behind a dot, on either side."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    return (before[1:] == "." and before[0].isdigit()) or (after[:1] == "." and after[1:].isdigit())


def _letter_before(text: str, start: int) -> bool:
    letters = _LETTERS.search(text, max(0, start - _LOOK_BACK), start)
    return letters is not None and _CALL_WORD.search(letters[0]) is None


def _by_place(text: str) -> Iterator[_Found]:
    for start, end in find_addresses(text):
        yield _Found(type="address", start=start, end=end)
