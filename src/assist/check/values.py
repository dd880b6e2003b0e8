"""The values of a sentence against those that its sources give, and for what they give them."""

from collections.abc import Callable, Iterator, Sequence

from assist.check.agreement import bears_out, denies
from assist.check.bounds import End, end_of
from assist.check.cases import other_side
from assist.check.context import CheckContext, Claim
from assist.check.excused import excused
from assist.check.overlooked import overlooked
from assist.check.sources import copied, folded
from assist.check.support import content_of
from assist.check.swap import swapped
from assist.check.tiers import tier_told
from assist.check.told import Told, clause_of, told_in
from assist.check.unfounded import contradicted, invented, opposite, wrongly_cited
from assist.records import Finding
from assist.text.facts import Fact, facts_within


def of_value(
    context: CheckContext,
    claim: Claim,
    fact: Fact,
    facts: Sequence[Fact],
    told: Sequence[Told],
    others: tuple[str, ...],
    reckoned: Callable[[], frozenset[Fact]],
) -> Iterator[Finding]:
    """Yield what is wrong with one value; ``others`` are the passages that are not cited.

    ``reckoned`` returns the values of the sentence that are worked out.
    """
    end = end_of(context.text, fact)
    bound = end.bound if end else None
    borne = [each for each in told if bears_out(fact, bound, each.fact)]
    if (left_out := overlooked(context, fact, facts, told)) is not None:
        yield contradicted(context, fact.start, fact.end, left_out)
    elif borne:
        yield from _of_borne(context, claim, fact, facts, told, borne)
    elif excused(context, claim, fact, told, reckoned):
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
    if copied(clause.text, cited):
        return None
    earlier = [f.end for f in facts if f.kind == fact.kind and f.end <= fact.start]
    first = max(earlier, default=claim.start)
    lead = [c.text for c in context.clauses if first <= c.start < clause.start]
    other = swapped(fact, facts, cited, [*lead, clause.text])
    if other is None:
        return None
    return next(clause_of(each) for each in told if each.fact == other)
