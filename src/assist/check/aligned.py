"""Which clauses of the sources a clause of a draft speaks of, by the words that both have."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assist.check.sources import folded, statements_of
from assist.check.support import content_of
from assist.records import Span
from assist.text.clauses import asks, conditional
from assist.text.sentences import split_sentences

_HEADING = re.compile(r"\s*[：:]")
# What turns or denies anew within a clause makes two statements of it: 无折扣但享双倍积分.
_TURNS = re.compile(
    r"、(?=[不无未没])|但(?:是|已|可)?|而(?!且)|不过| but (?=\w)"
    r"| and (?=(?:require|must|will|can|need|is|are|has|have|may|pay)s? )"
)
_PROVIDED = re.compile(r"(?<![a-z])(?:provided|as long as)(?![a-z])")
_PAIR = 2
_KEPT = 2048


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A clause that asks nothing, in its place in a text."""

    clause: Span
    content: frozenset[str]
    topic: frozenset[str]
    """Of the heading of the text and of what leads to the clause in its sentence."""
    conditional: bool
    """Whether it only sets a condition."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A statement of a source beside one of a draft."""

    told: Statement
    share: float
    """Of what the sources know of the draft's words, the part that the statement has."""
    back: float
    """Of the statement's words, the part that the draft has."""
    lead: float
    """Of what leads to the draft's clause, the part that the statement has."""

    @property
    def likeness(self) -> float:
        """How surely the two speak of the same; comparable for one clause of a draft only."""
        return self.share * (1 + (self.back + self.lead) / 4)


@lru_cache(maxsize=_KEPT)
def stated(text: str) -> tuple[Statement, ...]:
    """Return the clauses of a text that ask nothing."""
    found: list[Statement] = []
    heading: frozenset[str] | None = None
    for sentence in split_sentences(text):
        topic = heading or frozenset()
        for clause in statements_of(sentence.text):
            start = sentence.start + clause.start
            words = content_of(clause.text)
            if heading is None:
                heading = words if _HEADING.match(text, start + len(clause.text)) else frozenset()
            if not asks(sentence.text, clause):
                found += _parts(clause.text, start, topic)
            topic |= words
    return tuple(found)


def _parts(text: str, start: int, topic: frozenset[str]) -> Iterator[Statement]:
    """Yield what stands before and after such a turn within a clause."""
    case = conditional(text) or _PROVIDED.search(folded(text)) is not None
    done = 0
    for match in (*_TURNS.finditer(text), None):
        end = match.start() if match else len(text)
        part = text[done:end]
        if part:
            words = content_of(part)
            yield Statement(
                clause=Span(start=start + done, end=start + end, text=part),
                content=words,
                topic=topic,
                conditional=case,
            )
            topic |= words
        done = match.end() if match else end


def matches(
    mine: frozenset[str], lead: frozenset[str], sources: Sequence[str]
) -> tuple[Match, ...]:
    """Return the statements of the sources beside a clause of a draft with these words.

    ``lead`` are the words of the question and of what leads to the clause.
    """
    weights = _weights(tuple(sources))
    known, before = _weight(mine, weights), _weight(lead, weights)
    return tuple(
        Match(
            told=told,
            share=_part(
                _weight(mine & told.content, weights)
                + _weight((mine & told.topic) - told.content, weights) / 2,
                known,
            ),
            back=_part(
                _weight(told.content & (mine | lead), weights), _weight(told.content, weights)
            ),
            lead=_part(_weight(told.content & lead, weights), before),
        )
        for source in sources
        for told in stated(source)
    )


def _part(weight: float, of: float) -> float:
    return weight / of if of else 0.0


def _weight(terms: Iterable[str], weights: Mapping[str, float]) -> float:
    return sum(weights.get(term, 0.0) for term in terms)


@lru_cache(maxsize=_KEPT)
def _weights(sources: tuple[str, ...]) -> Mapping[str, float]:
    """Return how much each word of the sources tells: the fewer statements have it the more."""
    told = [each.content for source in sources for each in stated(source)]
    counts = Counter(term for content in told for term in content)
    return {
        term: min(len(term), _PAIR) * math.log(1 + len(told) / count)
        for term, count in counts.items()
    }
