"""Sentences without a source, and numbers that point nowhere."""

from collections.abc import Iterator

from assist.check.context import CheckContext
from assist.check.findings import found
from assist.records import Finding


def citation(context: CheckContext) -> tuple[Finding, ...]:
    """Find citations out of range, and in an answer the statements that cite nothing."""
    return tuple(_findings(context))


def _findings(context: CheckContext) -> Iterator[Finding]:
    zh = context.agent_language == "zh"
    for claim in context.claims:
        if claim.citations is None:
            continue
        unknown = [n for n in claim.citations if n not in context.passages]
        if unknown:
            numbers = "、".join(map(str, unknown)) if zh else ", ".join(map(str, unknown))
            yield found(
                context,
                "citation",
                "unknown_citation",
                "block",
                claim.start,
                claim.end,
                f"引用的资料 {numbers} 不存在" if zh else f"Passage {numbers} does not exist",
                "改引存在的资料，或删去这句" if zh else "Cite a passage that exists",
            )
        bare = not claim.citations and context.decision == "answer"
        if bare and not context.states_nothing(claim.text):
            yield found(
                context,
                "citation",
                "uncited",
                "warn",
                claim.start,
                claim.end,
                "这句话没有注明出处" if zh else "This statement cites no source",
                "注明依据的资料，或删去这句" if zh else "Cite its source, or leave it out",
            )
