"""Texts too long for where they are read."""

from assist.check.context import CheckContext
from assist.check.findings import found
from assist.records import Finding


def length(context: CheckContext) -> tuple[Finding, ...]:
    """Find a text over its channel's limit; over twice the limit is a warning."""
    limit = context.rules.wording.length.most(context.channel, context.language)
    size = len(context.text.strip())
    if size <= limit:
        return ()
    zh = context.agent_language == "zh"
    return (
        found(
            context,
            "length",
            "too_long",
            "warn" if size > 2 * limit else "info",
            min(limit, len(context.text)),
            len(context.text),
            f"{size} 字，这个渠道宜在 {limit} 字以内"
            if zh
            else f"{size} characters; this channel takes {limit}",
            "只留客户问到的内容" if zh else "Keep to what was asked",
        ),
    )
