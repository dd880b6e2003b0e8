"""Where somebody lives: a street with a house and a door in it, in Chinese or English."""

import re
from collections.abc import Iterator

from assist.text.normalise import HAN

_NUMBER = r"[a-z甲乙丙丁]?[\d一二三四五六七八九十百零]{1,6}"
_UNIT = "(?:号楼|栋|幢|座|单元|楼|层|室|房|户)"
_ADDRESS = re.compile(
    rf"(?:(?:路|街|大道|巷|弄|胡同|道|里)\s?{_NUMBER}(?:[-之]\d{{1,4}})?\s?[号弄]"
    rf"[{HAN}a-z0-9]{{0,12}}?[ ,]?(?:{_NUMBER}|[a-z](?=座))\s?"
    rf"(?:{_UNIT}|-\s?\d{{1,5}}(?:-\d{{1,5}})?|(?=\d{{3}}))"
    rf"|(?:小区|花园|公寓|家园|苑|村|园|城|府|里|湾|庭|大厦|广场|宿舍)\s?{_NUMBER}\s?"
    rf"(?:号楼|号|栋|幢|座|单元|-)[ ,，]?{_NUMBER}\s?(?:{_UNIT}|-\s?\d{{1,5}}|(?=\d{{3}})))"
    rf"(?:[ ,，]?{_NUMBER}\s?{_UNIT})*(?:[ ,，]?\d{{3,5}}(?!\d))?"
)
# A house number alone is also how shops are found; it is someone's home where the text says so.
_HOME = re.compile(
    r"(?:收货地址|收件地址|家庭地址|家庭住址|住址|我的地址|地址改[成为到]|寄[到往给]|我家|家住|我住)"
    rf"[^\n，。,.]{{0,6}}?(?P<value>[{HAN}]{{2,24}}?(?:路|街|大道|巷|弄|胡同)\s?{_NUMBER}\s?[号弄])"
)
_ENGLISH_ADDRESS = re.compile(
    r"(?<![a-z0-9])(?:(?:room|rm|flat|apt|apartment|unit|suite)[ .]{1,2}#?[a-z]?\d{1,5}[a-z]?, ?"
    r"[a-z0-9 .,#-]{0,60}?(?:road|rd|street|st|avenue|ave|lane|drive|boulevard|blvd)(?![a-z])"
    r"|\d{1,5} [a-z][a-z .]{1,30}?(?:road|rd|street|st|avenue|ave|lane|drive|boulevard|blvd)"
    r"[., ]{1,3}(?:room|rm|flat|apt|apartment|unit|suite|#)[ .]{0,2}#?[a-z]?\d{1,5}[a-z]?)"
)
_PLACE = re.compile(rf"[{HAN}a-z0-9]{{1,30}}$")
_BEFORE_PLACE = re.compile(
    r".*(?:地址|住址|寄给|[寄送发搬]到|寄往|位于|我家|家住|住在|我住|住|[是在到至为于给])"
)


def find_addresses(text: str) -> Iterator[tuple[int, int]]:
    """Yield where addresses begin and end in a folded text; the same one may come twice."""
    for match in _ADDRESS.finditer(text):
        place = _PLACE.search(text, max(0, match.start() - 30), match.start())
        start = place.start() if place else match.start()
        lead = _BEFORE_PLACE.match(text, start, match.start())
        yield (lead.end() if lead else start), match.end()
    for match in _HOME.finditer(text):
        yield match.start("value"), match.end()
    for match in _ENGLISH_ADDRESS.finditer(text):
        yield match.start(), match.end()
