"""Marks, leftovers and words that do not belong in a text for a customer."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assist.check.context import CheckContext
from assist.check.findings import found
from assist.check.script import script
from assist.records import Finding, Language, Severity
from assist.text.normalise import HAN, fold

_THOUGHT = r"(?:think(?:ing)?|thoughts?|reasoning|reflection|analysis|scratchpad)"
_OPEN = rf"(?:(?:[<＜]|&lt;){_THOUGHT}(?:[>＞]|&gt;)|◁think▷|[\[【]思考(?:过程)?[\]】])"
_CLOSE = rf"(?:(?:[<＜]|&lt;)/{_THOUGHT}(?:[>＞]|&gt;)|◁/think▷|[\[【]/思考(?:过程)?[\]】])"
# Unclosed, all that follows is thought; never opened, all that comes before.
_THINKING = (
    rf"{_OPEN}(?:(?!{_CLOSE})[\s\S])*(?:{_CLOSE})?|\A(?:(?!{_OPEN}|{_CLOSE})[\s\S])*{_CLOSE}|{_CLOSE}"
    r"|<\|[A-Za-z_]{1,40}\|>"
)
_CITATION = (
    r"[\[［]\^?(?:来源|资料|文档|source )?\d{1,2}(?:\s?[,，、-]\s?\d{1,2}){0,5}[\]］]"
    r"|【\d{1,2}(?:†[^】\n]{0,20})?】|〔\d{1,2}〕"
)
_MARKDOWN = (
    # Behind a digit or a letter stars hide a number (138****5678) or dial one.
    r"(?<![*＊\dA-Za-z])(\*{2,3}|__|~~|＊{2,3})(?=[^\s*＊])[^\n]{1,200}?\1"
    r"|(?<![\w*])[*＊](?=[^\s*＊])[^*＊\n]{1,200}[*＊](?!\w)"
    rf"|(?<![*＊\d])[*＊](?!(?:[长宽高厚深]度?|数量|单价)[*＊])(?=[{HAN}])[^*＊\n]{{2,40}}[*＊](?![*＊\d])"
    r"|^[ ]{0,3}[#＃]{1,6}[ ]+\S|```|`[^`\n]{1,200}`|!?\[[^\]\n]{1,200}\]\([^)\n]{1,500}\)"
    r"|^[ ]{0,3}\[[^\]\n]{1,80}\]:[ ]*https?:|<https?://[^>\s]{1,300}>"
    r"|^[ ]{0,3}[*＊+][ ]+\S|^[ ]{0,3}>[ ]+\S|^\|[^\n]{1,500}\|[ ]*$"
    r"|^[ ]{0,3}\|?[ ]*:?-{3,}:?(?:[ ]*\|[ ]*:?-{3,}:?){1,20}"
    r"|^[ ]{0,3}(?:-{3,}|={3,}|\*{3,}|_{3,})[ ]*$|^[ ]{0,3}(?:\*\*|＊＊)(?=[^\s*＊\d])"
    r"|(?<=[。！？：:])(?:\*\*|＊＊)(?![*＊\d])"
)
_HTML = (
    r"</?(?:a|b|br|p|div|span|img|i|u|em|strong|ul|ol|li|h[1-6]|table|tr|td|th|font|script|style"
    r"|iframe|input|svg|body|html)\b[^<>]{0,500}>|&(?:nbsp|lt|gt|amp|quot|#\d{1,7});"
)
_BLANK = (
    r"\{\{[^{}\n]{1,40}\}\}|\$?\{[A-Za-z_\u4e00-\u9fff][^{}\n]{0,40}\}"
    r"|[\[【<](?:客户|用户|您的)?(?:姓名|名字|称呼|订单号|日期|金额|手机号|电话|地址|时间|公司名称?"
    r"|产品名称?|链接|date|amount|name|(?:your|customer|client|first|last|full|agent|company|product"
    r"|order|phone|tracking|account|insert)[ _-][A-Za-z _-]{1,30})[\]】>]"
    r"|(?<![A-Za-z0-9])[XxＸ×]{2,6}"
    r"(?=元|天|号|小时|先生|女士|公司|产品|月|日|年|分钟|工作日)|_{4,}"
)


@dataclass(frozen=True, slots=True)
class _Mark:
    rule: str
    severity: Severity
    pattern: re.Pattern[str]
    message: Mapping[Language, str]
    advice: Mapping[Language, str]


_MARKS = (
    _Mark(
        "thinking",
        "block",
        re.compile(_THINKING, re.IGNORECASE),
        {"zh": "混入了模型的思考内容", "en": "Holds the model's own thinking"},
        {"zh": "删去这一段", "en": "Leave it out"},
    ),
    _Mark(
        "citation_mark",
        "warn",
        re.compile(_CITATION),
        {"zh": "出处标记不能发给客户", "en": "A citation mark is not for the customer"},
        {"zh": "删去标记", "en": "Leave the mark out"},
    ),
    _Mark(
        "markdown",
        "warn",
        re.compile(_MARKDOWN, re.MULTILINE),
        {"zh": "客户看到的是纯文本，Markdown 符号会原样显示", "en": "Markdown shows as it is"},
        {"zh": "去掉符号，只留文字", "en": "Keep the words, drop the marks"},
    ),
    _Mark(
        "bullet",
        "info",
        re.compile(r"^[ ]{0,3}-[ ]+(?!\d+\s?[℃°度])\S", re.MULTILINE),
        {"zh": "列表符号在聊天窗口里不好读", "en": "Bullet marks read badly in a chat window"},
        {"zh": "改成编号或短句", "en": "Use numbers or short sentences"},
    ),
    _Mark(
        "html",
        "warn",
        re.compile(_HTML, re.IGNORECASE),
        {"zh": "网页代码会原样显示给客户", "en": "Markup shows as it is"},
        {"zh": "只留文字", "en": "Keep the words only"},
    ),
    _Mark(
        "placeholder",
        "warn",
        re.compile(_BLANK, re.IGNORECASE),
        {"zh": "模板里的空位没有填", "en": "A blank of the template was not filled in"},
        {"zh": "填上实际内容", "en": "Fill it in"},
    ),
)
_PICTURE = r"[\U0001f300-\U0001faff\u2600-\u27bf\u2b50\u2b55\u231a\u231b\u23e9-\u23f3]"
_STYLE = r"[\ufe0f\U0001f3fb-\U0001f3ff]{0,2}"
_EMOJI = re.compile(
    rf"[\U0001f1e6-\U0001f1ff]{{2}}|{_PICTURE}{_STYLE}(?:\u200d{_PICTURE}{_STYLE}){{0,4}}"
)
_EXCLAMATION = re.compile(r"[!！]")


def form(context: CheckContext) -> tuple[Finding, ...]:
    """Find marks, jargon, too many emoji or exclamation marks, and missing ends of a reply."""
    return (*_marks(context), *_jargon(context), *_excess(context), *script(context))


def _marks(context: CheckContext) -> Iterator[Finding]:
    language = context.agent_language
    for mark in _MARKS:
        for match in mark.pattern.finditer(context.text):
            yield found(
                context,
                "form",
                mark.rule,
                mark.severity,
                match.start(),
                match.end(),
                mark.message[language],
                mark.advice[language],
            )


def _jargon(context: CheckContext) -> Iterator[Finding]:
    zh = context.agent_language == "zh"
    said = fold(context.customer_words)
    for match in context.rules.wording.jargon.find(context.normal):
        shown = context.text[match.start : match.end]
        if fold(shown) in said:
            continue
        plain = match.values[0]
        yield found(
            context,
            "form",
            "jargon",
            "info",
            match.start,
            match.end,
            f"“{shown}”是内部用语，客户不一定明白" if zh else f"“{shown}” is in-house language",
            f"改为“{plain}”" if zh else f"Say “{plain}”",
        )


def _excess(context: CheckContext) -> Iterator[Finding]:
    zh = context.agent_language == "zh"
    wording = context.rules.wording
    limits = (
        ("emoji", _EMOJI, wording.most_emoji, "表情符号", "emoji"),
        (
            "exclamation",
            _EXCLAMATION,
            wording.most_exclamation_marks,
            "感叹号",
            "exclamation marks",
        ),
    )
    for rule, pattern, most, zh_name, en_name in limits:
        matches = list(pattern.finditer(context.text))
        if len(matches) > most:
            yield found(
                context,
                "form",
                rule,
                "info",
                matches[most].start(),
                matches[most].end(),
                f"{zh_name}超过 {most} 个" if zh else f"More than {most} {en_name}",
                f"最多保留 {most} 个" if zh else f"Keep at most {most}",
            )
