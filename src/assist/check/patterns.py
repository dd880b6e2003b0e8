"""A forbidden word as the letters that are looked for: itself, and every likely disguise."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

import rjieba

from assist.check.expose import WALL, Exposed, letters_of
from assist.check.variants import habitual, masked, misdrawn, variants_of
from assist.check.word_list import Banned, Disguises
from assist.text.normalise import fold


@dataclass(frozen=True, slots=True)
class Pattern:
    banned: Banned
    letters: str
    counts: tuple[int, ...]
    symbols: str = ""
    """What the word has beside letters; it must stand in the text too."""
    allowed: bool = False
    disguised: bool = False
    """Whether characters of the word are written in several."""
    odd: int | None = None
    """Where a character stands that is only drawn like the word's; it must be a word of its own."""
    spaced: bool = False
    """Whether it is several words, which the end of a line parts."""
    small: bool = False
    """Whether its Latin letters must be small ones: capitals may be any code."""


def patterns_of(
    banned: Banned, disguises: Disguises, alike: Mapping[str, str]
) -> Iterator[tuple[str, Pattern]]:
    """Yield the pattern of each writing of a word and of its harmless phrases, by its letters."""
    for writing in dict.fromkeys((banned.word, *banned.variants)):
        spaced = len(writing.split()) > 1
        yield _pattern(banned, letters_of(writing), symbols=_symbols(writing), spaced=spaced)
    bare = letters_of(banned.word)
    for writing in habitual(bare, disguises.stems):
        yield _pattern(banned, letters_of(writing), symbols=_symbols(writing), small=True)
    if bare == fold(banned.word):
        yield from _disguised(banned, bare, disguises, alike)
    for phrase in banned.allow:
        yield _pattern(banned, letters_of(phrase), allowed=True)


def _symbols(writing: str) -> str:
    """Return what a writing has beside letters and blanks."""
    return "".join(c for c in fold(writing) if not c.isalnum() and not c.isspace())


def _disguised(
    banned: Banned, bare: str, disguises: Disguises, alike: Mapping[str, str]
) -> Iterator[tuple[str, Pattern]]:
    for writing in variants_of(bare, disguises.characters, disguises.spelling):
        if not rjieba.has_word(writing):
            yield _pattern(banned, letters_of(writing), disguised=len(writing) > len(bare))
    for writing, symbol in masked(bare):
        yield _pattern(banned, writing, symbols=symbol)
    for writing, place in misdrawn(bare, alike, disguises.everyday):
        if not rjieba.has_word(writing):
            yield _pattern(banned, writing, odd=place)


def _pattern(
    banned: Banned,
    bare: str,
    *,
    symbols: str = "",
    allowed: bool = False,
    disguised: bool = False,
    odd: int | None = None,
    spaced: bool = False,
    small: bool = False,
) -> tuple[str, Pattern]:
    runs = [(letter, len(list(run))) for letter, run in groupby(bare)]
    letters = "".join(letter for letter, _ in runs)
    counts = tuple(count for _, count in runs)
    return letters, Pattern(
        banned, letters, counts, symbols, allowed, disguised, odd, spaced, small
    )


def as_often(exposed: Exposed, start: int, end: int, pattern: Pattern) -> bool:
    """Whether doubled letters are doubled in the text too; a figure, or a lone letter, exactly."""
    written = exposed.counts[start:end]
    return all(
        many == wanted or (many > wanted and not letter.isdigit() and len(written) > 1)
        for letter, many, wanted in zip(pattern.letters, written, pattern.counts, strict=True)
    )


def allowed_until(
    exposed: Exposed, found: Iterable[tuple[int, int, Pattern]]
) -> dict[tuple[str, int], int]:
    """Return up to where a word that starts at a place is part of a harmless phrase."""
    reach: dict[tuple[str, int], int] = {}
    for start, end, pattern in found:
        if pattern.allowed and WALL not in exposed.gaps[start + 1 : end]:
            for place in range(start, end):
                key = (pattern.banned.word, place)
                reach[key] = max(reach.get(key, 0), end)
    return reach
