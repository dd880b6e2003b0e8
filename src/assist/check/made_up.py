"""The clauses of a sentence that its sources hardly bear out, by their sense."""

from collections.abc import Iterator, Sequence

from assist.check.context import CheckContext, Claim
from assist.check.sense import signs_of, to_be_judged
from assist.check.sources import folded
from assist.records import Floats, Span
from assist.text.clauses import asks
from assist.text.vectors import SentenceVectors


def made_up(context: CheckContext, claim: Claim, cited: Sequence[str]) -> Iterator[Span]:
    """Yield what lies beyond the fitted line; nothing without vectors of its embedder."""
    line, vectors = context.rules.sense, context.vectors
    if vectors is None or vectors.id != line.fitted_with:
        return
    for clause, signs, vector in judged(context, claim, cited, vectors):
        if line.score(signs, vector) > line.threshold:
            yield clause


def judged(
    context: CheckContext, claim: Claim, cited: Sequence[str], vectors: SentenceVectors
) -> Iterator[tuple[Span, Floats, Floats]]:
    """Yield the clauses that can be judged, each with its signs and its vector."""
    asked = context.question or ""
    clauses = [
        clause
        for clause in context.clauses
        if claim.start <= clause.start < claim.end
        and not asks(context.text, clause)
        and not context.states_nothing(clause.text)
        and to_be_judged(clause.text, cited)
    ]
    # Together they take less time than one by one.
    vectors.of(folded(clause.text) for clause in clauses)
    for clause in clauses:
        yield (
            clause,
            *signs_of(clause.text, claim.text, cited, asked, context.language, vectors),
        )
