"""Forbidden words by their sound: other characters in the place of their own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import rjieba

from assist.check.borders import Borders
from assist.check.expose import BREAK, Exposed
from assist.check.finder import Finder
from assist.check.hits import BannedHit, admitted
from assist.check.word_list import RIMES, Banned, Disguises

_SHORT = 2
"""A word of so few characters sounds like the parts of many names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sounds:
    """Words by their sound, each with the writing of it that sounds so."""

    disguises: Disguises
    code: Mapping[int, str]
    """What each character sounds like, for ``str.translate``."""
    forms: Finder[list[tuple[Banned, str]]]

    def any_in(self, letters: str) -> bool:
        """Whether a stretch of bare letters sounds like a word."""
        return next(self._sounding(letters), None) is not None

    def found(self, exposed: Exposed, borders: Borders) -> list[BannedHit]:
        """Return words with some characters replaced by others of the same sound."""
        return [
            hit
            for start, end, banned, others in self._sounding(exposed.text)
            if borders.widest(start, end) < BREAK
            and self._lone(exposed, borders, start, end, others)
            for hit in admitted(exposed, start, end, banned, "")
        ]

    def _lone(
        self, exposed: Exposed, borders: Borders, start: int, end: int, others: tuple[int, ...]
    ) -> bool:
        """Whether the stand-ins make no word with what is beside them, and the whole word would.

        A name has uncommon characters too (木卫一): there a common one proves nothing.
        """
        mended = borders.mended(start, end)
        if end - start > _SHORT:
            return mended > 0 or (
                borders.hold(start, end) and any(borders.loose((at,)) for at in others)
            )
        everyday = self.disguises.everyday
        own = {exposed.text[at] for at in range(start, end) if at not in others}
        common = any(exposed.text[at] in everyday for at in others)
        places = tuple(range(start, end)) if common else others
        if mended < len(places) or not borders.loose(places):
            return False
        return not (common or (own and everyday >= own)) or not any(
            borders.left_alone(place, beside, everyday)
            for place, beside in ((start, start - 1), (end, end))
        )

    def _sounding(self, letters: str) -> Iterator[tuple[int, int, Banned, tuple[int, ...]]]:
        """Yield each stretch that sounds like a word, and the places where it differs from it."""
        spoken = letters.translate(self.code)
        done = end = 0
        for here, entries in self.forms.hits(spoken):
            end += sum(sign not in RIMES for sign in spoken[done:here])
            done = here
            for banned, form in entries:
                start = end - len(form)
                others = tuple(at for at in range(start, end) if letters[at] != form[at - start])
                drawn = drawn_in(banned, form)
                if any(form[at - start] in drawn for at in others):
                    continue
                if (
                    others
                    and self._close(letters, form, start, others)
                    and self._stands(letters, start, end, others)
                ):
                    yield start, end, banned, others

    def _close(self, letters: str, form: str, start: int, others: tuple[int, ...]) -> bool:
        """Whether stand-ins sound the same, or nearly so and the rest tells what is meant."""
        sounds = self.disguises.sounds
        if all(sounds.get(ord(letters[at])) == sounds.get(ord(form[at - start])) for at in others):
            return True
        stretch = letters[start : start + len(form)]
        return len(others) < len(form) and (
            len(form) > _SHORT or self.disguises.everyday.isdisjoint(stretch)
        )

    def _stands(self, letters: str, start: int, end: int, others: tuple[int, ...]) -> bool:
        """Whether characters may stand in for others of their sound, and are no word themselves."""
        if rjieba.has_word(letters[start:end]):
            return False
        if self.disguises.readings.spelled.issuperset(letters[start:end]):
            return False
        everyday = self.disguises.everyday
        strange = any(letters[at] not in everyday for at in others)
        own = {letters[at] for at in range(start, end) if at not in others}
        if end - start == _SHORT:
            return strange or not everyday >= own
        return strange and (not own or not self.disguises.fillers.keys() >= set(map(ord, own)))


def drawn_in(banned: Banned, form: str) -> str:
    """Return the letters of a writing that are parts of a character; no others sound like them."""
    return "".join(letter for letter in form if letter not in banned.word)
