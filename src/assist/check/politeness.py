"""Words that hurt, and politeness that is missing."""

import re
from collections.abc import Iterator

from assist.check.context import CheckContext, Surroundings
from assist.check.findings import found
from assist.check.phrases import holds
from assist.records import Finding
from assist.text.clauses import conditional, reported

_FAMILIAR = re.compile(r"你(?!好)们?")
_DENIED = re.compile(r"(?:不是|并非|不会|没有|不能|(?<![a-z])(?:not|isn't|never))\s*$")
_CHOICE = re.compile(r"(?:可以?|想|希望|方便|随时|(?<!不)能)(?:随时|在线|直接)?$")
# 没办法识别的二维码 tells which code, it refuses nothing.
_ATTRIBUTE = re.compile(r"[^，。您我]{1,8}的[^，。]{2}")
_EDGES = re.compile(r"^[\W_]+|[\W_的呢啊哦呀]+$")


def politeness(context: CheckContext) -> tuple[Finding, ...]:
    """Find rude and cold phrases, and a Chinese text without a polite form."""
    return (*_hurtful(context), *_impolite(context))


def _hurtful(context: CheckContext) -> Iterator[Finding]:
    zh = context.agent_language == "zh"
    alone = _EDGES.sub("", context.text)
    for match in context.rules.wording.hurtful.find(context.normal):
        shown = context.text[match.start : match.end]
        around = context.surroundings(match.start, match.end)
        if context.quoted(match.start, match.end) or reported(around.before) or _harmless(around):
            continue
        for kind, rule in match.values[:1]:
            if rule.whole and shown != alone:
                continue
            rude = kind == "rude"
            if zh:
                message = f"“{shown}”会伤害客户" if rude else f"“{shown}”听起来冷淡、推脱"
            else:
                message = f"“{shown}” is rude" if rude else f"“{shown}” sounds cold"
            yield found(
                context,
                "politeness",
                kind,
                "warn" if rude else "info",
                match.start,
                match.end,
                message,
                rule.suggestion[context.agent_language],
            )


def _harmless(around: Surroundings) -> bool:
    """Whether the words are denied, only supposed, a choice, or part of a name."""
    if _DENIED.search(around.before) or conditional(around.before):
        return True
    return bool(_CHOICE.search(around.before) or _ATTRIBUTE.match(around.after))


def _impolite(context: CheckContext) -> Iterator[Finding]:
    wording = context.rules.wording
    text = context.normal.text
    if context.language != "zh":
        return
    zh = context.agent_language == "zh"
    familiar = _FAMILIAR.search(context.text)
    if familiar and "您" not in text:
        yield found(
            context,
            "politeness",
            "familiar_form",
            "info",
            familiar.start(),
            familiar.end(),
            "对客户应该称“您”" if zh else "Address the customer as 您",
            "改为“您”" if zh else "Use 您",
        )
    elif len(text.strip()) >= wording.polite_from and not holds(text, wording.polite_words):
        yield found(
            context,
            "politeness",
            "no_polite_word",
            "info",
            0,
            len(context.text),
            "没有一个礼貌用语，显得生硬" if zh else "No polite word; it sounds abrupt",
            "加上“您好”“请”“感谢”等" if zh else "Add 您好, 请 or 感谢",
        )
