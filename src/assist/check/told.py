"""The facts of cited sources, with what the words around them make of them."""

from dataclasses import dataclass
from functools import lru_cache

from assist.check.bounds import End, ends_of
from assist.check.sources import clauses_of, facts_of
from assist.text.facts import Fact

_KEPT = 1024


@dataclass(frozen=True, slots=True)
class Told:
    """One fact of a cited source."""

    source: str
    fact: Fact
    end: End | None


@lru_cache(maxsize=_KEPT)
def told_in(sources: tuple[str, ...]) -> tuple[Told, ...]:
    """Return the facts of the sources in their order."""
    return tuple(
        Told(source, fact, end)
        for source in sources
        for fact, end in zip(facts_of(source), ends_of(source), strict=True)
    )


def clause_of(told: Told) -> str:
    """Return the clause of a source that a fact stands in."""
    place = told.fact.start
    spans = clauses_of(told.source)
    return next((c.text for c in spans if c.start <= place < c.end), told.source)
