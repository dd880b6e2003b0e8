"""What a clause denies, and whether it makes something free."""

import re
from dataclasses import dataclass
from functools import lru_cache

from assist.check.sources import folded
from assist.check.support import content_of
from assist.text.normalise import HAN

# These deny nothing that a policy grants: 不足3公斤 and 不同, 别的, 没关系, 无门槛, no later than.
_HARMLESS = re.compile(
    r"(?:不|未|没有?|别|勿)(?:得|能|可|会|要|应)*(?:满|足|到|达到?|超过?|超出|低于|高于|少于|多于|大于|小于|限(?!购))"
    r"|[（(]不?含[)）]|不(?:同|仅|但|过|好意思|便|锈钢|见不散|客气|受?影响|限|久|妨|管|论|然|如|是所有|只)"
    r"|没(?:关系|问题|事|了)|[了过]没有?(?![^，。]*[可能行])|非(?:常|凡|得|要)"
    r"|无(?:理由|门槛|论|忧|线|障碍)|未(?:来|成年)"
    r"|别(?:的|人|墅|名|家|处|针)|(?:个|级|区|特|类|性|分)别|否则|要不"
    r"|(?<![a-z])(?:no|not|n't) "
    r"(?:more|less|fewer|later|longer than|problem|worries|only|exceed\w*)"
    r"|(?<![a-z])unfortunately(?![a-z])"
)
_DENIES = re.compile(
    rf"(?P<of_one>[非未])|(?P<cannot>(?<=[{HAN}])不[了到上成](?!解))|(?P<all>除外|例外)"
    r"|(?P<need>[不无](?:需要?|用|必|须)"
    r"|(?<![a-z])(?:no need|not (?:need|required?|necessary))(?![a-z]))"
    r"|(?P<without>(?<![a-z])(?:without|no|non-?)(?![a-z]))|(?P<no>无)(?!法)"
    r"|无法|[不没勿别]|禁止|谢绝|拒绝|严禁|避免|n't(?![a-z])"
    r"|(?<![a-z])(?:cannot|not|never|nor|neither|unable|unavailable|exclud(?:e[ds]?|ing)|except|prohibited"
    r"|forbidden|avoid|refrain|hold off(?: on)?|decline|refuse)(?![a-z])"
)
_MODALS = re.compile("^(?:能够?|会|予|得|可以?|要|应)?再?")
# What follows it makes a denial a condition, or part of a name: 不开封也能退, 不可退的部分扣除.
_LEADS_ON = re.compile(
    r"按|请|先(?![生进])|后(?![台续])|时(?![间效长段候])|也|就|都(?!市)|即|则|仍|再|才|便(?![宜利])"
    r"|会(?![员议话])|可|能(?![力量效])|的话|者(?=.)"
    r"|的(?=.{2,}(?:可|能|须|退|支持|免|收|享|按|由|将|应|予))"
)
_CLAUSE_ENDS = re.compile(
    r"(?<![a-z])(?:as long as|if|when|unless|until|after|while|because|so|but|and|or)(?![a-z])"
)
_PARTICIPLE = re.compile(r"\s*(?:(?:be|been|longer|currently|yet) )*\w+(?:ed|able|ible)(?![a-z])")
# Verbs that say no more than that something is so.
_PLAIN = (
    "支持|提供|允许|可以|能够|享受|接受|适用|参与|参加|办理|受理|包含|包括|需要|必须|进行|得到|给予|使用"
    "|在内|一样|同样|照样"
)
_PLAIN_ZH = re.compile(_PLAIN + "|含")
_PLAIN_EN = content_of(
    "support allow permit offer provide accept available eligible possible include cover need"
    " require fine ok okay happy able welcome apply applies use long even same way part"
)
_AFFIRMS = re.compile(
    rf"可|能|含|[需须会将]|{_PLAIN}|也|都|行|没问题|随便|放心|照|同"
    r"|(?<![a-z])(?:can|may|will|must|needs?|requires?|fine|ok|okay|yes|allowed|accepted|available|eligible|covered"
    r"|includ(?:e[ds]?|ing)|supported|welcome|possible|too|also|as well|still)(?![a-z])"
)
_DEMANDS = re.compile(
    r"[需须]|提供|出示|提交|携带|(?<![a-z])(?:must|needs?|requires?|required)(?![a-z])"
)
_FREE = re.compile(
    r"(?<!不参与)(?<!不支持)(?<!不享受)(?<!不享)(?:免[费收邮票]|包邮|免运费)|不(?:用|需要?|必)(?:另)?[付花]|无需付费|不要钱|一分钱不"
    r"|(?:我们|我方|[我本]司|商家|卖家|平台|公司|本店|店方|厂家)(?:这边)?(?:来)?[承负]担|(?<![\d.])0元"
    r"|不(?:再|会|另|外)*[收计](?=[^，。货件寄]{0,4}[费钱])(?:[^，。]{0,4}?[费钱])?|不(?:再|会|另|外)*收取"
    r"|(?<![a-z-])(?:free(?: of charge)?|at no (?:\w+ )?(?:cost|charge)"
    r"|no (?:\w+ )?(?:fee|charge|cost)s?|without charge|on us)(?![a-z])"
)
_CHARGED = re.compile(
    r"收费|付费|自付|另(?:外|行)?购买|自理|另计|另算|另收|加收|收取|另付|[承负]担|扣除"
    r"|(?<![a-z])(?:charged?|fee applies|at your (?:own )?(?:cost|expense)|chargeable)(?![a-z])"
)
_PRICED = re.compile(r"\d[\d.]*\s*(?:元|块|角|%|euros?|dollars?|pounds?|yuan|usd)|[$€£¥]\s?\d")
_OF_PART = re.compile("(?<!可)[以之]外")
_SHORT = 2
"""So many characters may follow 无, or 不了, where it denies the clause and no part of it."""
_KEPT = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Polarity:
    denies: bool | None
    """None where the clause does not tell, or denies two things."""
    denied: frozenset[str] = frozenset()
    """What is denied; empty where it is all that the clause speaks of."""
    first: str = ""
    """The word that begins it, in Chinese."""
    subject: frozenset[str] = frozenset()
    """Of what it is denied."""
    affirms: bool = False
    """Whether the clause has a word that grants or demands something."""
    demand: bool = False
    """Whether what it denies or affirms is a demand."""
    excepts: bool = False
    """Whether it only makes an exception of something: 生鲜除外."""
    cases: tuple[str, ...] = ()
    """What is denied in a condition: 开封 of 未开封."""


