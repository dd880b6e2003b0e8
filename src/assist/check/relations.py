"""What a sentence says of the things of its sources: yes for no, all for some, one for another."""

from collections.abc import Iterator, Sequence
from itertools import chain

from assist.check.bounds import ends_of
from assist.check.context import CheckContext, Claim
from assist.check.contrast import opposites
from assist.check.opposed import opposed
from assist.check.order import out_of_order
from assist.check.siblings import of_a_sibling
from assist.check.sources import copied, facts_of
from assist.check.turned import turned
from assist.check.unfounded import invented, opposite
from assist.check.unlimited import unlimited
from assist.records import Finding, Span
from assist.text.facts import Fact, agrees, facts_within


def of_relations(
    context: CheckContext, claim: Claim, facts: Sequence[Fact], cited: Sequence[str]
) -> Iterator[Finding]:
    """Yield what a sentence says otherwise than its sources of things that they have."""
    yield from _of_statements(context, claim, cited)
    yield from _of_contrast(context, claim, facts, cited)


def _of_statements(context: CheckContext, claim: Claim, cited: Sequence[str]) -> Iterator[Finding]:
    within = Span(start=claim.start, end=claim.end, text=claim.text)
    for mine, told in opposed(context.text, within, context.question or "", cited):
        if not _other_case(context.text[claim.start : mine.end], told.text):
            yield opposite(context, mine.start, mine.end, told.text)
    for steps, said in out_of_order(claim.text, cited):
        yield opposite(context, claim.start + steps.start, claim.start + steps.end, said)
    for word in unlimited(context.text, within, cited):
        yield invented(context, "invented", word.start, word.end)


def _other_case(mine: str, told: str) -> bool:
    """Whether one clause is of up to a value and the other of more: 2小时前可改签, 2小时内不可.

    ``mine`` with what leads to it: 不到两成, 可以退.
    """
    return any(
        agrees(fact, other) and end and rival and end.bound != rival.bound
        for fact, end in zip(facts_of(mine), ends_of(mine), strict=True)
        for other, rival in zip(facts_of(told), ends_of(told), strict=True)
    )


def _of_contrast(
    context: CheckContext, claim: Claim, facts: Sequence[Fact], cited: Sequence[str]
) -> Iterator[Finding]:
    for clause in context.clauses_in(claim):
        if copied(clause.text, cited):
            continue
        for word, told in turned(clause, cited, context.rules.turns):
            yield opposite(context, word.start, word.end, told)
        own = facts_within(facts, clause.start, clause.end)
        before = context.text[claim.start : clause.start]
        said = next(
            chain(
                opposites(clause, own, cited, context.rules.contrasts),
                of_a_sibling(clause, before, own, cited),
            ),
            None,
        )
        if said is not None:  # who or when does not go with what: the clause is wrong as a whole
            yield opposite(context, clause.start, clause.end, said.text)
