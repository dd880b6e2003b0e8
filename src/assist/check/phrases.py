"""Phrases looked for in folded text, whole and longest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from assist.check.finder import Finder, finder
from assist.text.normalise import Normalised, fold

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    start: int
    end: int
    """Offsets in the original text."""
    values: tuple[T, ...]


@dataclass(frozen=True, slots=True)
class Phrases(Generic[T]):
    """Phrases, each with what it stands for."""

    finder: Finder[tuple[int, list[T]]]

    def find(self, text: Normalised) -> tuple[Match[T], ...]:
        """Return the phrases in the text, none that is part of a longer one."""
        folded = text.text
        hits = [
            (end - size, end, values)
            for end, (size, values) in self.finder.hits(folded)
            if _whole(folded, end - size, end)
        ]
        hits.sort(key=lambda hit: (hit[0], -hit[1]))
        matches: list[Match[T]] = []
        reach = 0
        for start, end, values in hits:
            if end > reach:
                span = text.span(start, end)
                matches.append(Match(span.start, span.end, tuple(values)))
                reach = end
        return tuple(matches)


def phrases(entries: Iterable[tuple[str, T]]) -> Phrases[T]:
    """Return the phrases compiled; one that is listed twice stands for both things."""
    listed: dict[str, tuple[int, list[T]]] = {}
    for phrase, value in entries:
        folded = fold(phrase)
        listed.setdefault(folded, (len(folded), []))[1].append(value)
    return Phrases(finder(listed))


def starts_with(text: str, words: Iterable[str]) -> bool:
    """Whether folded text begins with one of the words, a Latin word being whole."""
    bare = text.lstrip()
    return any(bare.startswith(word) and _whole(bare, 0, len(word)) for word in words)


def ends_with(text: str, words: Iterable[str]) -> bool:
    """Whether folded text ends with one of the words, a Latin word being whole."""
    bare = text.rstrip()
    return any(
        bare.endswith(word) and _whole(bare, len(bare) - len(word), len(bare)) for word in words
    )


def holds(text: str, words: Iterable[str]) -> bool:
    """Whether folded text has one of the words in it; parts of Latin words count."""
    return any(word in text for word in words)


def _whole(text: str, start: int, end: int) -> bool:
    return not (_joined(text, start) or _joined(text, end))


def _joined(text: str, place: int) -> bool:
    """Whether a Latin word runs on across ``place``."""
    if not 0 < place < len(text):
        return False
    before, after = text[place - 1], text[place]
    return before.isascii() and after.isascii() and before.isalpha() and after.isalpha()
