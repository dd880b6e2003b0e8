"""Forbidden words: compiled once, found in any disguise, left alone inside ordinary words."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby, pairwise

import rjieba

from assist.check.borders import Borders
from assist.check.expose import BREAK, NONE, SYMBOL, Exposed, expose, letters_of, skim, without
from assist.check.finder import Finder, finder
from assist.check.hits import BannedHit, admitted, any_in, excused, outermost, placed
from assist.check.patterns import Pattern, allowed_until, as_often, patterns_of
from assist.check.sieve import PIECE, Sieve, pieces_of, sieve
from assist.check.sounds import Sounds, drawn_in
from assist.check.variants import swapped
from assist.check.word_list import Banned, Disguises
from assist.records import Language
from assist.text.normalise import HAN

_NUMERALS = frozenset("一二三四五六七八九十两几")
"""With one of these, a filler may be a measure word (第一个品牌)."""
_LEAST_INTERRUPTED = 3
_PARTING = frozenset("个了我你您给大")
"""What stands between a verb of one character and its object."""
_FEW = 2000
"""A list of more words is not sought by its faintest traces: any text might hold some."""
_SMALL_RUN = re.compile(f"[a-z]{{3,8}}|(?<=[{HAN}，,。：:；;！!？?])[a-z]{{2}}(?=[{HAN}])")
"""What may be initials: of two alone only where a Chinese word would stand."""
_JOINED = re.compile(r"(?<=[\w./@-])|[a-z]++[\w./@-]", re.ASCII)
_IS_HAN = re.compile(f"[{HAN}]")
_SHORT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class BannedWords:
    """A list of forbidden words made ready for search."""

    words: tuple[Banned, ...]
    disguises: Disguises
    patterns: Finder[list[Pattern]]
    sounds: Sounds
    initials: Mapping[str, list[Banned]]
    stand_ins: frozenset[str]
    """What may stand for a character although no other of the word is written as itself."""
    sieve: Sieve

    def find(self, text: str) -> tuple[BannedHit, ...]:
        """Return the forbidden words of the text in order, none inside another."""
        if len(text) <= PIECE:
            return self._found(text, text)
        return tuple(
            placed(hit, hit.start + start, hit.end + start)
            for start, piece in pieces_of(text)
            for hit in self._found(piece, text)
        )

    def _found(self, piece: str, text: str) -> tuple[BannedHit, ...]:
        look = self.sieve.look(piece)
        hits = self._read(piece) if look.suspect else []
        if self.initials and look.latin:
            hits += self._abbreviated(piece)
        readings = self.disguises.readings
        for reading in readings.of(piece, symbols=look.symbols, latin=look.latin):
            if self.sieve.look(reading.text, self.stand_ins).suspect:
                hits += [
                    placed(hit, *reading.origin(hit.start, hit.end))
                    for hit in self._read(reading.text)
                ]
        if not hits:
            return ()
        return outermost(hit for hit in hits if not any_in(hit.banned.unless_in_text, text))

    def _read(self, piece: str) -> list[BannedHit]:
        """Return the words of a text in one of its readings, some inside others."""
        skimmed = skim(piece)
        if skimmed is not None and not self._suspect(skimmed):
            return []
        exposed = expose(piece)
        borders = Borders(exposed)
        return [
            *self._written(exposed, borders, partial(self._whole, exposed, borders)),
            *self._interrupted(exposed, borders),
            *self.sounds.found(exposed, borders),
        ]

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

    def _abbreviated(self, piece: str) -> Iterator[BannedHit]:
        """Yield the words of which small Latin letters in Chinese text give the initials."""
        if _IS_HAN.search(piece):
            for run in _SMALL_RUN.finditer(piece):
                entries = self.initials.get(run[0], ())
                if entries and not _JOINED.match(piece, run.start()):
                    for banned in entries:
                        if not excused(piece, *run.span(), banned):
                            yield BannedHit(banned=banned, start=run.start(), end=run.end())

    def _suspect(self, letters: str) -> bool:
        if self.patterns.any_in(letters) or self.sounds.any_in(letters):
            return True
        bare = letters.translate(self.disguises.fillers)
        return len(bare) < len(letters) and self.patterns.any_in(bare)

    def _written(
        self, exposed: Exposed, borders: Borders, hold: Callable[[int, int], bool]
    ) -> list[BannedHit]:
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
            and (hold(start, end) or (pattern.disguised and borders.mended(start, end) > 0))
            and _shown(exposed, borders, start, end, pattern)
            for hit in admitted(exposed, start, end, pattern.banned, pattern.symbols)
        ]

    def _whole(self, exposed: Exposed, borders: Borders, start: int, end: int) -> bool:
        """Whether a stretch is a word and tears none apart (洗钱 in 洗钱包, the 包 left alone)."""
        torn = [
            0 < place < len(exposed.text)
            and exposed.gaps[place] == NONE
            and rjieba.has_word(exposed.text[place - 1 : place + 1])
            for place in (start, end)
        ]
        if end - start == _SHORT and all(torn):
            return False  # two other words may meet here, as 微博 and 彩铃 in 微博彩铃
        return borders.hold(start, end) and not any(
            tears and borders.left_alone(place, beside, self.disguises.everyday)
            for tears, place, beside in zip(torn, (start, end), (start - 1, end), strict=True)
        )

    def _interrupted(self, exposed: Exposed, borders: Borders) -> list[BannedHit]:
        """Return words with fillers between their characters."""
        bare, places = without(exposed, self.disguises.fillers)

        def hold(start: int, end: int) -> bool:
            runs = list(_runs(places[start:end]))
            return (
                (end - start >= _LEAST_INTERRUPTED or self._parted(exposed, runs))
                and len(runs) > 1
                and max(bare.gaps[start + 1 : end]) < BREAK
                and all(borders.hold(first, last) for first, last in runs)
                and not any(bare.text[at] in _NUMERALS for at in range(start, end))
            )

        if len(bare.text) == len(exposed.text):
            return []
        return self._written(bare, Borders(bare), hold)

    def _parted(self, exposed: Exposed, runs: list[tuple[int, int]]) -> bool:
        """Whether only what parts a verb from its object stands between runs (加个群)."""
        between = [exposed.text[a:b] for (_, a), (b, _) in pairwise(runs)]
        return all(_PARTING.issuperset(some) for some in between)


_CUSTOM: dict[Language, str] = {
    "zh": "这个词在禁用词清单里",
    "en": "This word is on the list of forbidden words",
}


def banned_words(words: Iterable[Banned], disguises: Disguises) -> BannedWords:
    """Return the words compiled; a call for ten thousand words takes seconds."""
    listed = tuple(words)
    patterns: dict[str, list[Pattern]] = {}
    sounds: dict[str, list[tuple[Banned, str]]] = {}
    initials: dict[str, list[Banned]] = {}
    few = len(listed) <= _FEW
    alike = disguises.alike if few else {}
    spoken_as = disguises.near if few else disguises.sounds
    codes = disguises.near_codes if few else disguises.codes
    for banned in listed:
        for letters, pattern in patterns_of(banned, disguises, alike):
            patterns.setdefault(letters, []).append(pattern)
        pinyin = [disguises.spelling.get(character, "") for character in banned.word]
        if all(pinyin) and len(banned.word) > 1:
            if few:
                initials.setdefault("".join(s[0] for s in pinyin), []).append(banned)
            for form in (banned.word, *swapped(banned.word, disguises.characters, 1)):
                if form == banned.word or len(form) > len(banned.word):
                    sounds.setdefault(form.translate(spoken_as), []).append((banned, form))
    sought = {
        (pattern.letters, pattern.symbols)
        for some in patterns.values()
        for pattern in some
        if pattern.letters and not pattern.allowed
    }
    spoken = {(form, drawn_in(banned, form)) for some in sounds.values() for banned, form in some}
    return BannedWords(
        words=listed,
        sieve=sieve(sought, spoken, codes, unwritten=few),
        disguises=disguises,
        patterns=finder(patterns),
        sounds=Sounds(disguises=disguises, code=spoken_as, forms=finder(sounds)),
        initials=initials,
        stand_ins=disguises.readings.spelled if few else frozenset(),
    )


def _shown(exposed: Exposed, borders: Borders, start: int, end: int, pattern: Pattern) -> bool:
    """Whether a stretch has what makes a doubtful writing the word."""
    if pattern.small and exposed.shouts(start, end):
        return False
    if pattern.spaced and BREAK in exposed.gaps[start + 1 : end]:
        return False
    return pattern.odd is None or (
        borders.loose((start + pattern.odd,)) and borders.widest(start, end) < SYMBOL
    )


def _runs(places: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """Yield where places that follow each other begin and end."""
    for _, run in groupby(enumerate(places), lambda place: place[1] - place[0]):
        stretch = [place for _, place in run]
        yield stretch[0], stretch[-1] + 1
