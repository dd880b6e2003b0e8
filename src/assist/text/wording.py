"""How a piece of text is worded, in hashed features: its words, and who is told to do what."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from zlib import crc32

import numpy as np
import numpy.typing as npt

from assist.text.pattern import bounded

_WORD = r"[a-z]+|[0-9]+|[\u3400-\u4dbf\u4e00-\u9fff]|[^\s\w]|\w"
_WORDS = re.compile(_WORD)
_MARK = "\N{SECTION SIGN}"
_EDGE = "\N{PILCROW SIGN}"

Buckets = npt.NDArray[np.intp]


def marks_pattern(marks: Mapping[str, str]) -> re.Pattern[str]:
    """Return one pattern that finds marked words by the id of their mark, and all other words.

    Raises ValueError for a mark whose pattern is none or could run away.
    """
    for mark, pattern in marks.items():
        try:
            bounded(f"(?P<{mark}>{pattern})")
        except ValueError as error:
            raise ValueError(f"{mark}: {error}") from error
    named = "".join(f"(?P<{mark}>{pattern})|" for mark, pattern in marks.items())
    return re.compile(named + _WORD)


def buckets(text: str, marks: re.Pattern[str], size: int) -> Buckets:
    """Return the distinct numbers below ``size`` that the features of a folded text hash to."""
    hashed = {crc32(feature.encode()) % size for feature in _features(text, marks)}
    return np.array(sorted(hashed), dtype=np.intp)


def _features(text: str, marks: re.Pattern[str]) -> Iterator[str]:
    said = [_figure(word) for word in _WORDS.findall(text)]
    yield from said
    yield from _pairs(said)
    seen = [_seen(match) for match in marks.finditer(text)]
    yield from (pair for pair in _pairs(seen) if _MARK in pair)
    for three in zip(seen, seen[1:], seen[2:], strict=False):
        if sum(word[0] == _MARK for word in three) > 1:
            yield " ".join(three)
    yield from _in_order([word for word in seen if word[0] == _MARK])


def _in_order(marked: Sequence[str]) -> Iterator[str]:
    """Yield which marks there are, which come next to each other, and which before another."""
    yield from marked
    for width in (2, 3):
        for at in range(len(marked) - width + 1):
            yield ">".join(marked[at : at + width])
    later: set[str] = set()
    for mark in reversed(marked):
        yield from (f"{mark}..{other}" for other in later)
        later.add(mark)


def _pairs(words: Sequence[str]) -> Iterator[str]:
    return (f"{one} {next_one}" for one, next_one in pairwise([_EDGE, *words, _EDGE]))


def _seen(match: re.Match[str]) -> str:
    return f"{_MARK}{match.lastgroup}" if match.lastgroup else _figure(match[0])


def _figure(word: str) -> str:
    return "0" if word.isdecimal() else word
