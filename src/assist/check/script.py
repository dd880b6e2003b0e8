"""The opening and the closing that the scenario's script asks for."""

from collections.abc import Iterator, Mapping

from assist.check.context import CheckContext
from assist.check.findings import found
from assist.check.phrases import holds
from assist.records import Finding, Language
from assist.text.normalise import fold


def script(context: CheckContext) -> Iterator[Finding]:
    """Find what is missing at the ends of a full reply that a person is about to send.

    A draft gets its ends from the scripts, a short reply or a later turn needs none.
    """
    rule = context.rules.wording.script
    text = context.text.strip()
    final = context.sentences is None and context.passages and context.question is not None
    if not final or context.decision != "answer" or len(text) < rule.least:
        return
    first = len(context.text) - len(context.text.lstrip())
    last = first + len(text)
    if not any(turn.role == "agent" for turn in context.conversation):
        words = _words(rule.opening, context)
        if not holds(fold(text[: rule.near]), words):
            yield _missing(context, "opening", first, first + 1, words[0])
    words = _words(rule.closing, context)
    if not holds(fold(text[-rule.near :]), words):
        yield _missing(context, "closing", last - 1, last, words[0])


def _words(
    part: Mapping[str, Mapping[Language, tuple[str, ...]]], context: CheckContext
) -> tuple[str, ...]:
    return part.get(context.scenario, part["general"])[context.language]


def _missing(context: CheckContext, rule: str, start: int, end: int, words: str) -> Finding:
    zh = context.agent_language == "zh"
    begins = rule == "opening"
    where_zh, where_en = ("开头", "beginning") if begins else ("结尾", "end")
    return found(
        context,
        "form",
        rule,
        "info",
        start,
        end,
        f"{where_zh}缺少话术要求的用语" if zh else f"The {where_en} lacks what the script asks for",
        f"{where_zh}加上“{words}”之类的话" if zh else f"Say something like “{words}”",
    )
