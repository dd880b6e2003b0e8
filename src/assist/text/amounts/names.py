"""What is compared as a name, not as a number: telephone numbers, addresses on the net, codes."""

import re

from assist.text.amounts.form import Form, Reading
from assist.text.amounts.numerals import ARABIC, HAN_NUMBER, read_number

_TOP = r"(?:com|cn|net|org|gov|edu|io|info|cc|me|top|vip|shop|xyz|app|co|tv|site|link|example)"
_URL = re.compile(
    r"[a-z0-9._%+-]{1,64}+@(?:[a-z0-9-]{1,63}+\.){1,5}[a-z]{2,10}"
    rf"|(?:https?://|www\.)[^\s<>\"'“”‘’（）()【】《》\[\]，。；！？、\u2e80-\u9fff]+"
    rf"|(?<![a-z0-9.@-])(?:[a-z0-9-]{{1,63}}+\.){{1,5}}{_TOP}(?![a-z0-9-])"
    r"(?:[/?#][^\s<>\"'“”‘’（）()【】《》\[\]，。；！？、\u2e80-\u9fff]*)?"
)
_PHONE = re.compile(
    r"(?<![\da-z.])(?:(?:\+|00)?86[ -]?)?(?:"
    r"1[3-9]\d[ -]?\d{4}[ -]?\d{4}"
    r"|[48]00[ -]?\d{3}[ -]?\d{4}|[48]00[ -]?\d{4}[ -]?\d{3}"
    r"|\(?0(?:10|2\d|[3-9]\d\d)\)?[ -]?[2-8]\d{2,3}[ -]?\d{4}"
    r"|1(?:0[01]|23)\d\d|9[56]\d{3,4}|(?<=[拨打])[ ]?1(?:1[024]|19|2[02]))"
    r"(?![\da-z%]|\.\d|,\d{3}(?!\d)|[ ]?[×*÷=+]"
    r"|[ ]?[元块个条次张分年月日天万亿积点人名户台部件秒小周步字米克公毫像位岁倍期])"
)
_NETWORK = re.compile(
    r"(?<![\d.a-z])(?:"
    r"(?:2\.4|[456])g(?![a-z0-9]|[ ]?(?:流量|运存|内存|存储|缓存|空间|的流量))"
    r"|[23]g(?=[ ]?(?:网|信号|手机|卡|用户|制式|network|/)))"
)
_SUFFIX = r"(?:pro|max|plus|ultra|mini|se|lite|air|fold|flip|note|版)"
_CODE = re.compile(
    rf"(?<![a-z\d.])[a-z][a-z_/-]{{0,15}}+\d[a-z\d]*+(?:[-_.][a-z\d]++){{0,5}}"
    rf"(?:[ -]{_SUFFIX}(?![a-z])){{0,2}}"
    r"|(?<![a-z\d.])(?:\d++[a-z]++\d[a-z\d]*+|\d++(?:\.\d++){2,8}|\d{7,}+(?![\d.]))"
)
_KEYWORD = re.compile(
    r"(?:发送?|编辑|回复?|输入|短信|代码|指令|(?<![a-z])(?:text|send|reply|sms|code)(?![a-z]))"
    r"[ :“\"「『]{0,3}(?P<word>[a-z]{2,12})(?=[ ”\"」』]{0,2}(?:到|至|给|to |，|。|,|\.|$))"
)
_BARE = re.compile(rf"{ARABIC}(?:(?P<k>k)(?![a-z\d])|(?![a-z\d]))|{HAN_NUMBER}")
_BARE_BEFORE = re.compile(r"(?:[第图表#]|步骤|(?<![a-z])(?:no\.?|step|figure|table|option))[ ]?$")
_LIST_MARK_AFTER = re.compile(r"[.、)）](?!\d)|:(?!\d)")
_LIST_MARK_BEFORE = re.compile(r"(?:^|[\n;。:!?.(])\s*$")
_BIG_HAN = re.compile(r"[一二两三四五六七八九].*[十百千万亿]|[一二两三四五六七八九]十")
_PUNCTUATION = re.compile(r"[^a-z0-9]")


def _read_url(match: re.Match[str]) -> Reading:
    plain = re.sub(r"^https?://|^www\.|[/.,;:!?]+$", "", match[0])
    return Reading(kind="url", low=0, high=0, unit=plain.removeprefix("www."))


def _read_phone(match: re.Match[str]) -> Reading:
    digits = _PUNCTUATION.sub("", match[0])
    if len(digits) > 11:
        digits = re.sub(r"^(?:00)?86", "", digits)
    return Reading(kind="phone", low=0, high=0, unit=digits)


def _read_code(match: re.Match[str]) -> Reading:
    return Reading(kind="code", low=0, high=0, unit=_PUNCTUATION.sub("", match[0]))


def _read_keyword(match: re.Match[str]) -> Reading:
    return Reading(kind="code", low=0, high=0, unit=match["word"])


def _read_bare(match: re.Match[str]) -> Reading | None:
    before = match.string[max(0, match.start() - 8) : match.start()]
    if _BARE_BEFORE.search(before):
        return None
    marked = _LIST_MARK_AFTER.match(match.string, match.end())
    if marked and len(match[0]) <= 2 and _LIST_MARK_BEFORE.search(before):
        return None
    if not match[0][0].isdigit() or not match[0][0].isascii():
        after = match.string[match.end() : match.end() + 1]
        if not _BIG_HAN.match(match[0]) or len(match[0]) < 2 or after == "分":
            return None
    value = read_number(match[0].removesuffix("k"))
    if value is None:
        return None
    scale = 1000 if match["k"] else 1
    return Reading(kind="count", low=scale * value[0], high=scale * value[1], unit="")


LOCATORS = (
    Form(pattern=_URL, read=_read_url, needs=(".", "@")),
    Form(pattern=_PHONE, read=_read_phone),
    Form(pattern=_NETWORK, read=_read_code, needs=("g",)),
)
CODES = (
    Form(pattern=_KEYWORD, read=_read_keyword, group="word"),
    Form(pattern=_CODE, read=_read_code),
)
BARE = (Form(pattern=_BARE, read=_read_bare),)
