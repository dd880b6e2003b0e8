"""An answer with its question, taken apart for comparison."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar

from assist.knowledge.claims import Claim, claims_of, clauses_of
from assist.knowledge.grams import grams_of, runs_of
from assist.records import Entry
from assist.text.facts import Fact, find_facts
from assist.text.language import language_of
from assist.text.normalise import fold

_T = TypeVar("_T")
_RULES_OUT = re.compile(r"不要|不是|除了|(?<![a-z])not(?![a-z])")
_WHETHER = re.compile(
    r"吗|是否|能不能|可不可以|行不行|是不是|^(?:can|may|do|does|is|are|will)(?![a-z])"
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Answered:
    folded: str
    """The answer."""
    question: str
    """The standard question, folded."""
    asked: frozenset[str]
    """Grams of every phrasing, the tags and the category."""
    values: tuple[Fact, ...]
    """Of the standard question."""
    claims: Mapping[str, tuple[Claim, ...]]
    """By kind of fact; for the rest as free, charged, denied and affirmed."""
    facts: Mapping[str, tuple[Fact, ...]]
    """Of the answer, by kind."""
    said: frozenset[str]
    """Grams of the answer."""
    document: bool
    """Its title asks nothing."""
    foreign: bool
    """The question is in another language, and so says nothing about the words of the answer."""
    whether: bool
    """The question is answered by yes or no."""

    @property
    def runs(self) -> tuple[str, ...]:
        """What the standard question says."""
        return runs_of(self.question)


def answered(entry: Entry, text: str) -> Answered:
    """Return one of an entry's answers, ready to be compared with others."""
    similar = (asked for asked in entry.similar_questions if not _RULES_OUT.search(asked))
    question = fold(entry.question)
    folded = fold(text)
    return Answered(
        folded=folded,
        question=question,
        asked=grams_of(fold("\n".join((entry.question, *similar, *entry.tags, *entry.category)))),
        values=find_facts(entry.question),
        claims=_grouped((_sort(claim), claim) for claim in claims_of(text)),
        facts=_grouped((fact.kind, fact) for clause in clauses_of(text) for fact in clause.facts),
        said=grams_of(folded),
        document=entry.kind == "document",
        foreign=entry.kind == "faq" and language_of(text) != language_of(entry.question),
        whether=_WHETHER.search(question) is not None,
    )


def _sort(claim: Claim) -> str:
    if claim.fact is not None:
        return claim.fact.kind
    if claim.kind == "fee":
        return "free" if claim.positive else "charged"
    return "affirmed" if claim.positive else "denied"


def _grouped(pairs: Iterable[tuple[str, _T]]) -> Mapping[str, tuple[_T, ...]]:
    groups: dict[str, list[_T]] = {}
    for name, member in pairs:
        groups.setdefault(name, []).append(member)
    return MappingProxyType({name: tuple(members) for name, members in groups.items()})
