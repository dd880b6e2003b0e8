"""The clauses of a sentence that its sources hardly bear out, by their sense."""

from collections.abc import Iterator, Sequence

from assist.check.context import CheckContext, Claim
from assist.check.sense import new_words, signs_of, told_by
from assist.check.sources import folded
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
    asked, gap = context.question or "", "" if context.language == "zh" else " "
    new = {
        clause: gap.join(new_words(clause.text, cited))
        for clause in context.clauses_in(claim)
        if not (asks(context.text, clause) or context.states_nothing(clause.text))
    }
    clauses = [clause for clause, words in new.items() if words]
    if not clauses:
        return
    said = [text for clause in clauses for text in (folded(clause.text), new[clause])]
    # Together they take less time than one by one.
    rows = vectors.of(filter(None, [*said, *told_by(cited), folded(asked)]))
    for clause in clauses:
        yield (
            clause,
            *signs_of(clause.text, new[clause], claim.text, cited, asked, context.language, rows),
        )
