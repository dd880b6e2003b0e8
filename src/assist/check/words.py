"""Forbidden words: compiled once, found in any disguise, left alone inside ordinary words."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby

from rjieba import has_word

from assist.check.borders import Borders
from assist.check.expose import BREAK, NONE, Exposed, expose, letters_of, skim, without
from assist.check.finder import Finder, finder
from assist.check.patterns import Pattern, allowed_until, as_often, patterns_of
from assist.check.sieve import Sieve, pieces_of, sieve
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
_NUMERALS = frozenset("一二三四五六七八九十两几")
"""With one of these, a filler may be a measure word (第一个品牌)."""
_LEAST_INTERRUPTED = 3
_SHORT = 2
"""A word of so few characters sounds like the parts of many names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BannedHit:
    banned: Banned
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BannedWords:
    """A list of forbidden words made ready for search."""

    words: tuple[Banned, ...]
    disguises: Disguises
    patterns: Finder[list[Pattern]]
    sounds: Finder[list[Banned]]
    sieve: Sieve

    def find(self, text: str) -> tuple[BannedHit, ...]:
        """Return the forbidden words of the text in order, none inside another."""
        return tuple(
            replace(hit, start=hit.start + start, end=hit.end + start)
            for start, piece in pieces_of(text)
            for hit in self._found(piece, text)
        )

    def _found(self, piece: str, text: str) -> tuple[BannedHit, ...]:
        if not self.sieve.lets_through(piece):
            return ()
        skimmed = skim(piece)
        if skimmed is not None and not self._suspect(skimmed):
            return ()
        exposed = expose(piece)
        borders = Borders(exposed)
        hits = [
            *self._written(exposed, partial(self._whole, exposed, borders)),
            *self._interrupted(exposed, borders),
            *self._spoken(exposed, borders),
        ]
        return _outermost(hit for hit in hits if not _any_in(hit.banned.unless_in_text, text))

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
        if self.patterns.any_in(letters) or next(self._sounding(letters), None) is not None:
            return True
        bare = letters.translate(self.disguises.fillers)
        return len(bare) < len(letters) and self.patterns.any_in(bare)

    def _written(self, exposed: Exposed, hold: Callable[[int, int], bool]) -> list[BannedHit]:
        found = [
            (end - len(pattern.letters), end, pattern)
            for end, patterns in self.patterns.hits(exposed.text)
            for pattern in patterns
        ]
        reach = allowed_until(exposed, found)
        return [
            hit
            for start, end, pattern in found
            if not pattern.allowed
            and as_often(exposed, start, end, pattern)
            and reach.get((pattern.banned.word, start), 0) < end
            and hold(start, end)
            for hit in _admitted(exposed, start, end, pattern.banned, pattern.symbols)
        ]

    def _whole(self, exposed: Exposed, borders: Borders, start: int, end: int) -> bool:
        """Whether a stretch is a word and tears none apart (洗钱 in 洗钱包, the 包 left alone)."""
        torn = [
            0 < place < len(exposed.text)
            and exposed.gaps[place] == NONE
            and has_word(exposed.text[place - 1 : place + 1])
            for place in (start, end)
        ]
        if end - start == _SHORT and all(torn):
            return False  # two other words may meet here, as 微博 and 彩铃 in 微博彩铃
        return borders.hold(start, end) and not any(
            tears and self._left_alone(exposed, borders, place, beside)
            for tears, place, beside in zip(torn, (start, end), (start - 1, end), strict=True)
        )

    def _left_alone(self, exposed: Exposed, borders: Borders, place: int, beside: int) -> bool:
        """Whether an uncommon character is a word of its own right beside a stretch."""
        return (
            0 < place < len(exposed.text)
            and exposed.gaps[place] == NONE
            and exposed.text[beside] not in self.disguises.everyday
            and borders.loose((beside,))
        )

    def _interrupted(self, exposed: Exposed, borders: Borders) -> list[BannedHit]:
        """Return words with fillers between their characters."""
        bare, places = without(exposed, self.disguises.fillers)

        def hold(start: int, end: int) -> bool:
            runs = list(_runs(places[start:end]))
            return (
                end - start >= _LEAST_INTERRUPTED
                and len(runs) > 1
                and max(bare.gaps[start + 1 : end]) < BREAK
                and all(borders.hold(first, last) for first, last in runs)
                and not any(bare.text[at] in _NUMERALS for at in range(start, end))
            )

        return self._written(bare, hold) if len(bare.text) < len(exposed.text) else []

    def _spoken(self, exposed: Exposed, borders: Borders) -> list[BannedHit]:
        """Return words with some characters replaced by others of the same sound."""
        return [
            hit
            for start, banned, others in self._sounding(exposed.text)
            if borders.hold(start, start + len(banned.word))
            and borders.loose(others)
            and not self._in_a_name(exposed, borders, start, start + len(banned.word))
            for hit in _admitted(exposed, start, start + len(banned.word), banned, "")
        ]

    def _in_a_name(self, exposed: Exposed, borders: Borders, start: int, end: int) -> bool:
        """Whether a short stretch stands by an uncommon loose character, as in names (木卫一)."""
        return end - start == _SHORT and any(
            self._left_alone(exposed, borders, place, beside)
            for place, beside in ((start, start - 1), (end, end))
        )

    def _sounding(self, letters: str) -> Iterator[tuple[int, Banned, tuple[int, ...]]]:
        """Yield each stretch that sounds like a word, and the places where it differs from it."""
        spoken = letters.translate(self.disguises.sounds)
        done = end = 0
        for here, entries in self.sounds.hits(spoken):
            end += sum(sign not in RIMES for sign in spoken[done:here])
            done = here
            for banned in entries:
                start = end - len(banned.word)
                places = range(start, end)
                others = tuple(p for p in places if letters[p] != banned.word[p - start])
                own = (ord(letters[p]) for p in places if p not in others)
                if not self.disguises.everyday.isdisjoint(letters[p] for p in others):
                    continue
                if others and not self.disguises.fillers.keys() >= set(own):
                    yield start, banned, others


