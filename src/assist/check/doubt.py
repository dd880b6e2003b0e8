"""Facts that the model itself held unlikely, where it tells the probabilities of its tokens."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from math import exp

from assist.check.context import CheckContext
from assist.check.findings import found
from assist.check.sources import facts_of
from assist.records import Finding, Token
from assist.text.facts import Fact, agrees
from assist.text.normalise import fold


def doubtful_facts(context: CheckContext) -> Iterator[Finding]:
    """Yield the facts with a token below the least probability; advice where a source has them."""
    if not context.tokens:
        return
    rule = context.rules.hedges.confidence
    language = context.agent_language
    for fact, chance in _chances(context):
        if chance >= rule.least:
            continue
        sources = context.sources_at(fact.start)
        sourced = any(agrees(fact, told) for source in sources for told in facts_of(source))
        yield found(
            context,
            "uncertainty",
            "low_confidence",
            "info" if sourced else "warn",
            fact.start,
            fact.end,
            rule.message[language]
            .replace("{text}", fact.text)
            .replace("{percent}", f"{chance:.0%}"),
            rule.suggestion[language],
        )


def _chances(context: CheckContext) -> Iterator[tuple[Fact, float]]:
    """Yield each fact with the lowest probability among its tokens.

    What the model wrote and what is shown differ in marks, Markdown and thoughts, so a fact is
    looked for with its clause by letters and digits alone, and from the end: thoughts come first.
    """
    tokens = [token for token in context.tokens if _bare(token.text)]
    pieces = [_bare(token.text) for token in tokens]
    written, ends = "".join(pieces), list(accumulate(map(len, pieces)))
    for fact in context.facts:
        clause = context.clause_at(fact.start)
        at = written.rfind(_bare(context.text[clause.start : clause.end]))
        if at >= 0:
            start = at + len(_bare(context.text[clause.start : fact.start]))
            end = start + len(_bare(fact.text))
            yield fact, _lowest(tokens, ends, start, end)


def _lowest(tokens: Sequence[Token], ends: Sequence[int], start: int, end: int) -> float:
    """Return the lowest probability of the tokens that cover ``start`` to ``end``."""
    first, last = bisect_right(ends, start), bisect_right(ends, end - 1)
    return exp(min(token.logprob for token in tokens[first : last + 1]))


def _bare(text: str) -> str:
    return "".join(character for character in fold(text) if character.isalnum())
