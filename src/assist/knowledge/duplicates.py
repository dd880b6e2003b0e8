"""Questions that are asked twice, in a file or by what is known already."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil

from assist.knowledge.rows import Row, place_of
from assist.records import Entry, Language
from assist.text.normalise import fold

_ALIKE = 0.9
"""Jaccard index of the character bigrams from which on two questions are one."""
_CODE = re.compile(r"[a-z]+|\d+")
_ORDER = {"published": 0, "draft": 1, "retired": 2}
_SAME: dict[Language, str] = {
    "zh": "问题“{mine}”与{place}的“{theirs}”相同",
    "en": "the question “{mine}” is also that of {place}: “{theirs}”",
}
_NEAR: dict[Language, str] = {
    "zh": "问题“{mine}”与{place}的“{theirs}”几乎相同",
    "en": "the question “{mine}” is nearly that of {place}: “{theirs}”",
}
_ENTRY: dict[Language, str] = {"zh": "知识 {}", "en": "the entry {}"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A question, whose it is, and where that stands."""

    text: str
    key: str
    entry: Entry
    place: str


def adopt_ids(rows: Sequence[Row], existing: Iterable[Entry]) -> tuple[Row, ...]:
    """Return the rows; one without an id takes that of the entry with the same question.

    An entry is taken once, of several that ask the same the published one in the same category
    first; one that holds at another time is another entry.
    """
    known: dict[str, list[Entry]] = defaultdict(list)
    for entry in existing:
        known[question_key(entry.question)].append(entry)
    taken = {row.entry.id for row in rows if row.entry and row.has_id}
    told = []
    for row in rows:
        if row.entry and not row.has_id:
            twins = known.get(question_key(row.entry.question), ())
            match = _best(row.entry, [twin for twin in twins if twin.id not in taken])
            if match:
                taken.add(match.id)
                row = replace(row, entry=replace(row.entry, id=match.id))
        told.append(row)
    return tuple(told)


def clashes(
    rows: Sequence[Row], existing: Iterable[Entry], *, language: Language = "zh"
) -> dict[int, str]:
    """Return why a row asks what another row or entry asks, by its index in ``rows``.

    A row clashes with rows before it and with entries that no row replaces, so ids are to be
    adopted first. Equal are questions, similar ones too, that differ in spelling and punctuation
    only; near are standard questions with the same numbers and nearly the same bigrams. What is
    retired or holds at another time or in another channel does not clash.
    """
    replaced = {row.entry.id for row in rows if row.entry}
    known = [
        _asked(entry, _ENTRY[language].format(entry.id))
        for entry in existing
        if entry.id not in replaced
    ]
    mine = [
        _asked(row.entry, place_of(row.line, row.sheet, language)) if row.entry else ()
        for row in rows
    ]
    questions = _Questions([*known, *mine])
    for asked in known:
        questions.add(asked)
    found = {}
    for at, asked in enumerate(mine):
        clash = questions.clash(asked)
        if clash:
            words, one, other = clash
            found[at] = words[language].format(mine=one.text, place=other.place, theirs=other.text)
        questions.add(asked)
    return found


def question_key(question: str) -> str:
    """Return a question without spelling and punctuation: what makes two questions one."""
    folded = fold(question)
    return "".join(filter(str.isalnum, folded)) or folded


class _Questions:
    """Questions so far, found again by their key or by one of their rarest bigrams.

    Two sets of which the larger has n bigrams, alike to 0.9, share one of its n - ⌈0.9 n⌉ + 1
    rarest with those of the other (prefix filtering, Bayardo et al. 2007).
    """

    def __init__(self, all_asked: Iterable[Sequence[_Asked]]) -> None:
        self._count = Counter(gram for asked in all_asked for gram in _grams(asked))
        self._by_key: dict[str, list[_Asked]] = defaultdict(list)
        self._by_gram: dict[str, list[tuple[frozenset[str], _Asked]]] = defaultdict(list)

    def add(self, asked: Sequence[_Asked]) -> None:
        """Remember the questions of one entry."""
        for one in asked:
            self._by_key[one.key].append(one)
        grams = _grams(asked)
        for gram in self._rarest(grams):
            self._by_gram[gram].append((grams, asked[0]))

    def clash(self, asked: Sequence[_Asked]) -> tuple[dict[Language, str], _Asked, _Asked] | None:
        """Return the words for it, the question of an entry and the one it clashes with."""
        for one in asked:
            for other in self._by_key.get(one.key, ()):
                if _meet(one.entry, other.entry):
                    return _SAME, one, other
        grams = _grams(asked)
        for gram in self._rarest(grams):
            for others, other in self._by_gram.get(gram, ()):
                if _are_alike(grams, others) and _are_near(asked[0], other):
                    return _NEAR, asked[0], other
        return None

    def _rarest(self, grams: frozenset[str]) -> list[str]:
        most = len(grams) - ceil(_ALIKE * len(grams)) + 1
        return sorted(grams, key=lambda gram: (self._count[gram], gram))[:most] if grams else []


def _asked(entry: Entry, place: str) -> tuple[_Asked, ...]:
    """Return the questions of an entry, the standard one first; a retired one asks none."""
    texts = () if entry.status == "retired" else (entry.question, *entry.similar_questions)
    return tuple(
        _Asked(text=text, key=question_key(text), entry=entry, place=place) for text in texts
    )


def _grams(asked: Sequence[_Asked]) -> frozenset[str]:
    """Return the bigrams of the standard question."""
    key = asked[0].key if asked else ""
    return frozenset(key[at : at + 2] for at in range(max(len(key) - 1, bool(key))))


def _are_near(one: _Asked, other: _Asked) -> bool:
    """Tell whether they may be one: a tariff of 59 is not one of 99, however long the rest."""
    return _CODE.findall(one.key) == _CODE.findall(other.key) and _meet(one.entry, other.entry)


def _are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    if min(len(one), len(other)) < _ALIKE * max(len(one), len(other)):
        return False
    shared = len(one & other)
    return shared >= _ALIKE * (len(one) + len(other) - shared)


def _meet(one: Entry, other: Entry) -> bool:
    """Tell whether one customer could be given either of two entries."""
    if one.id == other.id or one.kind != other.kind:
        return False
    channels = [{answer.channel for answer in entry.answers} for entry in (one, other)]
    is_shared = None in channels[0] | channels[1] or bool(channels[0] & channels[1])
    return is_shared and _hold_together(one, other)


def _hold_together(one: Entry, other: Entry) -> bool:
    return not any(
        a.effective_to and b.effective_from and a.effective_to < b.effective_from
        for a, b in ((one, other), (other, one))
    )


def _best(entry: Entry, twins: Iterable[Entry]) -> Entry | None:
    same = [twin for twin in twins if twin.kind == entry.kind and _hold_together(entry, twin)]
    return min(
        same,
        key=lambda twin: (_ORDER[twin.status], twin.category != entry.category, twin.id),
        default=None,
    )
