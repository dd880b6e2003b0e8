"""Most texts hold no forbidden word: told in one pass, without undisguising them."""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

import numpy as np

from assist.check.expose import SYMBOL, gap_of, letters_of, may_hold_markup, skim
from assist.check.finder import Finder, finder

# Of the two bytes of a letter's code none is 0 or one of these.
_NEW, _MANY, _SYMBOL = b"\xff\xff", b"\xfe\xfe", b"\xfd\xfd"
_POINT, _CODE = np.dtype("<u4"), np.dtype("<u2")
_LATIN = "\x01"
"""The second byte of the code of a Latin letter or a figure, and of no other."""
_NO_CODE = b"\x00\xfd"
_CUT = re.compile(r"(?<=\w\w[。！？；\n])(?=\w\w)")
PIECE = 600
"""Characters that are looked at in one go, at least; no markup is longer."""


class Codes:
    """What each character sounds like, as two bytes, worked out when it is first met.

    The codes of a text hold those of a word whenever its letters could be found in the text, as
    written or by their sound: characters of one sound share a code, marks and ``fillers`` have
    none, and a run of one code counts once.
    """

    def __init__(self, sounds: Mapping[int, str], fillers: Iterable[str]) -> None:
        self._sounds = sounds
        self.fillers = frozenset(fillers)
        self._table = np.full(sys.maxunicode + 1, _number(_NEW), _CODE)
        self._disguised = np.zeros(sys.maxunicode + 1, np.bool_)

    def of_text(self, text: str) -> tuple[str, bool] | None:
        """Return the codes of a text as Latin-1, and whether it has symbols.

        None for a text with markup, or with a character that stands for several letters.
        """
        if may_hold_markup(text):
            return None
        points = _points(text)
        raw = self._table.take(points).tobytes()
        if _NEW in raw:
            self._learn(points)
            raw = self._table.take(points).tobytes()
        if _MANY in raw:
            return None
        kept = raw.translate(None, _NO_CODE)
        codes = np.frombuffer(kept, _CODE)
        fresh = codes[1:][codes[1:] != codes[:-1]]
        return (kept[:2] + fresh.tobytes()).decode("latin-1"), _SYMBOL in raw

    def letters(self, text: str) -> str:
        """Return a text that has all letters of a text for which there are codes."""
        if self._disguised.take(_points(text)).any():
            return skim(text) or ""
        return text.lower()

    def of_word(self, letters: str) -> str:
        """Return the codes of bare letters, fillers left out; empty if they are all fillers."""
        return self.of_sounds("".join(c for c in letters if c not in self.fillers))

    def of_sounds(self, letters: str) -> str:
        """Return the codes of letters, fillers as they sound."""
        return "".join(code for code, _ in groupby(map(self._code, letters)))

    def _learn(self, points: "np.ndarray[tuple[int], np.dtype[np.uint32]]") -> None:
        for point in np.unique(points).tolist():
            letters = letters_of(chr(point))
            if not letters:
                code = _SYMBOL if gap_of(chr(point)) == SYMBOL else b""
            elif len(letters) > 1:
                code = _MANY
            else:
                code = self.of_word(letters).encode("latin-1")
            self._table[point] = _number(code)
            self._disguised[point] = letters not in ("", chr(point).lower())

    def _code(self, letter: str) -> str:
        point = ord(letter)
        if letter.isascii():
            return letter + _LATIN
        return self._sounds.get(point) or chr(0x80 + (point >> 6) % 0x40) + chr(0xC0 + point % 0x20)


def _points(text: str) -> "np.ndarray[tuple[int], np.dtype[np.uint32]]":
    return np.frombuffer(text.encode("utf-32-le", errors="surrogatepass"), _POINT)


def _number(code: bytes) -> int:
    return int.from_bytes(code, "little")


class Look(NamedTuple):
    suspect: bool
    """Whether a text may hold a word."""
    symbols: bool
    latin: bool
    """Whether it has Latin letters or figures, flags among them."""


_UNKNOWN = Look(suspect=True, symbols=True, latin=True)


@dataclass(frozen=True, slots=True)
class Sieve:
    """The codes of all words in automata."""

    codes: Codes
    plain: Finder[frozenset[str]]
    """Each run of codes stands for groups of letters; all of one group the text has too."""
    symbolic: Finder[frozenset[str]]
    """Of words that have a symbol beside letters; a text without any cannot hold them."""
    tight: bool
    """False if a word has no code: nothing can be told then."""

    def look(self, text: str, spelled: frozenset[str] = frozenset()) -> "Look":
        """Return what can be told of a text at a glance.

        Each of the letters ``spelled`` may stand for any of its sound.
        """
        coded = self.codes.of_text(text)
        if coded is None:
            return _UNKNOWN
        codes, symbols = coded
        suspect = not self.tight or self._may_hold(text, codes, symbols, spelled)
        return Look(suspect, symbols, _LATIN in codes)

    def _may_hold(self, text: str, codes: str, symbols: bool, spelled: frozenset[str]) -> bool:
        found = list(self.plain.values(codes))
        if symbols:
            found += self.symbolic.values(codes)
        if not found:
            return False
        written = self.codes.letters(text)
        if spelled and not spelled.isdisjoint(written):
            return True
        has = written.__contains__
        return any(all(map(has, group)) for groups in found for group in groups)


def sieve(
    written: Iterable[tuple[str, str]],
    spoken: Iterable[tuple[str, str]],
    codes: Codes,
    *,
    unwritten: bool = False,
) -> Sieve:
    """Return a sieve that lets every text with one of the words through.

    A written word is a run of letters, and the symbols that it has beside them. A spoken one has
    letters that must stand in the text as they are; if none must, one of them all still does,
    unless words are sought also where every letter is replaced, ``unwritten``.
    """
    plain: dict[str, set[str]] = {}
    symbolic: dict[str, set[str]] = {}
    for letters, symbols in written:
        some = symbolic if any(gap_of(symbol) == SYMBOL for symbol in symbols) else plain
        for form in {codes.of_word(letters), codes.of_sounds(letters)}:
            some.setdefault(form, set()).add(letters)
    for letters, drawn in spoken:
        for form in {codes.of_word(letters), codes.of_sounds(letters)}:
            others = {""} if unwritten else set(letters) - codes.fillers
            plain.setdefault(form, set()).update([drawn] if drawn else others)
    tight = "" not in plain and "" not in symbolic
    return Sieve(codes, finder(_frozen(plain)), finder(_frozen(symbolic)), tight)


def _frozen(groups: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {form: frozenset(some) for form, some in groups.items()}


def pieces_of(text: str) -> Iterator[tuple[int, str]]:
    """Yield where the pieces of a text start, and each; only a long text has more than one.

    It is cut where no word goes on: at a mark that ends a clause, and stands between letters that
    follow each other.
    """
    start = 0
    for cut in _CUT.finditer(text, PIECE):
        at = cut.start()
        if at - start >= PIECE and not may_hold_markup(text[max(start, at - PIECE) : at]):
            yield start, text[start:at]
            start = at
    yield start, text[start:]