_CUSTOM: dict[Language, str] = {
    "zh": "这个词在禁用词清单里",
    "en": "This word is on the list of forbidden words",
}


def banned_words(words: Iterable[Banned], disguises: Disguises) -> BannedWords:
    """Return the words compiled; a call for ten thousand words takes seconds."""
    listed = tuple(words)
    patterns: dict[str, list[Pattern]] = {}
    sounds: dict[str, list[Banned]] = {}
    for banned in listed:
        for letters, pattern in patterns_of(banned, disguises):
            patterns.setdefault(letters, []).append(pattern)
        spoken = all(character in disguises.spelling for character in banned.word)
        if spoken and len(banned.word) > 1:
            sounds.setdefault(banned.word.translate(disguises.sounds), []).append(banned)
    sought = {
        (pattern.letters, pattern.symbols)
        for some in patterns.values()
        for pattern in some
        if pattern.letters and not pattern.allowed
    }
    sought.update((banned.word, "") for some in sounds.values() for banned in some)
    return BannedWords(
        words=listed,
        sieve=sieve(sought, disguises.codes),
        disguises=disguises,
        patterns=finder(patterns),
        sounds=finder(sounds),
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
    if banned.unless_before or banned.unless_in_clause:
        lead = _CLAUSE_END.split(text[max(0, first - _NEAR) : first])[-1]
        before = letters_of(lead + text[first:last])
        clause = before + letters_of(_CLAUSE_END.split(text[last : last + _NEAR])[0])
        excused = _any_in(banned.unless_before, before) or _any_in(banned.unless_in_clause, clause)
        if excused and not _any_in(banned.despite, clause):
            return
    yield BannedHit(banned=banned, start=first, end=last)


def _runs(places: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """Yield where places that follow each other begin and end."""
    for _, run in groupby(enumerate(places), lambda place: place[1] - place[0]):
        stretch = [place for _, place in run]
        yield stretch[0], stretch[-1] + 1


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
