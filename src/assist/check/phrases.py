"""Phrases and patterns looked for in folded text, whole and longest first."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

from pydantic import AfterValidator

from assist.check.finder import Finder, finder
from assist.text.normalise import Normalised, fold
from assist.text.pattern import bounded

T = TypeVar("T")


def _bounded(pattern: str) -> str:
    return bounded(pattern).pattern


Pattern = Annotated[str, AfterValidator(_bounded)]
"""The field of a file that holds a regular expression over folded text."""


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    start: int
    end: int
    """Offsets in the original text."""
    values: tuple[T, ...]


@dataclass(frozen=True, slots=True)
class Phrases(Generic[T]):
    """Phrases and patterns, each with what it stands for."""

    finder: Finder[tuple[int, list[T]]]
    patterns: tuple[tuple[re.Pattern[str], T], ...]

    def find(self, text: Normalised) -> tuple[Match[T], ...]:
        """Return what is in the text, nothing that is part of something longer."""
        return tuple(
            Match((span := text.span(match.start, match.end)).start, span.end, match.values)
            for match in self.find_folded(text.text)
        )

    def find_folded(self, folded: str) -> tuple[Match[T], ...]:
        """Return the same in a folded text, at their places there."""
        hits: list[tuple[int, int, Sequence[T]]] = [
            (end - size, end, values)
            for end, (size, values) in self.finder.hits(folded)
            if _whole(folded, end - size, end)
        ]
        for pattern, value in self.patterns:
            hits += [(*match.span(), (value,)) for match in pattern.finditer(folded) if match[0]]
        hits.sort(key=lambda hit: (hit[0], -hit[1]))
        matches: list[Match[T]] = []
        reach = 0
        for start, end, values in hits:
            if end > reach:
                matches.append(Match(start, end, tuple(values)))
                reach = end
        return tuple(matches)


def phrases(
    entries: Iterable[tuple[str, T]], patterns: Iterable[tuple[Sequence[str], T]] = ()
) -> Phrases[T]:
    """Return the phrases compiled; one that is listed twice stands for both things.

    Each value of ``patterns`` comes with all the patterns that stand for it.
    """
    listed: dict[str, tuple[int, list[T]]] = {}
    for phrase, value in entries:
        folded = fold(phrase)
        listed.setdefault(folded, (len(folded), []))[1].append(value)
    joined = (("|".join(f"(?:{each})" for each in some), value) for some, value in patterns if some)
    return Phrases(finder(listed), tuple((re.compile(one), value) for one, value in joined))


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
