"""A text read another way: emoji and pinyin by their sound, figures as letters."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product, repeat

from assist.text.normalise import HAN

_PARTING = "一下"
"""What parts a verb from its object (加一下群), and says nothing."""
_DASH = "—"
"""Drawn like 一."""
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
"""A flag is two letters, and says neither."""
_RUN = re.compile(r"[A-Za-z0-9@$!]{2,20}")
_CODE = re.compile(r"(?<=\w)|(?<=\d-)|[A-Za-z0-9@$!]++(?:\w|-\d)", re.ASCII)
"""What joins a run of letters and figures to a longer name."""
_LETTER = re.compile(r"[A-Za-z@$]")
_HAN = re.compile(f"[{HAN}]")
_LEET = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i"}
_LEET_I, _LEET_L = str.maketrans(_LEET), str.maketrans({**_LEET, "1": "l", "!": "l"})
_FLAG_OR_RUN = re.compile(f"{_FLAG.pattern}|{_RUN.pattern}")
_NONE: frozenset[str] = frozenset()
_NEAR = 10
"""A Latin word this near to a Han character stands in Chinese text."""
_LEAST_LETTERS = 2
"""A run with fewer letters among its figures is a code."""
_LONGEST_SYLLABLE = 6


@dataclass(frozen=True, slots=True)
class Reading:
    text: str
    changes: tuple[tuple[int, int, int, int], ...]
    """For each stretch that was changed its start and end in ``text``, and in the original."""

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of the original that ``text[start:end]`` was read from."""
        first, last = start, end
        for begins, ends, from_, to in self.changes:
            if ends <= start:
                first = start + to - ends
            elif begins <= start:
                first = from_
            if ends < end:
                last = end + to - ends
            elif begins < end:
                last = to
        return first, last


class Readings:
    """The syllables of pinyin and the emoji that are read as Han characters."""

    def __init__(self, syllables: Mapping[str, str], pictures: Mapping[str, str]) -> None:
        self._spelled = {syllable: characters[-1] for syllable, characters in syllables.items()}
        self.spelled = frozenset(self._spelled.values())
        """Characters, each the rarest of its sound, that stand for a syllable in Latin letters."""
        self._known = frozenset(syllable for syllable in syllables if len(syllable) > 1)
        self._pictures = {sign: word for word, signs in pictures.items() for sign in signs}
        signs = "".join(pictures.values())
        self._signs = frozenset(signs)
        self._pictures |= {_PARTING: "", _DASH: "一"}
        self._token = re.compile(f"{_PARTING}|[{signs}{_DASH}]|{_FLAG.pattern}|{_RUN.pattern}")

    def of(self, text: str, *, symbols: bool, latin: bool) -> Iterator[Reading]:
        """Yield the other readings of a text that differ from it.

        Only ``symbols`` can be pictures, only ``latin`` letters and figures other letters or flags.
        """
        symbols = symbols and not self._signs.isdisjoint(text)
        parted = _PARTING in text or _DASH in text
        if not (symbols or parted or latin or "@" in text):
            return
        parted = parted or (latin and _FLAG.search(text) is not None)
        chinese = _HAN.search(text) is not None
        known = self._known if chinese else _NONE
        if not (symbols or parted or any(map(_ambiguous, _RUN.findall(text), repeat(known)))):
            return
        sought = _RUN
        if symbols or parted:
            sought = self._token if chinese else _FLAG_OR_RUN
        tokens = [
            token
            for token in sought.finditer(text)
            if self._shown(token[0]) is not None
            or (
                _ambiguous(token[0], known)
                and (not token[0].isalpha() or _beside_han(token))
                and not _CODE.match(text, token.start())
            )
        ]
        if not tokens:
            return
        seen = {text}
        flags = [token for token in tokens if _FLAG.fullmatch(token[0])]
        for some in (flags, tokens) if flags else (tokens,):
            for leet, aloud in product((_LEET_I, _LEET_L), (False, True)[: 1 + chinese]):
                reading = self._read(text, some, leet, aloud)
                if reading.text not in seen:
                    seen.add(reading.text)
                    yield reading

    def _read(
        self, text: str, tokens: list[re.Match[str]], leet: dict[int, str], aloud: bool
    ) -> Reading:
        pieces: list[str] = []
        changes: list[tuple[int, int, int, int]] = []
        done = size = 0
        for token in tokens:
            for said, start, end in self._said(token, leet, aloud):
                if said == text[start:end]:
                    continue
                size += start - done
                pieces += (text[done:start], said)
                changes.append((size, size + len(said), start, end))
                size += len(said)
                done = end
        return Reading("".join((*pieces, text[done:])), tuple(changes))

    def _shown(self, run: str) -> str | None:
        """Return what a picture shows, nothing for a flag, and None for what is no picture."""
        return "" if _FLAG.fullmatch(run) else self._pictures.get(run)

    def _said(
        self, token: re.Match[str], leet: dict[int, str], aloud: bool
    ) -> Iterator[tuple[str, int, int]]:
        """Yield what a token stands for, and where each piece of it stands.

        Of the two ways to read figures the second reads a picture by its first character (飞机).
        """
        at, run = token.start(), token[0]
        shown = self._shown(run)
        if shown is not None:
            yield shown if leet is _LEET_I else shown[:1], at, token.end()
            return
        word = _unmasked(run, leet)
        syllables = _syllables(word.lower(), self._known) if aloud else ()
        if not syllables:
            yield word, at, token.end()
        for syllable in syllables:
            yield self._spelled[syllable], at, at + len(syllable)
            at += len(syllable)


def _beside_han(token: re.Match[str]) -> bool:
    """Whether a Latin word stands among Han characters, and is no word of an English text."""
    start, end = token.span()
    return _HAN.search(token.string, max(0, start - _NEAR), end + _NEAR) is not None


def _unmasked(run: str, leet: dict[int, str]) -> str:
    """Return a word with its figures read as letters; codes are written in capitals."""
    letters = _LETTER.findall(run)
    if run.isalpha() or len(letters) < _LEAST_LETTERS or run.isupper():
        return run
    if run[:2].isdigit():
        return run  # an amount and its unit
    return run.translate(leet)


@lru_cache(maxsize=4096)
def _ambiguous(run: str, known: frozenset[str]) -> bool:
    """Whether a run of letters and figures may be read another way."""
    word = _unmasked(run, _LEET_I)
    return word != run or bool(_syllables(word.lower(), known))


@lru_cache(maxsize=4096)
def _syllables(word: str, known: frozenset[str]) -> tuple[str, ...]:
    """Return the fewest syllables that a word can be cut into, none if it is not all pinyin."""
    best: list[tuple[str, ...] | None] = [()]
    for end in range(1, len(word) + 1):
        cuts = [
            (*before, word[start:end])
            for start in range(max(0, end - _LONGEST_SYLLABLE), end)
            if (before := best[start]) is not None and word[start:end] in known
        ]
        best.append(min(cuts, key=len, default=None))
    return (best[-1] or ()) if len(word) > 1 else ()