_UNTOLD = Polarity(denies=None)


@lru_cache(maxsize=_KEPT)
def charge_of(clause: str) -> Polarity:
    """Return whether a clause denies that something is free."""
    text = folded(clause)
    rest = _FREE.sub("", text)
    free, charged = rest != text, bool(_CHARGED.search(rest) or _PRICED.search(rest))
    return Polarity(denies=charged) if free != charged else _UNTOLD


@lru_cache(maxsize=_KEPT)
def polarity_of(clause: str) -> Polarity:
    """Return what a clause denies, what it charges left out."""
    text = _FREE.sub("", _HARMLESS.sub("", folded(clause)))
    cases: list[str] = []
    denials: list[re.Match[str]] = []
    for match in _DENIES.finditer(text):
        if _of_case(match):
            cases.append(_MODALS.sub("", text[match.end() :])[:2] or match[0])
        else:
            denials.append(match)
    if len(denials) == 1:
        return _denial(text, denials[0], tuple(cases))
    if denials or _CHARGED.search(text) or _OF_PART.search(text):
        return _UNTOLD
    return Polarity(
        denies=False,
        affirms=_AFFIRMS.search(text) is not None,
        demand=_DEMANDS.search(text) is not None,
        cases=tuple(cases),
    )


def _of_case(match: re.Match[str]) -> bool:
    """Whether a denial stands in a condition or in a name: 未开封也可退, 退不了的费用."""
    after = _MODALS.sub("", match.string[match.end() :])
    if match["cannot"] or match["no"]:
        return len(after) > _SHORT
    if match["all"] or match["need"] or match["without"]:
        return False
    return match["of_one"] is not None or _LEADS_ON.search(after) is not None


def _denial(text: str, match: re.Match[str], cases: tuple[str, ...]) -> Polarity:
    denied = "" if match["need"] else _scope(match)
    terms = _telling(denied)
    return Polarity(
        denies=True,
        denied=terms,
        first=denied[:2] if terms and not denied.isascii() else "",
        subject=_telling(text[: match.start()]),
        demand=match["need"] is not None,
        excepts=match["all"] is not None,
        cases=cases,
    )


def _scope(match: re.Match[str]) -> str:
    """Return what a denial denies."""
    text = match.string
    if match["all"]:
        return ""
    if match["cannot"]:
        return text[match.start() - 1]
    after = _MODALS.sub("", text[match.end() :])
    if match["without"]:
        after = " ".join(after.split()[:2])
    elif (passive := _PARTICIPLE.match(after)) is not None:
        after = passive[0]
    elif (rest := _CLAUSE_ENDS.search(after)) is not None:
        after = after[: rest.start()]
    return _PLAIN_ZH.sub("", after)


def _telling(text: str) -> frozenset[str]:
    return content_of(_PLAIN_ZH.sub(" ", text)) - _PLAIN_EN
