"""Facts, verdicts and sentences that no cited source bears out."""

from collections.abc import Iterator, Sequence
from itertools import chain

from assist.check.context import CheckContext, Claim
from assist.check.denial import denied
from assist.check.findings import found
from assist.check.names import entities_in, names_in
from assist.check.sources import clauses_of, facts_of, folded, folded_clauses
from assist.check.stance import opposed
from assist.check.support import content_of, cover
from assist.check.swap import swapped
from assist.records import Finding
from assist.text.facts import Fact, agrees
from assist.text.normalise import fold

_SUPPORTED = 0.2
"""Below this cover a sentence says something else than its sources."""
_SAYS_IT = 0.6
_TELLING = 4
"""A sentence with fewer content terms is too short to judge by its words."""


def grounding(context: CheckContext) -> tuple[Finding, ...]:
    """Find what is invented or contradicted; without any source there is nothing to judge by."""
    if not context.passages and context.sentences is None:
        return ()
    return tuple(finding for claim in context.claims for finding in _of_claim(context, claim))


def _of_claim(context: CheckContext, claim: Claim) -> Iterator[Finding]:
    cited = context.sources_of(claim)
    others = [text for text in context.passages.values() if text not in cited]
    facts = [fact for fact in context.facts if claim.start <= fact.start < claim.end]
    for fact in facts:
        if fact.kind != "url":
            yield from _of_fact(context, claim, fact, facts, cited, others)
    yield from _of_names(context, claim, facts, cited)
    if context.states_nothing(claim.text):
        return
    yield from _of_stance(context, claim, cited)
    told = [other for source in cited for other in facts_of(source)]
    if not any(agrees(fact, other) for fact in facts for other in told):
        yield from _of_support(context, claim, cited, others)


def _of_fact(
    context: CheckContext,
    claim: Claim,
    fact: Fact,
    facts: Sequence[Fact],
    cited: Sequence[str],
    others: Sequence[str],
) -> Iterator[Finding]:
    told = [(source, other) for source in cited for other in facts_of(source)]
    if any(agrees(fact, other) for _, other in told):
        rival = _rival(context, claim, fact, facts, cited)
        if rival is not None:
            yield _contradiction(context, fact, rival)
        return
    if any(agrees(fact, other) for other in facts_of(context.customer_words)):
        return
    if any(agrees(fact, other) for source in others for other in facts_of(source)):
        yield _wrong_citation(context, fact.start, fact.end)
        return
    near = _nearest(claim, fact, told)
    if near is not None:
        yield _contradiction(context, fact, near)
        return
    yield _invented(context, "invented", fact.start, fact.end)


def _of_names(
    context: CheckContext, claim: Claim, facts: Sequence[Fact], cited: Sequence[str]
) -> Iterator[Finding]:
    if context.language != "zh":
        return
    known = "\n".join(map(folded, [*cited, context.customer_words]))
    names = names_in(claim.text)
    if not context.states_nothing(claim.text):
        names = chain(names, entities_in(claim.text, known))
    for name in names:
        start, end = claim.start + name.start, claim.start + name.end
        told = fold(name.text) in known or any(f.start < end and start < f.end for f in facts)
        if not told:
            yield _invented(context, "unknown_name", start, end)


def _nearest(claim: Claim, fact: Fact, told: Sequence[tuple[str, Fact]]) -> Fact | None:
    """Return the source's fact of the same kind and unit whose clause is most like the claim."""
    content = content_of(claim.text)
    rivals = [
        (len(content & content_of(_clause(source, other))), other)
        for source, other in told
        if other.kind == fact.kind and other.unit == fact.unit and fact.unit
    ]
    return max(rivals, key=lambda rival: rival[0])[1] if rivals else None


def _rival(
    context: CheckContext, claim: Claim, fact: Fact, facts: Sequence[Fact], cited: Sequence[str]
) -> Fact | None:
    """Return what the sources say instead, where they give the value for another thing."""
    clause = context.clause_at(fact.start)
    if _copied(clause.text, cited):
        return None
    return swapped(fact, facts, cited, clause.text, context.text[claim.start : clause.end])


def _of_stance(context: CheckContext, claim: Claim, cited: Sequence[str]) -> Iterator[Finding]:
    zh = context.agent_language == "zh"
    for mine, told in chain(opposed(claim.text, cited), denied(claim.text, cited)):
        if _copied(mine.clause.text, cited):
            continue
        start, end = claim.start + mine.start, claim.start + mine.end
        said = told.clause.text
        yield found(
            context,
            "grounding",
            "polarity",
            "warn",
            start,
            end,
            f"“{context.text[start:end]}”与资料相反：资料写的是“{said}”"
            if zh
            else f"“{context.text[start:end]}” is the opposite of the source: “{said}”",
            f"按资料改：“{said}”" if zh else f"Follow the source: “{said}”",
        )


def _of_support(
    context: CheckContext, claim: Claim, cited: Sequence[str], others: Sequence[str]
) -> Iterator[Finding]:
    if len(content_of(claim.text)) < _TELLING:
        return
    if cover(claim.text, [*cited, context.customer_words]) >= _SUPPORTED:
        return
    if claim.citations and any(cover(claim.text, [other]) >= _SAYS_IT for other in others):
        yield _wrong_citation(context, claim.start, claim.end)
        return
    zh = context.agent_language == "zh"
    yield found(
        context,
        "grounding",
        "unsupported",
        "warn",
        claim.start,
        claim.end,
        "引用的资料里找不到这句话的依据" if zh else "No cited passage bears this sentence out",
        "按资料改写，或删去这句" if zh else "Rewrite it from the sources, or leave it out",
    )


def _invented(context: CheckContext, rule: str, start: int, end: int) -> Finding:
    zh = context.agent_language == "zh"
    shown = context.text[start:end]
    return found(
        context,
        "grounding",
        rule,
        "warn",
        start,
        end,
        f"引用的资料里没有“{shown}”" if zh else f"No cited passage has “{shown}”",
        "核对后改为资料里的说法，或删去" if zh else "Use what the sources say, or leave it out",
    )


def _contradiction(context: CheckContext, fact: Fact, other: Fact) -> Finding:
    zh = context.agent_language == "zh"
    return found(
        context,
        "grounding",
        "contradiction",
        "warn",
        fact.start,
        fact.end,
        f"草稿写“{fact.text}”，资料写“{other.text}”"
        if zh
        else f"The draft says “{fact.text}”, the source says “{other.text}”",
        f"改为“{other.text}”" if zh else f"Use “{other.text}”",
    )


def _wrong_citation(context: CheckContext, start: int, end: int) -> Finding:
    zh = context.agent_language == "zh"
    shown = context.text[start:end]
    return found(
        context,
        "grounding",
        "wrong_citation",
        "warn",
        start,
        end,
        f"“{shown}”出自另一条资料，不是这句引用的那条"
        if zh
        else f"“{shown}” comes from another passage than the cited one",
        "改引正确的资料" if zh else "Cite the passage that says it",
    )


def _copied(clause: str, sources: Sequence[str]) -> bool:
    """Whether a source has this very clause, whole."""
    said = folded(clause)
    return any(said in folded_clauses(source) for source in sources)


def _clause(source: str, fact: Fact) -> str:
    return next((c.text for c in clauses_of(source) if c.start <= fact.start < c.end), source)
