"""How people write a forbidden word when they hope that nobody looks."""

import re
from collections.abc import Iterator, Mapping
from itertools import combinations, islice, pairwise

from assist.text.normalise import HAN

_IS_HAN = re.compile(f"[{HAN}]")
_MOST = 60
"""Variants of one word; the likeliest come first."""
_ALL_SWAPPED = 3
"""Up to this many characters, two may be written another way; in longer words one."""
_LEAST_SPELLED = 4
"""A word spelled out whole in fewer letters than this may be anything."""
_LEAST_TURNED = 3
"""A shorter word read backwards is too often an ordinary one."""
_LEET = {"o": "0", "i": "1", "l": "1", "e": "3", "a": "4", "s": "5", "t": "7", "u": "v"}
_MASKS = {"a": "@*", "e": "*", "i": "!*", "o": "*", "u": "*", "s": "$"}
"""What is drawn for a letter of a Latin word, and is no letter."""
_LEAST_MASKED = 4
_LEAST_LETTERS = 2
"""A Latin word with fewer letters among its figures is a number or a code."""
_LEAST_ABBREVIATED = 3
_RADICAL = re.compile("[亻纟讠钅氵扌忄犭饣艹辶礻衤阝刂⺮]")
"""A part that is no character: a word of one character is taken apart only into such."""
_TWO_FOR_ONE = {"m": "rn", "w": "vv", "d": "cl"}
_FLIPPED = str.maketrans("nupdbq", "undpqb")

Swaps = Mapping[str, tuple[str, ...]]


def variants_of(word: str, characters: Swaps, spelling: Mapping[str, str]) -> tuple[str, ...]:
    """Return other writings of a bare lower-case word, without the word itself.

    ``characters`` gives the look-alikes and parts of a character, ``spelling`` its pinyin.
    """
    found = dict.fromkeys(islice(_all(word, characters, spelling), _MOST))
    found.pop(word, None)
    return tuple(found)


def swapped(word: str, characters: Swaps, many: int) -> Iterator[str]:
    """Yield the word with ``many`` of its characters written another way."""
    places = [place for place, character in enumerate(word) if character in characters]
    for chosen in combinations(places, many):
        forms = [""]
        for place, character in enumerate(word):
            options = characters[character] if place in chosen else (character,)
            forms = [form + option for form in forms for option in options]
        yield from forms


def misdrawn(
    word: str, alike: Mapping[str, str], everyday: frozenset[str]
) -> Iterator[tuple[str, int]]:
    """Yield the word with one character written as another that is drawn like it, and where.

    Not for a word of one character, nor one with a character twice in a row; a word of two is not
    written with an ``everyday`` character.
    """
    if len(word) < 2 or any(one == next_ for one, next_ in pairwise(word)):
        return
    for place, character in enumerate(word):
        for other in alike.get(character, ""):
            if other not in word and (len(word) > 2 or other not in everyday):
                yield word[:place] + other + word[place + 1 :], place


def habitual(word: str, stems: Swaps) -> Iterator[str]:
    """Yield the word with a stem written as people are in the habit of writing it."""
    for stem, writings in stems.items():
        if stem in word:
            yield from (word.replace(stem, writing) for writing in writings)


def _all(word: str, characters: Swaps, spelling: Mapping[str, str]) -> Iterator[str]:
    if len(word) < 2:
        yield from (form for form in swapped(word, characters, 1) if _RADICAL.search(form))
        return
    yield from swapped(word, characters, 1)
    if _IS_HAN.search(word):
        yield from _spelled(word, spelling)
        yield from _abbreviated(word, spelling)
    else:
        yield from _leet(word)
    if len(word) >= _LEAST_TURNED:
        yield word[::-1]
    if len(word) <= _ALL_SWAPPED:
        yield from swapped(word, characters, 2)


def _spelled(word: str, spelling: Mapping[str, str]) -> Iterator[str]:
    """Yield a word with one character spelled out, or all; two or three are read by their sound."""
    places = [place for place, character in enumerate(word) if character in spelling]
    if len(places) < 2:
        return
    for size in (1, len(places)):
        for chosen in combinations(places, size):
            form = "".join(spelling[c] if at in chosen else c for at, c in enumerate(word))
            if _IS_HAN.search(form) or len(form) >= _LEAST_SPELLED:
                yield form


def _abbreviated(word: str, spelling: Mapping[str, str]) -> Iterator[str]:
    """Yield a word with one character, or two that follow each other, given by the initial."""
    if len(word) < _LEAST_ABBREVIATED or not all(c in spelling for c in word):
        return
    for many in range(1, len(word) // 2 + 1 if len(word) < 6 else 2):
        for at in range(len(word) - many + 1):
            initials = "".join(spelling[c][0] for c in word[at : at + many])
            yield word[:at] + initials + word[at + many :]


def masked(word: str) -> Iterator[tuple[str, str]]:
    """Yield a Latin word without one of its letters, and the symbol that is put there."""
    if len(word) < _LEAST_MASKED or not (word.isascii() and word.isalpha()):
        return
    for at, letter in enumerate(word):
        for symbol in _MASKS.get(letter, ""):
            if 0 < at < len(word) - 1:
                yield word[:at] + word[at + 1 :], symbol


def _leet(word: str) -> Iterator[str]:
    """Yield a Latin word with figures for letters, and upside down."""
    letters = sorted({letter for letter in word if letter in _LEET})
    for size in range(1, len(letters) + 1):
        for chosen in combinations(letters, size):
            form = "".join(_LEET[letter] if letter in chosen else letter for letter in word)
            if sum(map(str.isalpha, form)) >= min(_LEAST_LETTERS, len(word) - 1):
                yield form
    for letter, pair in _TWO_FOR_ONE.items():
        if letter in word:
            yield word.replace(letter, pair)
    if len(word) >= _LEAST_TURNED and word.isalpha():
        yield word[::-1].translate(_FLIPPED)
