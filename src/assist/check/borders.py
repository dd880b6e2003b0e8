"""Whether letters that spell a forbidden word are that word and not the edges of others."""

from collections.abc import Iterable
from functools import cached_property

import rjieba

from assist.check.expose import NONE, SYMBOL, WALL, Exposed

_DENSE = 2
"""This many gaps or more, one before every letter, are no accident."""


class Borders:
    """The word borders of one text, found when the first question is asked."""

    def __init__(self, exposed: Exposed) -> None:
        self._exposed = exposed

    def hold(self, start: int, end: int) -> bool:
        """Whether ``text[start:end]`` begins and ends where words do."""
        inner = self._exposed.gaps[start + 1 : end]
        if self._runs_on(start) or self._runs_on(end):
            return False
        if len(inner) >= _DENSE and any(inner) and self._parted(start, end):
            return True
        if WALL in inner:
            return False
        if _on_border(self._as_written, start, end):
            return True
        return SYMBOL in inner and _on_border(self._joined, start, end)

    def loose(self, places: Iterable[int]) -> bool:
        """Whether each of these characters is a word of its own, and of no longer one."""
        return all(_on_border(self._as_written, place, place + 1) for place in places)

    def _parted(self, start: int, end: int) -> bool:
        """Whether something stands between any two letters, were it but a tag."""
        starts, ends = self._exposed.starts, self._exposed.ends
        return all(
            self._exposed.gaps[place] != NONE or ends[place - 1] < starts[place]
            for place in range(start + 1, end)
        )

    def _runs_on(self, place: int) -> bool:
        """Whether a Latin word or a figure continues across ``place``."""
        text = self._exposed.text
        if not 0 < place < len(text) or self._exposed.gaps[place] != NONE:
            return False
        before, after = text[place - 1], text[place]
        if not (before.isascii() and after.isascii()):
            return False
        return before.isdigit() == after.isdigit()

    @cached_property
    def _as_written(self) -> tuple["_Edges", "_Edges"]:
        return _edges(self._exposed, gapped=True)

    @cached_property
    def _joined(self) -> tuple["_Edges", "_Edges"]:
        return _edges(self._exposed, gapped=False)


_Edges = frozenset[int]


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
