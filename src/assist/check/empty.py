"""Texts that say nothing."""

from assist.check.context import CheckContext
from assist.check.findings import found
from assist.records import Finding


def empty(context: CheckContext) -> tuple[Finding, ...]:
    """Find a text without a single letter or figure."""
    if any(character.isalnum() for character in context.normal.text):
        return ()
    zh = context.agent_language == "zh"
    message = "没有内容可发" if zh else "There is nothing to send"
    return (found(context, "empty", "empty", "block", 0, len(context.text), message),)
