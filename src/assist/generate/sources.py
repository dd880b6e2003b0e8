"""What a draft may quote, and the citations that show what it did quote."""

from collections.abc import Sequence

from assist.generate.extractive import answer_for
from assist.records import Citation, Hit, Language, Sentence, Source


def sources_of(
    hits: Sequence[Hit], *, channel: str | None, language: Language
) -> tuple[Source, ...]:
    """Return the hits as numbered sources: an entry's answer and note, or a document's piece."""
    return tuple(
        Source(n=n, hit=hit, text=_text(hit, channel, language)) for n, hit in enumerate(hits, 1)
    )


def _text(hit: Hit, channel: str | None, language: Language) -> str:
    if hit.entry.kind == "document" and hit.matched == "passage":
        return hit.passage.text
    answer = answer_for(hit.entry, channel, language)
    return "\n".join(part for part in (answer.text, hit.entry.note) if part)


def citations_of(sentences: Sequence[Sentence], sources: Sequence[Source]) -> tuple[Citation, ...]:
    """Return what the sentences cite, by number; a source that no sentence cites is left out."""
    used = {n for sentence in sentences for n in sentence.citations}
    return tuple(_citation(source) for source in sources if source.n in used)


def _citation(source: Source) -> Citation:
    entry = source.hit.entry
    return Citation(
        n=source.n,
        entry_id=entry.id,
        passage_id=source.hit.passage.id,
        title=entry.question,
        category=entry.category,
        quote=source.text,
        score=round(source.hit.score, 4),
        links=entry.links,
        effective_from=entry.effective_from,
        effective_to=entry.effective_to,
    )
