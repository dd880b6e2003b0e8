"""An entry as retrieval reads it: its texts in the forms that queries are compared with."""

import re
from collections.abc import Iterable
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
    phrasings = [fold(phrasing) for phrasing in (entry.question, *entry.similar_questions)]
    tags = [fold(tag) for tag in entry.tags]
    rest = fold("\n".join((*(answer.text for answer in entry.answers), entry.note or "")))
    return Reading(
        phrasings=len(phrasings),
        bare=frozenset(_NOT_WORD.sub("", phrasing) for phrasing in phrasings) - {""},
        head="\n".join((phrasings[0], *tags)),
        spoken=(*phrasings, *tags),
        words=_with_blanks("\n".join((*phrasings, rest, *tags))),
    )


def bare(text: str) -> str:
    """Return the text without spaces and punctuation, as two spellings of it agree."""
    return _NOT_WORD.sub("", fold(text))


def searchable(texts: Iterable[str]) -> str:
    """Return texts in one string in which each Latin word has a blank before it."""
    return _with_blanks(fold("\n".join(texts)))


def _with_blanks(folded: str) -> str:
    return _LATIN.sub(r" \1", folded)


def covered(terms: Iterable[str], words: str) -> float:
    """Return the share of different terms that stand in what ``searchable`` gave."""
    different = set(terms)
    if not different:
        return 0.0
    # A Latin term must begin a word there, so that "in" is not found in "contain".
    met = sum((f" {term}" if term[0].isascii() else term) in words for term in different)
    return met / len(different)
