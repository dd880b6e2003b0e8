"""An answer without a language model: the knowledge base's own words, each sentence cited."""

import re
from collections.abc import Iterable

from assist.generate.compose import compose
from assist.generate.document import best_units
from assist.generate.plain import plain_line
from assist.generate.scripts import Scripts, closing, opening
from assist.generate.terms import content_words, covered
from assist.records import Answer, Entry, Language, Question, Sentence, Source, Understanding
from assist.text.normalise import fold
from assist.text.sentences import split_sentences

_PARTS = re.compile(
    r"[？?;；\n]+|还有(?!效|多少|多久|几|没有)|另外|以及|顺便"
    r"|\b(?:and also|also,|another question)\b",
    re.IGNORECASE,
)
_PART_ANSWERED = 0.5
"""Share of a part's content words that an entry must have to answer it."""
# What a draft gives up first when it is too long for its channel.
_MAIN, _OPENING, _NOTE, _SECOND, _CLOSING = range(5)


def extract(
    question: Question,
    sources: tuple[Source, ...],
    scripts: Scripts,
    understanding: Understanding,
    language: Language,
    *,
    search_query: str | None = None,
    max_chars: int = 400,
) -> tuple[Sentence, ...]:
    """Return the draft's sentences; none when no source fits into ``max_chars``.

    ``search_query`` stands for the question where that cannot stand alone.
    """
    if not sources:
        return ()
    query = search_query or question.text
    first = sources[0]
    ranked = [
        *((_OPENING, each) for each in opening(scripts, understanding, language)),
        *((_MAIN, each) for each in _answer(first, question, query, language)),
        *((_NOTE, each) for each in _note(first, question, query, language)),
    ]
    second = _second_source(query, sources)
    if second is not None:
        ranked += [(_SECOND, each) for each in _answer(second, question, query, language)]
    ranked += [(_CLOSING, each) for each in closing(scripts, understanding, language)]
    return _fitted(ranked, max_chars)


def answer_for(entry: Entry, channel: str | None, language: Language) -> Answer:
    """Return the entry's answer: in the language if there is one, then for the channel.

    An answer for every channel comes before one that was written for another channel.
    """
    return min(
        entry.answers,
        key=lambda answer: (
            answer.language != language,
            0 if answer.channel == channel else 1 if answer.channel is None else 2,
        ),
    )


def _answer(
    source: Source, question: Question, query: str, language: Language
) -> tuple[Sentence, ...]:
    entry = source.hit.entry
    if entry.kind == "document":
        return _cited(best_units(source.text, query), source.n)
    return _cited(_sentences(answer_for(entry, question.channel, language).text), source.n)


def _note(
    source: Source, question: Question, query: str, language: Language
) -> tuple[Sentence, ...]:
    """Return the note where it has a word of the question that the answer lacks."""
    entry = source.hit.entry
    if entry.note is None or entry.kind == "document":
        return ()
    note = fold(entry.note)
    answered = fold(entry.question + "\n" + answer_for(entry, question.channel, language).text)
    asked = {word for word in content_words(query) if word in note and word not in answered}
    return _cited(_sentences(entry.note), source.n) if asked else ()


def _second_source(query: str, sources: tuple[Source, ...]) -> Source | None:
    """Return another source for a part of the question that the first says nothing about."""
    parts = [words for part in _PARTS.split(query) if (words := content_words(part))]
    if len(parts) < 2:
        return None
    for part in parts:
        if covered(part, _words_of(sources[0])) >= _PART_ANSWERED:
            continue
        best = max(
            sources[1:], key=lambda source: covered(part, _words_of(source)), default=sources[0]
        )
        if covered(part, _words_of(best)) >= _PART_ANSWERED:
            return best
    return None


def _words_of(source: Source) -> str:
    entry = source.hit.entry
    phrasings = (entry.question, *entry.similar_questions) if entry.kind == "faq" else ()
    return fold("\n".join((*phrasings, source.hit.passage.heading, source.text)))


def _sentences(text: str) -> tuple[str, ...]:
    lines = (plain_line(line) for line in text.splitlines())
    return tuple(span.text for line in lines for span in split_sentences(line))


def _cited(texts: Iterable[str], n: int) -> tuple[Sentence, ...]:
    return tuple(Sentence(text=text, citations=(n,)) for text in texts)


def _fitted(ranked: list[tuple[int, Sentence]], max_chars: int) -> tuple[Sentence, ...]:
    kept = list(ranked)
    while len(compose([sentence for _, sentence in kept])) > max_chars:
        kept.pop(max(range(len(kept)), key=lambda at: (kept[at][0], at)))
    sentences = tuple(sentence for _, sentence in kept)
    return sentences if any(sentence.citations for sentence in sentences) else ()
