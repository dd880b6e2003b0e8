"""The clauses of a sentence that its sources hardly bear out, by their sense."""

from collections.abc import Iterator, Sequence

from assist.check.context import CheckContext, Claim
from assist.check.sense import new_words, signs_of
from assist.records import Floats, Span
from assist.text.clauses import asks
from assist.text.vectors import SentenceVectors


def made_up(context: CheckContext, claim: Claim, cited: Sequence[str]) -> Iterator[Span]:
    """Yield what lies beyond the fitted line; nothing without vectors of its embedder."""
    line, vectors = context.rules.sense, context.vectors
    if vectors is None or vectors.id != line.fitted_with:
        return
    for clause, signs, sense in judged(context, claim, cited, vectors):
        if line.score(signs, sense) > line.threshold:
            yield clause


def judged(
    context: CheckContext, claim: Claim, cited: Sequence[str], vectors: SentenceVectors
) -> Iterator[tuple[Span, Floats, Floats]]:
    """Yield the clauses that say something in new words, each with its signs and its vectors."""
    asked = context.question or ""
    for clause in context.clauses:
        if not claim.start <= clause.start < claim.end or asks(context.text, clause):
            continue
        if context.states_nothing(clause.text) or not new_words(clause.text, cited):
            continue
        yield (
            clause,
            *signs_of(clause.text, claim.text, cited, asked, context.language, vectors),
        )
