"""Orders to the assistant, in the text itself or in a passage that it rests on."""

from collections.abc import Iterator

from assist.check.context import CheckContext
from assist.check.findings import found
from assist.records import Finding
from assist.text.likeness import find_likeness


def injection(context: CheckContext) -> tuple[Finding, ...]:
    """Find orders to the assistant; a text that rests on a poisoned passage is suspect too."""
    return (*_in_text(context), *_in_passages(context))


def _in_text(context: CheckContext) -> Iterator[Finding]:
    zh = context.agent_language == "zh"
    for sign in context.rules.injection(context.text):
        yield found(
            context,
            "injection",
            sign.rule,
            "warn",
            sign.start,
            sign.end,
            sign.reason[context.agent_language],
            "删去" if zh else "Leave it out",
        )


def _in_passages(context: CheckContext) -> Iterator[Finding]:
    """Report each poisoned passage at the first sentence that rests on it."""
    zh = context.agent_language == "zh"
    for n, passage in context.passages.items():
        reason = _poison(passage, context)
        resting = [c for c in context.claims if c.citations is None or n in c.citations]
        if reason is None or not resting:
            continue
        yield found(
            context,
            "injection",
            "passage",
            "warn",
            resting[0].start,
            resting[0].end,
            f"资料 {n} 里夹带了给助手的指令：{reason}" if zh else f"Passage {n}: {reason}",
            "先请管理员核对这条资料" if zh else "Have an admin look at the passage first",
        )


def _poison(passage: str, context: CheckContext) -> str | None:
    rules = context.rules
    signs = rules.injection(passage)
    if not signs and context.obeyed:
        alike = find_likeness(passage, rules.likeness, "passage", context.vectors)
        signs = (alike,) if alike else ()
    return signs[0].reason[context.agent_language] if signs else None
