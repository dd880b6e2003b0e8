"""Forbidden words: compiled once, found in any disguise, left alone inside ordinary words."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

import rjieba

from assist.check.borders import Borders
from assist.check.expose import WALL, Exposed, expose, letters_of, skim
from assist.check.finder import Finder, finder
from assist.check.variants import masked, swapped, variants_of
from assist.check.word_list import RIMES, Banned, Disguises
from assist.records import Language, Severity
from assist.text.normalise import fold

_CLAUSE_END = re.compile(r"[。！？；，!?;,\n\r]")
_RANK: dict[Severity, int] = {"info": 0, "warn": 1, "block": 2}
_MODEL = re.compile(r"[A-Z]+(?:\d.?|-\d)")
"""What begins the name of a model, such as WX3200 and JWX-200."""
_SHORT_CODE = 3
_NEAR = 60
"""How far a clause reaches from a word, in characters."""
_LEAST_SPOKEN = 3
"""In a shorter word only a rare character is taken to stand in for one of the same sound."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BannedHit:
    banned: Banned
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Pattern:
    banned: Banned
    letters: str
    counts: tuple[int, ...]
    symbols: str = ""
    """What the word has beside letters; it must stand in the text too."""
    allowed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BannedWords:
    """A list of forbidden words made ready for search."""

    words: tuple[Banned, ...]
    disguises: Disguises
    patterns: Finder[list[_Pattern]]
    sounds: Finder[list[Banned]]

    def find(self, text: str) -> tuple[BannedHit, ...]:
        """Return the forbidden words of the text in order, none inside another."""
        skimmed = skim(text)
        if skimmed is not None and not self._suspect(skimmed):
            return ()
        exposed = expose(text)
        borders = Borders(exposed)
        hits = [*self._written(exposed, borders), *self._spoken(exposed, borders)]
        return _outermost(hits)

    def replaced_by(self, words: Iterable[str]) -> "BannedWords":
        """Return this list with other words; those it knows keep their harmless contexts."""
        known = {entry.word: entry for entry in self.words}
        fresh = Banned(word="", rule="custom", severity="block", reason=_CUSTOM)
        return banned_words(
            [
                replace(known.get(word, fresh), word=word, rule="custom", severity="block")
                for word in dict.fromkeys(words)
                if letters_of(word)
            ],
            self.disguises,
        )

    def _suspect(self, letters: str) -> bool:
        return self.patterns.any_in(letters) or next(self._sounding(letters), None) is not None

    def _written(self, exposed: Exposed, borders: Borders) -> list[BannedHit]:
        found = [
            (end - len(pattern.letters), end, pattern)
            for end, patterns in self.patterns.hits(exposed.text)
            for pattern in patterns
        ]
        reach = _allowed_until(exposed, found)
        return [
            hit
            for start, end, pattern in found
            if not pattern.allowed
            and _as_often(exposed, start, end, pattern)
            and reach.get((pattern.banned.word, start), 0) < end
            and borders.hold(start, end)
            for hit in _admitted(exposed, start, end, pattern.banned, pattern.symbols)
        ]

    def _spoken(self, exposed: Exposed, borders: Borders) -> list[BannedHit]:
        """Return words with some characters replaced by others of the same sound."""
        return [
            hit
            for start, banned, others in self._sounding(exposed.text)
            if borders.hold(start, start + len(banned.word)) and borders.loose(others)
            for hit in _admitted(exposed, start, start + len(banned.word), banned, "")
        ]

    def _sounding(self, letters: str) -> Iterator[tuple[int, Banned, tuple[int, ...]]]:
        """Yield each stretch that sounds like a word, and the places where it differs from it."""
        spoken = letters.translate(self.disguises.sounds)
        done = end = 0
        for here, entries in self.sounds.hits(spoken):
            end += sum(sign not in RIMES for sign in spoken[done:here])
            done = here
            for banned in entries:
                start = end - len(banned.word)
                others = tuple(
                    start + at
                    for at, meant in enumerate(banned.word)
                    if letters[start + at] != meant
                )
                if not self.disguises.everyday.isdisjoint(letters[place] for place in others):
                    continue
                if 0 < len(others) * 2 <= len(banned.word):
                    yield start, banned, others


_CUSTOM: dict[Language, str] = {
    "zh": "这个词在禁用词清单里",
    "en": "This word is on the list of forbidden words",
}


