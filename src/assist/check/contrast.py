"""Words that shut each other out, the draft having one and its source the other: 新学员, 老学员."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assist.check.agreement import denies
from assist.check.phrases import Phrases, phrases
from assist.check.sources import facts_of, folded, stating_clauses_of
from assist.check.support import content_of
from assist.records import Span
from assist.text.clauses import conditional
from assist.text.facts import Fact, agrees, facts_within
from assist.text.normalise import HAN, fold
from assist.yaml_file import FileModel

_SAME_MATTER = 0.4
_NOT_OF_KIND = re.compile(rf"非(?!常|凡|得|要|法)([{HAN}]{{2}})")
# What comes before or after the same thing: 期满前 and 期满后, before delivery and after delivery.
_TURN = re.compile(
    rf"(?P<of>[{HAN}]{{2}})[之以]?(?P<side>[前后])(?![{HAN}]?[者续台])"
    r"|(?<![a-z])(?P<word>before|after|with|without)"
    r"(?: (?:the|your|our|its|their|we|you|they|it))* (?P<noun>[a-z]{4})"
)
_SIDES = {"前": "before", "后": "after"}
_PAIRED = {"with": "by ", "without": "by "}
_OPPOSABLE = re.compile(r"免[费票收]|without")
_KEPT = 4096


class ContrastRule(FileModel):
    sides: tuple[tuple[str, ...], ...]
    about: tuple[str, ...] = ()


class GroundingFile(FileModel):
    version: int
    contrasts: tuple[ContrastRule, ...]
    turns: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Contrasts:
    words: Phrases[tuple[int, int]]
    """Each with its contrast and its side."""
    about: Mapping[int, re.Pattern[str]]
    """Of some contrasts, what the clause must have besides."""


Marks = frozenset[tuple[int | str, int | str]]
"""What a clause has of things with several sides: the contrast or the thing, and the side."""


def compile_contrasts(file: GroundingFile) -> Contrasts:
    """Return the contrasts made ready for search."""
    rules = list(enumerate(file.contrasts))
    return Contrasts(
        words=phrases(
            (word, (place, side))
            for place, rule in rules
            for side, words in enumerate(rule.sides)
            for word in words
        ),
        about={
            place: re.compile("|".join(map(_form, rule.about)))
            for place, rule in rules
            if rule.about
        },
    )


@dataclass(frozen=True, slots=True)
class _Stated:
    clause: Span
    facts: tuple[Fact, ...]
    content: frozenset[str]


def opposites(
    clause: Span, facts: Sequence[Fact], sources: Sequence[str], contrasts: Contrasts
) -> Iterator[Span]:
    """Yield the source's clauses that say the same as a clause of the draft, but of an opposite."""
    text = folded(clause.text)
    mine, kinds = _marks(contrasts, text), _NOT_OF_KIND.findall(text)
    if not (kinds or _may_oppose(mine, sources, contrasts)) or conditional(text):
        return
    homes = [(home, folded(home.text)) for home in _homes(clause.text, facts, sources)]
    for kind in kinds:
        other = re.compile(f"非.{{0,2}}{kind}")
        if homes and kind in homes[0][1] and not any(other.search(home) for _, home in homes):
            yield homes[0][0]
    denial = _denies(text)
    told = [(home, _marks(contrasts, said)) for home, said in homes if _denies(said) == denial]
    for thing in {thing for thing, _ in mine}:
        theirs = [home for home, has in told if any(of == thing for of, _ in has)]
        same = any(mark in has for mark in mine if mark[0] == thing for _, has in told)
        if theirs and not same:
            yield theirs[0]


def _may_oppose(mine: Marks, sources: Sequence[str], contrasts: Contrasts) -> bool:
    """Whether a source has anywhere another side of what the clause has."""
    things = {thing for thing, _ in mine}
    return any(
        mark[0] in things and mark not in mine
        for source in (sources if things else ())
        for mark in _marks(contrasts, folded(source))
    )


def _denies(text: str) -> bool:
    """Whether a clause denies something; 免票 and "without" have opposites of their own."""
    return denies(_OPPOSABLE.sub("", text))


def _homes(clause: str, facts: Sequence[Fact], sources: Sequence[str]) -> list[Span]:
    """Return the source's clauses that may say the same, the likeliest first.

    Where the clause has values of the source, only the clauses that share most of them.
    """
    content = content_of(clause)
    ranked = [
        (_shared(facts, told), len(content & told.content), told.clause)
        for source in sources
        for told in _stated(source)
    ]
    most = max((shared for shared, _, _ in ranked), default=0)
    ranked.sort(key=lambda each: (-each[0], -each[1]))
    if most:
        return [told for shared, _, told in ranked if shared == most]
    return [told for _, alike, told in ranked if alike >= _SAME_MATTER * len(content)]


def _shared(facts: Sequence[Fact], told: _Stated) -> int:
    return sum(
        any(agrees(fact, other) for other in told.facts) for fact in facts if fact.unit != "weekday"
    )


@lru_cache(maxsize=_KEPT)
def _stated(source: str) -> tuple[_Stated, ...]:
    """Return the clauses of a source that ask nothing."""
    facts = facts_of(source)
    return tuple(
        _Stated(
            clause,
            facts_within(facts, clause.start, clause.end),
            content_of(clause.text),
        )
        for clause in stating_clauses_of(source)
    )


@lru_cache(maxsize=_KEPT)
def _marks(contrasts: Contrasts, text: str) -> Marks:
    """Return what the folded clause has of the contrasts, and what it is before or after."""
    worded = {mark for match in contrasts.words.find_folded(text) for mark in match.values}
    about = contrasts.about
    kept = {mark for mark in worded if mark[0] not in about or about[mark[0]].search(text)}
    turned = (
        (match["of"], _SIDES[match["side"]])
        if match["of"]
        else (_PAIRED.get(match["word"], "") + match["noun"], match["word"])
        for match in _TURN.finditer(text)
    )
    return frozenset((*kept, *turned))


def _form(word: str) -> str:
    form = re.escape(fold(word))
    return rf"(?<![a-z]){form}(?![a-z])" if word[0].isascii() and word[0].isalpha() else form
