"""The findings about what no source bears out, in words an agent can act on."""

from assist.check.context import CheckContext
from assist.check.findings import found
from assist.records import Finding


def invented(context: CheckContext, rule: str, start: int, end: int) -> Finding:
    """Return that no source has the stretch, under the rule "invented" or "unknown_name"."""
    shown = context.text[start:end]
    return _warning(
        context,
        rule,
        start,
        end,
        zh=(f"引用的资料里没有“{shown}”", "核对后改为资料里的说法，或删去"),
        en=(f"No cited passage has “{shown}”", "Use what the sources say, or leave it out"),
    )


def contradicted(context: CheckContext, start: int, end: int, told: str) -> Finding:
    """Return that the sources have another value."""
    shown = context.text[start:end]
    return _warning(
        context,
        "contradiction",
        start,
        end,
        zh=(f"草稿写“{shown}”，资料写“{told}”", f"改为“{told}”"),
        en=(f"The draft says “{shown}”, the source says “{told}”", f"Use “{told}”"),
    )


def opposite(context: CheckContext, start: int, end: int, told: str) -> Finding:
    """Return that the source says the reverse, or the same of another."""
    shown = context.text[start:end]
    return _warning(
        context,
        "polarity",
        start,
        end,
        zh=(f"“{shown}”与资料相反：资料写的是“{told}”", f"按资料改：“{told}”"),
        en=(
            f"“{shown}” is the opposite of the source: “{told}”",
            f"Follow the source: “{told}”",
        ),
    )


def wrongly_cited(context: CheckContext, start: int, end: int) -> Finding:
    """Return that a passage says it, but not the cited one."""
    shown = context.text[start:end]
    return _warning(
        context,
        "wrong_citation",
        start,
        end,
        zh=(f"“{shown}”出自另一条资料，不是这句引用的那条", "改引正确的资料"),
        en=(
            f"“{shown}” comes from another passage than the cited one",
            "Cite the passage that says it",
        ),
    )


def unsupported(context: CheckContext, start: int, end: int) -> Finding:
    """Return that nothing of a sentence stands in its sources."""
    return _warning(
        context,
        "unsupported",
        start,
        end,
        zh=("引用的资料里找不到这句话的依据", "按资料改写，或删去这句"),
        en=(
            "No cited passage bears this sentence out",
            "Rewrite it from the sources, or leave it out",
        ),
    )


def _warning(
    context: CheckContext,
    rule: str,
    start: int,
    end: int,
    *,
    zh: tuple[str, str],
    en: tuple[str, str],
) -> Finding:
    message, suggestion = zh if context.agent_language == "zh" else en
    return found(context, "grounding", rule, "warn", start, end, message, suggestion)