def banned_words(words: Iterable[Banned], disguises: Disguises) -> BannedWords:
    """Return the words compiled; a call for ten thousand words takes seconds."""
    listed = tuple(words)
    patterns: dict[str, list[_Pattern]] = {}
    sounds: dict[str, list[Banned]] = {}
    for banned in listed:
        for letters, pattern in _patterns(banned, disguises):
            patterns.setdefault(letters, []).append(pattern)
        spoken = all(character in disguises.spelling for character in banned.word)
        if spoken and len(banned.word) >= _LEAST_SPOKEN:
            sounds.setdefault(banned.word.translate(disguises.sounds), []).append(banned)
    return BannedWords(
        words=listed,
        disguises=disguises,
        patterns=finder(patterns),
        sounds=finder(sounds),
    )


def _patterns(banned: Banned, disguises: Disguises) -> Iterator[tuple[str, _Pattern]]:
    for writing in dict.fromkeys((banned.word, *banned.variants)):
        folded = fold(writing)
        symbols = "".join(c for c in folded if not c.isalnum() and not c.isspace())
        yield _pattern(banned, letters_of(writing), symbols=symbols)
    bare = letters_of(banned.word)
    if bare == fold(banned.word):
        rare = swapped(bare, disguises.rare, 1) if len(bare) < _LEAST_SPOKEN else ()
        for writing in (*variants_of(bare, disguises.characters, disguises.spelling), *rare):
            if not rjieba.has_word(writing):
                yield _pattern(banned, letters_of(writing))
        for writing, symbol in masked(bare):
            yield _pattern(banned, writing, symbols=symbol)
    for phrase in banned.allow:
        yield _pattern(banned, letters_of(phrase), allowed=True)


def _pattern(
    banned: Banned, bare: str, *, symbols: str = "", allowed: bool = False
) -> tuple[str, _Pattern]:
    runs = [(letter, len(list(run))) for letter, run in groupby(bare)]
    letters = "".join(letter for letter, _ in runs)
    counts = tuple(count for _, count in runs)
    return letters, _Pattern(banned, letters, counts, symbols, allowed)


def _allowed_until(
    exposed: Exposed, found: Iterable[tuple[int, int, _Pattern]]
) -> dict[tuple[str, int], int]:
    """Return up to where a word that starts at a place is part of a harmless phrase."""
    reach: dict[tuple[str, int], int] = {}
    for start, end, pattern in found:
        if pattern.allowed and WALL not in exposed.gaps[start + 1 : end]:
            for place in range(start, end):
                key = (pattern.banned.word, place)
                reach[key] = max(reach.get(key, 0), end)
    return reach


def _as_often(exposed: Exposed, start: int, end: int, pattern: _Pattern) -> bool:
    """Whether doubled letters are doubled in the text too; a figure counts exactly."""
    written = exposed.counts[start:end]
    return all(
        many == wanted or (many > wanted and not letter.isdigit())
        for letter, many, wanted in zip(pattern.letters, written, pattern.counts, strict=True)
    )


def _admitted(
    exposed: Exposed, start: int, end: int, banned: Banned, symbols: str
) -> Iterator[BannedHit]:
    """Yield the hit unless its clause makes the word harmless."""
    text = exposed.original
    first, last = exposed.starts[start], exposed.ends[end - 1]
    around = fold(text[max(0, first - 2) : last + 1]).replace("➕", "+")
    if any(symbol not in around for symbol in symbols):
        return
    if last - first <= _SHORT_CODE and _MODEL.fullmatch(text, first, min(last + 2, len(text))):
        return
    if _any_in(banned.unless_in_text, text):
        return
    if banned.unless_before or banned.unless_in_clause:
        lead = _CLAUSE_END.split(text[max(0, first - _NEAR) : first])[-1]
        before = letters_of(lead + text[first:last])
        clause = before + letters_of(_CLAUSE_END.split(text[last : last + _NEAR])[0])
        excused = _any_in(banned.unless_before, before) or _any_in(banned.unless_in_clause, clause)
        if excused and not _any_in(banned.despite, clause):
            return
    yield BannedHit(banned=banned, start=first, end=last)


def _any_in(words: Iterable[str], text: str) -> bool:
    return any(word in text for word in words)


def _outermost(hits: Iterable[BannedHit]) -> tuple[BannedHit, ...]:
    """Return the hits that overlap no graver or longer one, in the order of the text."""
    kept: list[BannedHit] = []
    taken: set[int] = set()
    order = sorted(hits, key=lambda h: (-_RANK[h.banned.severity], h.start - h.end, h.start))
    for hit in order:
        if taken.isdisjoint((hit.start, hit.end - 1)):
            kept.append(hit)
            taken.update(range(hit.start, hit.end))
    return tuple(sorted(kept, key=lambda h: h.start))
