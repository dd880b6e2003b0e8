"""A word of the source of which the draft turns one character: 携入方 to 携出方, 饭后 to 饭前."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assist.check.agreement import denies
from assist.check.sources import folded, stating_clauses_of
from assist.check.support import content_of
from assist.records import Span
from assist.text.normalise import HAN

_LIKE = {2: 0.25, 1: 0.5}
"""How much of the clause its source must have, by how many neighbours of the character it has."""
_CLEARLY = 0.1
_TELLING = 4
"""With fewer terms what follows the character tells too little by itself."""
_HAN = re.compile(f"[{HAN}]")
_OPEN = re.compile("[的者时后前]$")
"""How a clause ends that says of whom or when the next one speaks: 已投保的，…"""
_KEPT = 2048


@dataclass(frozen=True, slots=True, eq=False)
class Turns:
    pattern: re.Pattern[str]
    others: Mapping[str, str]
    """Each character with those that stand in its place in the opposite word."""


@dataclass(frozen=True, slots=True)
class _Clause:
    text: str
    original: str
    content: frozenset[str]


def compile_turns(groups: Sequence[Sequence[str]]) -> Turns:
    """Return the characters of the groups, each with the others of its groups."""
    others: dict[str, str] = {}
    for group in groups:
        for mine in group:
            others[mine] = others.get(mine, "") + "".join(each for each in group if each != mine)
    return Turns(pattern=re.compile(f"[{''.join(others)}]" if others else r"(?!)"), others=others)


def turned(clause: Span, sources: Sequence[str], turns: Turns) -> Iterator[tuple[Span, str]]:
    """Yield the words of a draft's clause that are turned, with the source's clause.

    Where the source has the draft's word too, of another matter, the clause is yielded as a whole.
    The source's clause must be about the same, and more so than any that has the draft's word.
    """
    text = folded(clause.text)
    if len(text) != len(clause.text) or not turns.pattern.search(text):
        return
    whole_texts = [folded(source) for source in sources]
    told = [each for source in sources for each in _stated(source)]
    whole = content_of(clause.text)
    for match in turns.pattern.finditer(text):
        place = match.start()
        before, after = (
            each if _HAN.match(each) else ""
            for each in (text[place - 1 : place], text[place + 1 : place + 2])
        )
        others = [
            other
            for other in turns.others[match[0]]
            if any(_beside(source, before, other, after) for source in whole_texts)
        ]
        if not others:
            continue
        word = (before, match[0], after)
        said = _other_way(text, word, others, whole, told)
        tail = content_of(clause.text[place + 1 :])
        if said is None and len(tail) >= _TELLING:
            said = _other_way(text, word, others, tail, told)
        if said is not None:
            known = any(_beside(each.text, before, match[0], after) for each in told)
            start, end = place - len(before), place + 1 + (0 if before else len(after))
            place = clause.start + start
            turn = Span(start=place, end=clause.start + end, text=clause.text[start:end])
            yield (clause if known else turn), said


def _other_way(
    text: str,
    word: tuple[str, str, str],
    others: Sequence[str],
    content: frozenset[str],
    told: Sequence[_Clause],
) -> str | None:
    """Return the likeliest clause of a source that has another character in the same place."""
    before, mine, after = word
    rivals = [
        (len(content & each.content), beside, each)
        for other in others
        if not _beside(text, before, other, after)
        for each in told
        if (beside := _beside(each.text, before, other, after))
    ]
    if not rivals:
        return None
    shared, beside, best = max(rivals, key=lambda rival: rival[0])
    own = max(
        (len(content & each.content) for each in told if _beside(each.text, before, mine, after)),
        default=0,
    )
    if shared < max(_LIKE[beside] * len(content), own + _CLEARLY * len(content)):
        return None
    return best.original if denies(best.text) == denies(text) else None


def _beside(text: str, before: str, character: str, after: str) -> int:
    """Return with how many of its neighbours the text has the character."""
    if before and after and before + character + after in text:
        return 2
    return int(
        bool(before and before + character in text) or bool(after and character + after in text)
    )


@lru_cache(maxsize=_KEPT)
def _stated(source: str) -> tuple[_Clause, ...]:
    clauses = stating_clauses_of(source)
    return tuple(
        _Clause(
            folded(clause.text),
            clause.text,
            content_of(clause.text)
            | (content_of(after.text) if _OPEN.search(clause.text) else set()),
        )
        for clause, after in pairwise([*clauses, *clauses[-1:]])
    )
