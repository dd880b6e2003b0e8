"""Cut a message into clauses and tell how each one is meant: asked, supposed, or over."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assist.text.normalise import HAN

_WALL = re.compile(
    rf"[,。!?;~\n、]+|\.{{2,}}|\.(?=\s|$)|\s+[-–—]+\s+|—+|(?<=[{HAN}])\s+(?=[{HAN}])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    start: int
    end: int
    """Behind the mark that closes the clause."""
    question: bool
    hypothetical: bool
    past: bool
    contrast: bool


def split_clauses(text: str, grammar: Mapping[str, re.Pattern[str]]) -> tuple[Clause, ...]:
    """Return the clauses of folded ``text`` in order; together they hold all of it."""
    ends = [match.end() for match in _WALL.finditer(text)]
    if not ends or ends[-1] < len(text):
        ends.append(len(text))
    starts = [0, *ends[:-1]]
    bounds = list(zip(starts, ends, strict=True))
    asked = [grammar["tag"].search(text[start:end]) is not None for start, end in bounds]
    return tuple(
        _clause(text, start, end, grammar, asked=after)
        for (start, end), after in zip(bounds, [*asked[1:], False], strict=True)
    )


def _clause(
    text: str, start: int, end: int, grammar: Mapping[str, re.Pattern[str]], *, asked: bool
) -> Clause:
    words = text[start:end]
    return Clause(
        start=start,
        end=end,
        question=asked or grammar["question"].search(words) is not None,
        hypothetical=grammar["hypothetical"].search(words) is not None,
        past=grammar["past"].search(words) is not None,
        contrast=grammar["contrast"].search(words.lstrip()) is not None,
    )
