"""Facts, verdicts and sentences that no cited source bears out."""

from collections.abc import Iterator, Sequence
from itertools import chain

from assist.check.agreement import bears_out, denies
from assist.check.bounds import End, end_of, ends_of
from assist.check.cases import other_side
from assist.check.context import CheckContext, Claim
from assist.check.contrast import opposites
from assist.check.excused import excused
from assist.check.made_up import made_up
from assist.check.names import entities_in, names_in, proper_names_in
from assist.check.opposed import opposed
from assist.check.order import out_of_order
from assist.check.overlooked import overlooked
from assist.check.replaced import replaced
from assist.check.siblings import of_a_sibling
from assist.check.sources import facts_of, folded, folded_clauses
from assist.check.support import content_of, cover
from assist.check.swap import swapped
from assist.check.things import untold
from assist.check.tiers import tier_told
from assist.check.told import Told, clause_of, told_in
from assist.check.turned import turned
from assist.check.unfounded import (
    contradicted,
    invented,
    opposite,
    unsupported,
    wrongly_cited,
)
from assist.check.unlimited import unlimited
from assist.records import Finding, Span
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
    for fact in facts:
        yield from _of_fact(context, claim, fact, facts, told, others)
    states = not context.states_nothing(claim.text)
    yield from _of_names(context, claim, facts, cited, states=states)
    if not states:
        return
    yield from _of_relations(context, claim, cited)
    yield from _of_contrast(context, claim, facts, cited)
    yield from _of_words(context, claim, cited)
    agreed = any(agrees(fact, each.fact) for fact in facts for each in told)
    yield from _of_support(context, claim, cited, others, facts=agreed)


def _of_fact(
    context: CheckContext,
    claim: Claim,
    fact: Fact,
    facts: Sequence[Fact],
    told: Sequence[Told],
    others: tuple[str, ...],
) -> Iterator[Finding]:
    end = end_of(context.text, fact)
    bound = end.bound if end else None
    borne = [each for each in told if bears_out(fact, bound, each.fact)]
    if (left_out := overlooked(context, fact, facts, told)) is not None:
        yield contradicted(context, fact.start, fact.end, left_out)
    elif borne:
        yield from _of_borne(context, claim, fact, facts, told, borne)
    elif excused(context, claim, fact, told):
        return
    elif any(bears_out(fact, bound, each.fact) for each in told_in(others)):
        yield wrongly_cited(context, fact.start, fact.end)
    elif (near := _nearest(claim, fact, told)) is not None:
        yield contradicted(context, fact.start, fact.end, near.text)
    else:
        yield invented(context, "invented", fact.start, fact.end)


def _of_borne(
    context: CheckContext,
    claim: Claim,
    fact: Fact,
    facts: Sequence[Fact],
    told: Sequence[Told],
    borne: Sequence[Told],
) -> Iterator[Finding]:
    """Judge a value that the sources have: for this case, this side of a limit, this thing."""
    end = end_of(context.text, fact)
    clause = context.clause_at(fact.start)
    tier = tier_told(context, fact, facts, borne)
    if tier is not None:
        if not tier.right:
            yield contradicted(context, fact.start, fact.end, tier.said)
        return
    reverse = _reversed(context, fact, end, borne)
    within = facts_within(facts, clause.start, clause.end)
    if end is not None and reverse is not None:
        yield contradicted(context, end.start, end.end, reverse)
    elif end is not None and (said := other_side(clause, fact, end, within, borne)) is not None:
        yield opposite(context, clause.start, clause.end, said)
    elif (rival := _rival(context, claim, fact, facts, told)) is not None:
        # The value and what it is said of do not belong together, whichever is wrong.
        yield contradicted(context, max(clause.start, claim.start), fact.end, rival)


def _reversed(
    context: CheckContext, fact: Fact, end: End | None, borne: Sequence[Told]
) -> str | None:
    """Return what the sources say where they make a least of what the draft makes a most."""
    if end is None or not end.states:
        return None
    if any(each.end is None or each.end.bound == end.bound for each in borne):
        return None
    mine = folded(context.clause_at(fact.start).text)
    clauses = [clause_of(each) for each in borne]
    if any(denies(folded(clause)) != denies(mine) for clause in clauses):
        return None  # 7天内可退 and 超过7天不退 are the same
    return clauses[0]


def _of_names(
    context: CheckContext,
    claim: Claim,
    facts: Sequence[Fact],
    cited: Sequence[str],
    *,
    states: bool,
) -> Iterator[Finding]:
    known = "\n".join(map(folded, [*cited, context.customer_words]))
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


def _nearest(claim: Claim, fact: Fact, told: Sequence[Told]) -> Fact | None:
    """Return the source's fact of the same kind and unit whose clause is most like the claim."""
    content = content_of(claim.text)
    rivals = [
        (len(content & content_of(clause_of(each))), each.fact)
        for each in told
        if each.fact.kind == fact.kind and each.fact.unit == fact.unit and fact.unit
    ]
    return max(rivals, key=lambda rival: rival[0])[1] if rivals else None


def _rival(
    context: CheckContext,
    claim: Claim,
    fact: Fact,
    facts: Sequence[Fact],
    told: Sequence[Told],
) -> str | None:
    """Return what the sources say instead, where they give the value for another thing."""
    cited = list(dict.fromkeys(each.source for each in told))
    clause = context.clause_at(fact.start)
    if _copied(clause.text, cited):
        return None
    earlier = [f.end for f in facts if f.kind == fact.kind and f.end <= fact.start]
    first = max(earlier, default=claim.start)
    lead = [c.text for c in context.clauses if first <= c.start < clause.start]
    other = swapped(fact, facts, cited, [*lead, clause.text])
    if other is None:
        return None
    return next(clause_of(each) for each in told if each.fact == other)


def _of_relations(context: CheckContext, claim: Claim, cited: Sequence[str]) -> Iterator[Finding]:
    within = Span(start=claim.start, end=claim.end, text=claim.text)
    for mine, told in opposed(context.text, within, context.question or "", cited):
        if _copied(mine.text, cited):
            continue
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
    for clause in context.clauses:
        if not claim.start <= clause.start < claim.end or _copied(clause.text, cited):
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


def _of_words(context: CheckContext, claim: Claim, cited: Sequence[str]) -> Iterator[Finding]:
    known = "\n".join(map(folded, [*cited, context.customer_words]))
    for clause in context.clauses:
        if not claim.start <= clause.start < claim.end or asks(context.text, clause):
            continue
        if context.states_nothing(clause.text):
            continue
        for thing in untold(clause, known, context.rules.things):
            yield invented(context, "invented", thing.start, thing.end)
        for word, told in replaced(clause, content_of(known), cited):
            yield contradicted(context, word.start, word.end, told)


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


def _copied(clause: str, sources: Sequence[str]) -> bool:
    """Whether a source has this very clause, whole."""
    said = folded(clause)
    return any(said in folded_clauses(source) for source in sources)
