"""One form of a text for search and comparison, with the way back to what was written."""

import re
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from opencc import OpenCC

from assist.records import Span

# Unicode's default ignorables, control characters that are not white space, lone surrogates, and
# the blanks that are drawn as nothing (Hangul fillers, the empty Braille cell).
INVISIBLE = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
HAN = "\u3007\u2e80-\u2fdf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
# Marks that any letter can carry; one that does not melt into its letter is decoration.
_FREE_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
# Conjoining Hangul, also in its compatibility and half-width forms, composes with its neighbour.
_JAMO = "\u1100-\u11ff\u3131-\u318e\ua960-\ua97f\ud7b0-\ud7ff\uffa1-\uffdc"
_SIMPLE = re.compile(r"[\t\n\r\x20-\x7e]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Normalised:
    original: str
    text: str
    starts: Sequence[int]
    """For each character of ``text``, where the stretch of ``original`` it came from begins."""
    ends: Sequence[int]
    """For each character of ``text``, where that stretch ends."""

    def span(self, start: int, end: int) -> Span:
        """Return the stretch of the original behind ``text[start:end]``."""
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else len(self.original)
            return Span(start=at, end=at, text="")
        first, last = self.starts[start], self.ends[end - 1]
        return Span(start=first, end=last, text=self.original[first:last])


def fold(text: str) -> str:
    """Return ``normalise(text).text``, without the cost of the map."""
    if _SIMPLE.fullmatch(text):
        return text.lower()
    return _simplify(_fold_cluster(_dropped().sub("", text)))


def normalise(text: str) -> Normalised:
    """Return the text in NFKC, case-folded, simplified, without invisible characters."""
    size = len(text)
    dropped = _dropped()
    # Without marks that compose nothing can shrink, so an equal length means one for one.
    plain = not dropped.search(text) and not _composing().search(text)
    if plain and len(_fold_cluster(text)) == size:
        return Normalised(
            original=text, text=fold(text), starts=range(size), ends=range(1, size + 1)
        )
    kept = [0] * len(text)
    for match in dropped.finditer(text):
        kept[match.start() : match.end()] = [1] * (match.end() - match.start())
    places = [place for place, gone in enumerate(kept) if not gone]
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for cluster in _clusters().finditer("".join(text[place] for place in places)):
        piece = _fold_cluster(cluster[0])
        pieces.append(piece)
        starts += [places[cluster.start()]] * len(piece)
        ends += [places[cluster.end() - 1] + 1] * len(piece)
    return Normalised(original=text, text=_simplify("".join(pieces)), starts=starts, ends=ends)


def visible(text: str) -> str:
    """Return the text as written, without invisible characters and outer white space."""
    return _invisible().sub("", text).strip()


def simplify(text: str) -> str:
    """Return the text with Traditional characters simplified, each in its place."""
    return _simplify(_surrogates().sub("\ufffd", text))


def _fold_cluster(text: str) -> str:
    once = unicodedata.normalize("NFKC", text).casefold()
    return _free_marks().sub("", unicodedata.normalize("NFKC", once))


def _simplify(text: str) -> str:
    """Return the text simplified; both sides have the same length."""
    converter = _converter()
    simple: str = converter.convert(text)
    if len(simple) == len(text):
        return simple
    singles = (converter.convert(character) for character in text)
    return "".join(new if len(new) == 1 else old for old, new in zip(text, singles, strict=True))


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


@cache
def _marks() -> str:
    """Return every combining mark as the inside of a character class."""
    points = [c for c in range(sys.maxunicode + 1) if unicodedata.category(chr(c))[0] == "M"]
    runs: list[list[int]] = []
    for point in points:
        if runs and runs[-1][1] == point - 1:
            runs[-1][1] = point
        else:
            runs.append([point, point])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in runs)


@cache
def _dropped() -> re.Pattern[str]:
    """Match what leaves no trace: the invisible, and combining marks laid over Han."""
    return re.compile(f"(?<=[{HAN}])[{_marks()}{INVISIBLE}]+|[{INVISIBLE}]+")


@cache
def _composing() -> re.Pattern[str]:
    """Match characters that may melt into the one before them under NFKC."""
    return re.compile(f"[{_marks()}{_JAMO}\uff9e\uff9f]+")


@cache
def _clusters() -> re.Pattern[str]:
    return re.compile(f"[\\s\\S](?:{_composing().pattern})?")


@cache
def _free_marks() -> re.Pattern[str]:
    return re.compile(f"[{_FREE_MARKS}]+")


@cache
def _invisible() -> re.Pattern[str]:
    return re.compile(f"[{INVISIBLE}]+")


@cache
def _surrogates() -> re.Pattern[str]:
    return re.compile("[\ud800-\udfff]")
