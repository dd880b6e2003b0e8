"""A word of a near copy that stands where the source has another: UK time for local time."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from assist.check.sources import clauses_of, folded, nouns_of
from assist.check.support import content_of
from assist.records import Span
from assist.text.tokenise import words

_COPIED = 0.7
"""So much of the words of the clause must stand in the source's clause, in the same order."""
_TELLING = 3
"""With fewer words in common that say something, it may be of another matter."""
# Values have checks of their own; 合计 and the like lead to one.
_NUMBER = re.compile(
    r"[\d零一二两三四五六七八九十百千万半几每合共]|^(?:one|two|three|four|five|six|seven)$"
)
_KEPT = 4096


@dataclass(frozen=True, slots=True)
class _Row:
    """The words of a clause; two are the same where their forms are."""

    spans: tuple[Span, ...]
    forms: tuple[frozenset[str] | str, ...]
    """What a word says, or the word itself where it says nothing."""


def replaced(
    clause: Span, known: frozenset[str], sources: Sequence[str]
) -> Iterator[tuple[Span, str]]:
    """Yield the words of a draft's clause for which the source's clause has another.

    ``known`` is what the sources and the customer say; each word comes with the source's.
    """
    mine = _row(clause.text)
    novel = {n for n, word in enumerate(mine.spans) if _novel(word, clause.text, known)}
    if not novel:
        return
    content = content_of(clause.text)
    for source in sources:
        for each in clauses_of(source):
            if 2 * len(content & content_of(each.text)) < len(content):
                continue
            for place, told in _differences(mine, _row(each.text)):
                if place in novel:
                    word = mine.spans[place]
                    start, end = clause.start + word.start, clause.start + word.end
                    yield Span(start=start, end=end, text=word.text), told


def _novel(word: Span, clause: str, known: frozenset[str]) -> bool:
    """Whether a word that may name or tell apart a thing, no number, has nothing of the known."""
    said = content_of(word.text)
    if not said or not known.isdisjoint(said) or _NUMBER.search(folded(word.text)):
        return False
    return len(word.text) > 1 and (word.text.isascii() or word.start in nouns_of(clause))


def _differences(mine: _Row, told: _Row) -> Iterator[tuple[int, str]]:
    """Yield where a near copy has one word for another, with the source's words."""
    blocks = SequenceMatcher(None, mine.forms, told.forms, autojunk=False).get_opcodes()
    same = [n for tag, first, end, *_ in blocks if tag == "equal" for n in range(first, end)]
    if len(same) < _COPIED * len(mine.forms):
        return
    if sum(not isinstance(mine.forms[n], str) for n in same) < _TELLING:
        return
    for tag, first, end, start, stop in blocks:
        alone = tag == "replace" and end - first == stop - start == 1
        if alone and first and not isinstance(told.forms[start], str):
            yield first, told.spans[start].text


@lru_cache(maxsize=_KEPT)
def _row(text: str) -> _Row:
    spans = tuple(span for span in words(text) if re.search(r"\w", span.text))
    return _Row(spans, tuple(content_of(span.text) or folded(span.text) for span in spans))
