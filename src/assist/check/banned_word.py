"""Words that must not be used, in whatever disguise."""

from assist.check.context import CheckContext
from assist.check.findings import found
from assist.check.hits import BannedHit
from assist.records import Finding


def banned_word(context: CheckContext) -> tuple[Finding, ...]:
    """Find the forbidden words of the configured lists."""
    return tuple(_finding(context, hit) for hit in context.rules.banned.find(context.text))


def _finding(context: CheckContext, hit: BannedHit) -> Finding:
    """Return the hit with, as suggestion, the very words to put in its place."""
    banned = hit.banned
    written = context.text[hit.start : hit.end]
    disguised = written.casefold() != banned.word.casefold()
    if context.agent_language == "zh":
        meant = f"（即“{banned.word}”）" if disguised else ""
        message = f"“{written}”{meant}：{banned.reason['zh']}"
    else:
        meant = f" (that is, “{banned.word}”)" if disguised else ""
        message = f"“{written}”{meant}: {banned.reason['en']}"
    return found(
        context,
        "banned_word",
        banned.rule,
        banned.severity,
        hit.start,
        hit.end,
        message,
        banned.replacement,
    )
