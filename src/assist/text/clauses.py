"""The small grammar that several checks share: clauses, questions, quotations, conditions."""

import re

from assist.records import Span
from assist.text.normalise import HAN

_BORDER = re.compile(
    rf"[，。！？；：…\n\r｡、]+|[,;:!?.~～]+(?=\s|$|[{HAN}])|(?<=[{HAN}%])[,;:!?](?=[\da-zA-Z])"
    r"|\s[-–—]+\s|——+",
    re.MULTILINE,
)
_QUESTION_END = re.compile(r"\s*[？?]")
_QUESTION_WORD = re.compile(r"[吗么]\s*$|(?:怎么|为什么|哪|什么|几|多少)[^，。]{0,12}呢\s*$")
_TAIL = 20
_QUOTED = re.compile(
    r"“[^“”\n]{1,200}”|「[^「」\n]{1,200}」|『[^『』\n]{1,200}』|‘[^‘’\n]{1,200}’"
    r"|\"[^\"\n]{1,200}\"|(?<![a-zA-Z])'[^'\n]{1,200}'(?![a-zA-Z])|《[^《》\n]{1,100}》"
)
_REPORTED = re.compile(
    r"您(?:刚才|之前|上次|前面|所|这边|之所以)*"
    r"(?:说|提到|提及|反馈|反映|描述|担心|觉得|认为|以为|怀疑|感觉|问)(?!的)|(?:理解|明白|知道)您"
    r"|you(?:'re| are| were| have|'ve)? (?:said|mention|told|report|worr|think|thought|feel|ask)"
    r"|(?:understand|appreciate|realise|realize)(?: that)? you"
)
_CONDITION = re.compile(
    r"如果|若是|若(?!干)|假如|假设|要是|倘|万一|^凡|^如(?![上下前此何图同实期数约愿常旧故意今来初题])|如(?=您|有|需|遇|仍|果|未|出现|不)|的话(?![费题筒音语剧务术])|除非|一旦"
    r"|(?<![a-z])(?:if|in case|unless|should you)(?![a-z])"
)


def split_clauses(text: str) -> tuple[Span, ...]:
    """Return what stands between commas, colons and stops, without these marks."""
    spans: list[Span] = []
    start = 0
    for match in (*_BORDER.finditer(text), None):
        end = match.start() if match else len(text)
        piece = text[start:end]
        body = piece.strip()
        if body:
            begin = start + len(piece) - len(piece.lstrip())
            spans.append(Span(start=begin, end=begin + len(body), text=body))
        start = match.end() if match else end
    return tuple(spans)


def asks(text: str, clause: Span) -> bool:
    """Whether the clause is a question."""
    return bool(
        _QUESTION_END.match(text, clause.end) or _QUESTION_WORD.search(clause.text[-_TAIL:])
    )


def quotations(text: str) -> tuple[Span, ...]:
    """Return what stands in quotation marks, unless that is the whole text."""
    return tuple(
        Span(start=match.start(), end=match.end(), text=match[0])
        for match in _QUOTED.finditer(text)
        if len(match[0]) < len(text.strip())
    )


def reported(before: str) -> bool:
    """Whether the words before, in one clause, hand over to what the customer says or thinks."""
    return _REPORTED.search(before) is not None


def conditional(clause: str) -> bool:
    """Whether the clause states a condition."""
    return _CONDITION.search(clause) is not None
