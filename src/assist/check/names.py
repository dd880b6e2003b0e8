"""Names that a Chinese text gives to things: titles, quoted words, Latin names and models."""

import re
from collections.abc import Iterator

import rjieba

from assist.records import Span
from assist.text.normalise import HAN, fold

_QUOTED = re.compile(
    r"《([^《》\n]{2,30})》|“([^“”\n，。！？]{2,12})”|「([^「」\n，。！？]{2,12})」"
)
# Of a street its last characters, before a house number: 溪北路 of 漕溪北路88号.
_STREET = re.compile(rf"[{HAN}]{{2}}(?:路|街|大道|巷|弄)(?=\d{{1,5}}[号弄])")
_LATIN = re.compile(
    r"(?<![\w@./-])[A-Za-z]+\d*(?:[ -](?:[A-Z]\w*|\d+\w*))*(?![\w@/]|\.\w)", re.ASCII
)
_ENTITY = frozenset(("nr", "ns", "nt", "nrt"))
"""The dictionary's marks for names; it also gives them to 上门, 银行卡 and 东西, so they must look
like names too."""
_BODY = re.compile(
    r"[省市县州国镇岛湾路街巷]$|(?:地区|大学|学院|医院|银行|公司|集团|法院|委员会|总局|管理局|协会|中心|日报|时报|电视台"
    r"|大街|大道|机场|国务院|中宣部)$"
)
_PLACES = frozenset(
    re.findall(
        r"\S+",
        """北京 上海 天津 重庆 河北 山西 辽宁 吉林 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南
        广东 海南 四川 贵州 云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门
        深圳 广州 杭州 南京 成都 武汉 西安 苏州 青岛 大连 厦门 长沙 郑州 沈阳 昆明 哈尔滨
        东京 大阪 巴黎 伦敦 纽约 莫斯科 首尔 柏林 华盛顿 旧金山 日本 印度 俄罗斯 新加坡 澳洲
        欧洲 非洲 亚洲""",
    )
)
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱林何郭罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任"
    "姜范方石高朴姚谭廖邹熊金陆郝孔崔康毛邱秦江史顾侯邵孟龙万段钱汤尹黎易武乔贺赖龚文倪温吉"
)
_SYLLABLES = frozenset(
    "阿埃艾安奥巴白班贝比彼波伯勃布查达戴丹德迪蒂多尔厄恩法菲费弗夫福盖戈格古哈海汉赫华霍基吉加杰卡凯坎科克库拉莱兰朗劳勒雷"
    "里利莉丽列林隆卢鲁伦罗洛马玛迈麦曼梅蒙米密莫姆穆纳娜内尼涅诺努欧帕佩皮普奇乔切琼丘日萨塞森沙申什斯史丝苏索塔泰坦特提"
    "廷士顿图托瓦万约翰堡罕默威韦维温沃乌西希夏谢辛雅亚扬耶叶伊因尤约泽扎詹朱兹佐"
)
_SAID = re.compile(r"(?:先生|女士|小姐|经理|主任|教授|医生|表示|介绍|指出|认为|告诉|称|说)")
_MEASURED = re.compile(r"[\d每各几两一二三四五六七八九十]$")
_CAPITALISED = re.compile(r"(?<=[a-z,] )[A-Z][A-Za-z]{2,}(?![\w@-])")
_NO_NAMES = frozenset(
    re.findall(
        r"\S+",
        """monday tuesday wednesday thursday friday saturday sunday january february march april may
        june july august september october november december mrs miss sir madam dear thanks thank
        customer service services support team care regards best kind sincerely please yes sorry
        english eur usd gbp cny rmb faq app web""",
    )
)
_PLAIN = frozenset(
    re.findall(
        r"\S+",
        "app ok wifi wi-fi id vip usb web sim pc pin sms qq hi hello ps am pm ios android xx",
    )
)


# Services that everyone names and no dictionary marks.
_SERVICES = re.compile(r"支付宝|微信|淘宝|天猫|京东|抖音|拼多多|美团|饿了么|顺丰|云闪付|花呗|华为")


def names_in(text: str) -> Iterator[Span]:
    """Yield the names in the text; everyday abbreviations are none."""
    for match in _QUOTED.finditer(text):
        group = match.lastindex or 0
        yield Span(start=match.start(group), end=match.end(group), text=match[group])
    for match in _SERVICES.finditer(text):
        yield Span(start=match.start(), end=match.end(), text=match[0])
    for match in _STREET.finditer(text):
        yield Span(start=match.start(), end=match.end(), text=match[0])
    for match in _LATIN.finditer(text):
        if len(match[0]) > 1 and match[0].lower() not in _PLAIN:
            yield Span(start=match.start(), end=match.end(), text=match[0])


def proper_names_in(text: str) -> Iterator[Span]:
    """Yield the capitalised words of an English text that begin no sentence and are no titles."""
    for match in _CAPITALISED.finditer(text):
        if match[0].lower() not in _NO_NAMES:
            yield Span(start=match.start(), end=match.end(), text=match[0])


def entities_in(text: str, known: str) -> Iterator[Span]:
    """Yield the people, places and bodies of a text whose names begin nowhere in ``known``."""
    end = 0
    for word, tag in _tagged(text):
        start = text.find(word, end)
        end = start + len(word)
        unknown = len(word) > 1 and tag in _ENTITY and fold(word)[:2] not in known
        if unknown and _looks_like_a_name(word, text[:start], text[end:]):
            yield Span(start=start, end=end, text=word)


def _looks_like_a_name(word: str, before: str, after: str) -> bool:
    if word in _PLACES or (len(word) > 2 and _SYLLABLES.issuperset(word)):
        return True
    if len(word) > 2 - word.endswith("国") and _BODY.search(word):
        return True
    if word[0] not in _SURNAMES or _MEASURED.search(before):
        return False
    return len(word) == 3 or _SAID.match(after) is not None


def _tagged(text: str) -> list[tuple[str, str]]:
    tagged: list[tuple[str, str]] = rjieba.tag(text)
    return tagged
