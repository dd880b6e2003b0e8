"""What is worked out of a source, once however often it is cited."""

import re
from collections.abc import Iterable
from functools import lru_cache

from assist.records import Span
from assist.text.clauses import asks, split_clauses
from assist.text.facts import Fact, find_facts
from assist.text.normalise import fold
from assist.text.tokenise import analyse, noun_places, word_edges

_LISTED = re.compile(r"[^\d]*、\s*")
_KEPT = 2048


@lru_cache(maxsize=_KEPT)
def folded(text: str) -> str:
    return fold(text)


@lru_cache(maxsize=_KEPT)
def facts_of(text: str) -> tuple[Fact, ...]:
    return find_facts(text)


@lru_cache(maxsize=_KEPT)
def clauses_of(text: str) -> tuple[Span, ...]:
    return split_clauses(text)


@lru_cache(maxsize=_KEPT)
def stating_clauses_of(text: str) -> tuple[Span, ...]:
    """Return the clauses that ask nothing."""
    return tuple(clause for clause in clauses_of(text) if not asks(text, clause))


@lru_cache(maxsize=_KEPT)
def statements_of(text: str) -> tuple[Span, ...]:
    """Return the clauses, with those of a list of things as one: 内衣、泳衣不支持退货."""
    merged: list[Span] = []
    for clause in clauses_of(text):
        if merged and _LISTED.fullmatch(text, merged[-1].start, clause.start):
            start = merged.pop().start
            merged.append(Span(start=start, end=clause.end, text=text[start : clause.end]))
        else:
            merged.append(clause)
    return tuple(merged)


@lru_cache(maxsize=_KEPT)
def terms_of(text: str) -> frozenset[str]:
    return frozenset(analyse(text))


@lru_cache(maxsize=_KEPT)
def edges_of(text: str) -> frozenset[int]:
    """Return the places where a word begins or ends."""
    return word_edges(text)


@lru_cache(maxsize=_KEPT)
def nouns_of(text: str) -> frozenset[int]:
    """Return the places where a noun begins."""
    return noun_places(text)


@lru_cache(maxsize=_KEPT)
def folded_clauses(text: str) -> frozenset[str]:
    return frozenset(fold(clause.text) for clause in (*clauses_of(text), *statements_of(text)))


def copied(clause: str, sources: Iterable[str]) -> bool:
    """Whether a source has this very clause, whole."""
    said = folded(clause)
    return any(said in folded_clauses(source) for source in sources)
