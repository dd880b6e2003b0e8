"""Whether letters that spell a forbidden word are that word and not the edges of others."""

from collections.abc import Iterable
from functools import cached_property, lru_cache

import rjieba

from assist.check.expose import BREAK, NONE, SYMBOL, WALL, Exposed

_DENSE = 2
"""This many gaps or more, one before every letter, are no accident."""

_AROUND = 6
"""Characters on either side of a stretch that tell how it is cut into words."""


class Borders:
    """The word borders of one text, found when the first question is asked."""

    def __init__(self, exposed: Exposed) -> None:
        self._exposed = exposed

    def hold(self, start: int, end: int) -> bool:
        """Whether ``text[start:end]`` begins and ends where words do."""
        inner = self._exposed.gaps[start + 1 : end]
        if self._runs_on(start) or self._runs_on(end) or self._in_code(start, end):
            return False
        if len(inner) >= _DENSE and any(inner) and self._parted(start, end):
            return True
        if WALL in inner or (BREAK in inner and self._torn(start, end)):
            return False
        if _on_border(self._as_written, start, end) or self._severed(start, end):
            return True
        return max(inner, default=NONE) >= SYMBOL and _on_border(self._joined, start, end)

    def loose(self, places: Iterable[int]) -> bool:
        """Whether each of these characters is a word of its own, and of no longer one."""
        return all(_on_border(self._as_written, place, place + 1) for place in places)

    def left_alone(self, place: int, beside: int, everyday: frozenset[str]) -> bool:
        """Whether an uncommon character is a word of its own right beside a stretch."""
        return (
            0 < place < len(self._exposed.text)
            and self._exposed.gaps[place] == NONE
            and self._exposed.text[beside] not in everyday
            and self.loose((beside,))
        )

    def widest(self, start: int, end: int) -> int:
        """Return the widest gap within a stretch."""
        return max(self._exposed.gaps[start + 1 : end], default=NONE)

    def mended(self, start: int, end: int) -> int:
        """Return how many fewer characters stand alone if a stretch is taken for one word.

        None if a line ends within it. Characters that make no word with their neighbours are the
        sign that others are meant.
        """
        text, gaps = self._exposed.text, self._exposed.gaps
        if self.widest(start, end) >= BREAK:
            return 0
        first, last = start, end
        while first and gaps[first] == NONE and start - first < _AROUND:
            first -= 1
        while last < len(text) and gaps[last] == NONE and last - end < _AROUND:
            last += 1
        return _alone(text[first:last]) - _alone(text[first:start]) - _alone(text[end:last])

    def _parted(self, start: int, end: int) -> bool:
        """Whether something stands between any two letters, were it but a tag."""
        starts, ends = self._exposed.starts, self._exposed.ends
        return all(
            self._exposed.gaps[place] != NONE or ends[place - 1] < starts[place]
            for place in range(start + 1, end)
        )

    def _severed(self, start: int, end: int) -> bool:
        """Whether between all letters stands what nobody writes there: a symbol, or the unseen."""
        starts, ends, gaps = self._exposed.starts, self._exposed.ends, self._exposed.gaps
        return end - start > 1 and all(
            gaps[place] == SYMBOL or (gaps[place] == NONE and ends[place - 1] < starts[place])
            for place in range(start + 1, end)
        )

    def _in_code(self, start: int, end: int) -> bool:
        """Whether a Latin word with figures for letters is a piece of a longer code."""
        word = self._exposed.text[start:end]
        if not (word.isascii() and any(letter.isdigit() for letter in word)):
            return False
        return self._adjoin(start) or self._adjoin(end)

    def _torn(self, start: int, end: int) -> bool:
        """Whether a line's end in a stretch is one between Chinese words.

        A line may end within a word, and then one side is no word of its own, or both are with
        the line's end taken out.
        """
        text, gaps = self._exposed.text, self._exposed.gaps
        if text[start:end].isascii():
            return False
        after = text[end - 1 : end + 1]
        if len(after) < 2 or gaps[end] != NONE or not rjieba.has_word(after):
            return False
        return not _on_border(self._joined, start, end)

    def _runs_on(self, place: int) -> bool:
        """Whether a Latin word or a figure continues across ``place``."""
        before, after = self._exposed.text[place - 1 : place], self._exposed.text[place : place + 1]
        return self._adjoin(place) and before.isdigit() == after.isdigit()

    def _adjoin(self, place: int) -> bool:
        """Whether two Latin letters or figures stand side by side across ``place``."""
        text, gaps, parted = self._exposed.text, self._exposed.gaps, self._exposed.parted
        if not 0 < place < len(text) or gaps[place] != NONE:
            return False
        if parted[place - 1] or parted[place]:
            return False  # one word ends and the next begins with the same letter
        return text[place - 1].isascii() and text[place].isascii()

    @cached_property
    def _as_written(self) -> tuple["_Edges", "_Edges"]:
        return _edges(self._exposed, gapped=True)

    @cached_property
    def _joined(self) -> tuple["_Edges", "_Edges"]:
        return _edges(self._exposed, gapped=False)


_Edges = frozenset[int]


@lru_cache(maxsize=4096)
def _alone(text: str) -> int:
    """Return how many words of a text are of one character."""
    return sum(len(token) == 1 for token in rjieba.cut(text, False))


def _edges(exposed: Exposed, *, gapped: bool) -> tuple[_Edges, _Edges]:
    """Return the characters at which a word begins, and those before which one ends."""
    text, places = exposed.segmented(gapped=gapped)
    tokens: list[tuple[str, int, int]] = rjieba.tokenize(text, "default", False)
    begins = {start for _, start, _ in tokens}
    ends = {end for _, _, end in tokens}
    runs = [range(p, p + n) for p, n in zip(places, exposed.counts, strict=False)]
    return (
        frozenset(
            i for i, run in enumerate(runs) if any(p in begins for p in run) or _latin(exposed, i)
        ),
        frozenset(
            i + 1
            for i, run in enumerate(runs)
            if any(p + 1 in ends for p in run) or _latin(exposed, i)
        ),
    )


def _latin(exposed: Exposed, place: int) -> bool:
    # Latin edges are judged by the letters beside them: the dictionary joins letters and figures.
    return exposed.text[place].isascii()


def _on_border(edges: tuple[_Edges, _Edges], start: int, end: int) -> bool:
    begins, ends = edges
    return start in begins and end in ends
