"""An entry as retrieval reads it: its texts in the forms that queries are compared with."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assist.records import Entry
from assist.text.normalise import fold

_LATIN = re.compile(r"([a-z0-9][a-z0-9.]*)")
_NOT_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    phrasings: int
    """How many there are, without the negative ones."""
    bare: frozenset[str]
    """The phrasings as ``bare`` gives them."""
    head: str
    """The standard question and the tags, folded: what the entry is for."""
    spoken: tuple[str, ...]
    """Each phrasing and tag, folded."""
    words: str
    """All texts, as ``searchable`` gives them."""


@lru_cache(maxsize=8192)
def read(entry: Entry) -> Reading:
    """Return an entry's texts ready for comparison; kept for the entries that are found often."""
    asked = (entry.question, *entry.similar_questions)
    rest = "\n".join((*(answer.text for answer in entry.answers), entry.note or ""))
    *lines, rest = _folded((*asked, *entry.tags, rest))
    phrasings, tags = lines[: len(asked)], lines[len(asked) :]
    return Reading(
        phrasings=len(phrasings),
        bare=frozenset(_NOT_WORD.sub("", phrasing) for phrasing in phrasings) - {""},
        head="\n".join((phrasings[0], *tags)),
        spoken=tuple(lines),
        words=_with_blanks("\n".join((*lines, rest))),
    )


def _folded(texts: Sequence[str]) -> list[str]:
    """Return the texts folded; of all but the last each is a line, if it can be."""
    before = len(texts) - 1
    if any("\n" in text for text in texts[:before]):
        return [fold(text) for text in texts]
    # One call for all takes half the time of many, and folding never looks across lines.
    return fold("\n".join(texts)).split("\n", before)


def bare(text: str) -> str:
    """Return the text without spaces and punctuation, as two spellings of it agree."""
    return _NOT_WORD.sub("", fold(text))


def searchable(texts: Iterable[str]) -> str:
    """Return texts in one string in which each Latin word has a blank before it."""
    return _with_blanks(fold("\n".join(texts)))


def _with_blanks(folded: str) -> str:
    return _LATIN.sub(r" \1", folded)


def sought(terms: Iterable[str]) -> tuple[str, ...]:
    """Return different terms as ``covered`` looks for them."""
    # A Latin term must begin a word there, so that "in" is not found in "contain".
    return tuple(f" {term}" if term[0].isascii() else term for term in dict.fromkeys(terms))


def covered(terms: Collection[str], words: str) -> float:
    """Return the share of what ``sought`` gave that stands in what ``searchable`` gave."""
    return sum(term in words for term in terms) / len(terms) if terms else 0.0
