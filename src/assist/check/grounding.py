"""Facts, verdicts and sentences that no cited source bears out."""

from collections.abc import Iterator, Sequence
from functools import cache, partial
from itertools import chain

from assist.check.context import CheckContext, Claim
from assist.check.made_up import made_up
from assist.check.names import entities_in, names_in, proper_names_in
from assist.check.relations import of_relations
from assist.check.replaced import replaced
from assist.check.sources import copied, folded
from assist.check.support import content_of, cover
from assist.check.things import untold
from assist.check.told import told_in
from assist.check.unfounded import contradicted, invented, unsupported, wrongly_cited
from assist.check.values import of_value
from assist.check.worked_out import worked_out
from assist.records import Finding
from assist.text.clauses import asks, reported
from assist.text.facts import Fact, agrees, facts_within

_SUPPORTED = (0.2, 0.3)
"""Below this cover an English or a Chinese sentence says something else than its sources."""
_SAYS_IT = 0.6
_CLEARLY = 0.25
"""By so much another passage must cover a sentence better to be the right one."""
_TELLING_WORDS = 3
_TELLING = 4
"""A sentence with fewer content terms is too short to judge by its words."""


def grounding(context: CheckContext) -> tuple[Finding, ...]:
    """Find what is invented or contradicted; without any source there is nothing to judge by."""
    if not context.passages and context.sentences is None:
        return ()
    return tuple(finding for claim in context.claims for finding in _judged(context, claim))


def _judged(context: CheckContext, claim: Claim) -> Iterator[Finding]:
    found = list(_of_claim(context, claim))
    yield from found
    if context.states_nothing(claim.text) or reported(folded(claim.text)):
        return
    for clause in made_up(context, claim, context.sources_of(claim)):
        if not any(each.start < clause.end and clause.start < each.end for each in found):
            yield unsupported(context, clause.start, clause.end)


def _of_claim(context: CheckContext, claim: Claim) -> Iterator[Finding]:
    cited = context.sources_of(claim)
    others = tuple(text for text in context.passages.values() if text not in cited)
    facts = facts_within(context.facts, claim.start, claim.end)
    told = told_in(cited)
    reckoned = cache(partial(worked_out, context, claim, told))
    for fact in facts:
        yield from of_value(context, claim, fact, facts, told, others, reckoned)
    states = not context.states_nothing(claim.text)
    yield from _of_names(context, claim, facts, cited, states=states)
    if not states:
        return
    yield from of_relations(context, claim, facts, cited)
    yield from _of_words(context, claim, cited)
    agreed = any(agrees(fact, each.fact) for fact in facts for each in told)
    yield from _of_support(context, claim, cited, others, facts=agreed)


def _of_names(
    context: CheckContext,
    claim: Claim,
    facts: Sequence[Fact],
    cited: Sequence[str],
    *,
    states: bool,
) -> Iterator[Finding]:
    known = _known(context, cited)
    if context.language == "zh":
        names = names_in(claim.text)
        if states:
            names = chain(names, entities_in(claim.text, known))
    else:
        names = proper_names_in(claim.text) if states else iter(())
    for name in names:
        start, end = claim.start + name.start, claim.start + name.end
        told = folded(name.text) in known or any(f.start < end and start < f.end for f in facts)
        if not told:
            yield invented(context, "unknown_name", start, end)


def _of_words(context: CheckContext, claim: Claim, cited: Sequence[str]) -> Iterator[Finding]:
    known = _known(context, cited)
    for clause in context.clauses_in(claim):
        if asks(context.text, clause) or copied(clause.text, cited):
            continue
        if context.states_nothing(clause.text):
            continue
        for thing in untold(clause, known, context.rules.things):
            yield invented(context, "invented", thing.start, thing.end)
        for word, told in replaced(clause, content_of(known), cited):
            yield contradicted(context, word.start, word.end, told)


def _known(context: CheckContext, cited: Sequence[str]) -> str:
    """Return, folded, all that the sources and the customer say."""
    return "\n".join(map(folded, [*cited, context.customer_words]))


def _of_support(
    context: CheckContext, claim: Claim, cited: Sequence[str], others: Sequence[str], *, facts: bool
) -> Iterator[Finding]:
    """Judge a sentence by its words; ``facts``: whether a value of it stands in its sources."""
    terms = len(content_of(claim.text))
    if terms < _TELLING_WORDS or reported(folded(claim.text)):
        return
    covered = cover(claim.text, [*cited, context.customer_words])
    if terms < _TELLING and (covered or context.language == "zh"):
        return
    better = max((cover(claim.text, [other]) for other in others), default=0.0)
    if claim.citations and covered < _SAYS_IT and better >= covered + _CLEARLY:
        yield wrongly_cited(context, claim.start, claim.end)
    elif covered < _SUPPORTED[context.language == "zh"] and not facts:
        yield unsupported(context, claim.start, claim.end)
