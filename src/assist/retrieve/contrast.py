"""Conditions in which entries differ, and on which side of them a text or an entry stands."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from assist.records import Entry, Language
from assist.retrieve.phrases import asks
from assist.retrieve.reading import read
from assist.retrieve.rules import Contrast
from assist.text.normalise import fold
from assist.text.tokenise import words

_DENIED = re.compile(r"(?:不是|并非|不要|not )\s*$")
_LATIN = re.compile(r"[a-z0-9]")
_EDGE = " 的，。？！、,.?!;；:：（）()“”\"'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What tells two entries apart."""

    name: str | None
    first: tuple[str, ...]
    """The words that show the first entry's side; the first of them names it."""
    second: tuple[str, ...]


def side_of(text: str, contrast: Contrast) -> int | None:
    """Return the side that a folded text names; None when it names none, or several."""
    named = set(_sides_named(text, contrast.sides))
    return named.pop() if len(named) == 1 else None


def stance(said: Sequence[str], contrast: Contrast) -> int | None:
    """Return the side named by the first of these folded texts that names one."""
    return next((side for text in said if (side := side_of(text, contrast)) is not None), None)


def condition_between(
    first: Entry, second: Entry, contrasts: Iterable[Contrast], *, alike: float, language: Language
) -> Condition | None:
    """Return the one condition in which two entries differ, or None when they differ in more.

    The contrasts of the rules come first; else two standard questions with most words in common
    differ in the rest.
    """
    ours, theirs = read(first).head, read(second).head
    for contrast in contrasts:
        our_side = side_of(ours, contrast)
        their_side = None if our_side is None else side_of(theirs, contrast)
        if our_side is not None and their_side is not None and our_side != their_side:
            return Condition(
                name=contrast.name[language],
                first=contrast.sides[our_side],
                second=contrast.sides[their_side],
            )
    return _difference(first.question, second.question, alike)


def shows(text: str, side: tuple[str, ...]) -> bool:
    """Return whether a folded text has one of the words of a side."""
    return any(_place(text, fold(word)) is not None for word in side)


def _difference(first: str, second: str, alike: float) -> Condition | None:
    left, right = _words_of(first), _words_of(second)
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    # The quick ratios are never below the true one, and mostly low enough to know.
    ratios = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
    if any(ratio() < alike for ratio in ratios):
        return None
    changes = [change for change in matcher.get_opcodes() if change[0] != "equal"]
    if not changes:
        return None
    # Several changes with a common word between them are one condition said in two places.
    ours = "".join(left[changes[0][1] : changes[-1][2]]).strip(_EDGE)
    theirs = "".join(right[changes[0][3] : changes[-1][4]]).strip(_EDGE)
    if asks(ours) or asks(theirs):
        # The two ask for different things, not for one thing under two conditions.
        return None
    if len(ours) < 2 or len(theirs) < 2:
        ours, theirs = first.strip(_EDGE), second.strip(_EDGE)
    return Condition(name=None, first=(ours,), second=(theirs,))


@lru_cache(maxsize=2048)
def _words_of(question: str) -> tuple[str, ...]:
    """Return the words of a standard question; the first hit is compared with all the others."""
    return tuple(span.text for span in words(question))


def _sides_named(text: str, sides: tuple[tuple[str, ...], ...]) -> Iterable[int]:
    """Yield the side of each word that stands in the text; a longer word hides one within it."""
    for word, side in _words(sides):
        if word not in text:
            continue
        while (at := _place(text, word)) is not None:
            text = f"{text[:at]}\0{text[at + len(word) :]}"
            if not _DENIED.search(text[:at]):
                yield side


@lru_cache(maxsize=256)
def _words(sides: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, int], ...]:
    """Return the folded words of all sides with their sides, the longest first."""
    pairs = ((fold(word), side) for side, shown_by in enumerate(sides) for word in shown_by)
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def _place(text: str, word: str) -> int | None:
    """Return where a word begins in a text; a Latin word must not go on there."""
    at = text.find(word)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(word) : at + len(word) + 1]
        runs_on = _LATIN.match(word[-1]) and _LATIN.match(after)
        runs_in = _LATIN.match(word[0]) and _LATIN.match(before)
        if not runs_on and not runs_in:
            return at
        at = text.find(word, at + 1)
    return None
