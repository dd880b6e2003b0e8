"""Where a forbidden word was found, and when its clause makes it harmless."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from assist.check.expose import Exposed, letters_of
from assist.check.word_list import Banned
from assist.records import Severity
from assist.text.normalise import fold

_CLAUSE_END = re.compile(r"[。！？；，!?;,\n\r]")
_RANK: dict[Severity, int] = {"info": 0, "warn": 1, "block": 2}
_MODEL = re.compile(r"[A-Z]+(?:\d.?|-\d)")
"""What begins the name of a model, such as WX3200 and JWX-200."""
_SHORT_CODE = 3
_NEAR = 60
"""How far a clause reaches from a word, in characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BannedHit:
    banned: Banned
    start: int
    end: int


def admitted(
    exposed: Exposed, start: int, end: int, banned: Banned, symbols: str
) -> Iterator[BannedHit]:
    """Yield the hit unless its clause makes the word harmless."""
    text = exposed.original
    first, last = exposed.starts[start], exposed.ends[end - 1]
    around = fold(text[max(0, first - 2) : last + 1]).replace("➕", "+")
    if any(symbol not in around for symbol in symbols):
        return
    if last - first <= _SHORT_CODE and _MODEL.fullmatch(text, first, min(last + 2, len(text))):
        return
    if not excused(text, first, last, banned):
        yield BannedHit(banned=banned, start=first, end=last)


def excused(text: str, first: int, last: int, banned: Banned) -> bool:
    """Whether the clause of a word makes it harmless."""
    if not (banned.unless_before or banned.unless_in_clause):
        return False
    lead = _CLAUSE_END.split(text[max(0, first - _NEAR) : first])[-1]
    before = letters_of(lead + text[first:last])
    clause = before + letters_of(_CLAUSE_END.split(text[last : last + _NEAR])[0])
    harmless = any_in(banned.unless_before, before) or any_in(banned.unless_in_clause, clause)
    return harmless and not any_in(banned.despite, clause)


def placed(hit: BannedHit, start: int, end: int) -> BannedHit:
    """Return the hit at another place."""
    return replace(hit, start=start, end=end)


def any_in(words: Iterable[str], text: str) -> bool:
    """Whether a text holds one of the words."""
    return any(word in text for word in words)


def outermost(hits: Iterable[BannedHit]) -> tuple[BannedHit, ...]:
    """Return the hits that overlap no graver or longer one, in the order of the text."""
    kept: list[BannedHit] = []
    taken: set[int] = set()
    order = sorted(hits, key=lambda h: (-_RANK[h.banned.severity], h.start - h.end, h.start))
    for hit in order:
        if taken.isdisjoint((hit.start, hit.end - 1)):
            kept.append(hit)
            taken.update(range(hit.start, hit.end))
    return tuple(sorted(kept, key=lambda h: h.start))
