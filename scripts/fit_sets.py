"""Development sets for scripts/fit: folders of data as entries, and cases to search them with."""

import csv
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from assist.records import Answer, Candidate, Entry, Filter, Leg, SearchQuery
from assist.retrieve.evidence import Index
from assist.text.language import language_of

AT = datetime(2026, 11, 22, tzinfo=UTC)
MOST = 1000
"""Answerable cases a set; further ones are left out."""
Sort = Literal["in", "near", "far"]


@dataclass(frozen=True, kw_only=True)
class Case:
    """One query, and what must not be found while it is asked."""

    text: str
    sort: Sort
    """``in``: answerable; ``near``: its entry is taken away; ``far``: nothing was ever there."""
    gold: str | None = None
    hidden: str | None = None
    hidden_phrasing: str | None = None


@dataclass(frozen=True, kw_only=True)
class World:
    name: str
    kind: Literal["faq", "document"]
    entries: tuple[Entry, ...]
    cases: tuple[Case, ...]


def read_worlds(folders: Iterable[Path]) -> list[World]:
    """Return a world a folder, each with far cases in its own language from the others."""
    worlds, strangers = [], []
    for folder in folders:
        world, foreign = _read(folder)
        worlds.append(world)
        strangers += [(text, "") for text in foreign]
        strangers += [(case.text, world.kind) for case in world.cases if case.sort == "in"]
    return [_with_far(world, strangers) for world in worlds]


def _with_far(world: World, strangers: Sequence[tuple[str, str]]) -> World:
    language = language_of(world.cases[0].text)
    far = [t for t, kind in strangers if kind != world.kind and language_of(t) == language]
    drawn = random.Random(1).sample(far, min(400, len(far)))
    cases = tuple(Case(text=text, sort="far") for text in drawn)
    return replace(world, cases=world.cases + cases)


def _read(folder: Path) -> tuple[World, list[str]]:
    """Return what a folder holds, and its queries that no entry answers."""
    if list(folder.glob("*.jsonl")):
        return _knowledge(folder), []
    if (folder / "test.csv").exists():
        with (folder / "test.csv").open(encoding="utf-8", newline="") as file:
            rows = [(row["text"], row["category"]) for row in csv.DictReader(file)]
        return _intents(folder.name, rows), []
    path = next(folder.glob("*.json"))
    content = json.loads(path.read_text(encoding="utf-8"))
    if "test" in content:
        return _intents(folder.name, content["test"]), [text for text, _ in content["oos_test"]]
    return _paragraphs(folder.name, content["data"]), []


def _knowledge(folder: Path) -> World:
    """Each similar question is held out of its entry in turn."""
    entries = [
        _read_entry(json.loads(line))
        for path in sorted(folder.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    cases: list[Case] = []
    for entry in entries:
        for text in entry.similar_questions:
            cases += _pair(text, entry.id, phrasing=text)
    return World(name=folder.name, kind="faq", entries=tuple(entries), cases=tuple(cases))


def _read_entry(row: dict[str, Any]) -> Entry:
    """Return what retrieval looks at; when an entry holds is left out, so that all are found."""
    return Entry(
        id=row["id"],
        category=tuple(row["category"]),
        question=row["question"],
        similar_questions=tuple(row["similar_questions"]),
        negative_questions=tuple(row["negative_questions"]),
        answers=tuple(Answer(**answer) for answer in row["answers"]),
        note=row["note"],
        tags=tuple(row["tags"]),
        created_at=AT,
        updated_at=AT,
    )


def _intents(name: str, rows: Iterable[Sequence[str]]) -> World:
    """Two to seven texts of an intent are an entry's phrasings, the next eight are queries."""
    by_intent: dict[str, list[str]] = {}
    for text, intent in rows:
        by_intent.setdefault(intent, []).append(text)
    draw = random.Random(0)
    entries, cases = [], []
    for intent, texts in sorted(by_intent.items()):
        draw.shuffle(texts)
        cut = draw.randint(2, 7)
        answer = intent.replace("_", " ")
        entries.append(_entry(intent, texts[0], texts[1:cut], answer, "faq"))
        for text in texts[cut : cut + 8]:
            cases += _pair(text, intent)
    return World(name=name, kind="faq", entries=tuple(entries), cases=_cut(cases))


def _paragraphs(name: str, articles: Sequence[dict[str, object]]) -> World:
    entries: list[Entry] = []
    cases: list[Case] = []
    for paragraph in _each_paragraph(articles):
        text = str(paragraph.get("context") or paragraph.get("context_text"))
        id = f"paragraph-{len(entries)}"
        # There are no titles, and none may be made of the text: it would give the answer away.
        entries.append(_entry(id, f"{len(entries)}", (), text, "document"))
        questions = paragraph["qas"]
        assert isinstance(questions, list)
        for question in questions:
            cases += _pair(question["question"], id)
    return World(name=name, kind="document", entries=tuple(entries), cases=_cut(cases))


def _each_paragraph(articles: Sequence[dict[str, object]]) -> Iterator[dict[str, object]]:
    for article in articles:
        paragraphs = article.get("paragraphs", [article])
        assert isinstance(paragraphs, list)
        yield from paragraphs


def _pair(text: str, gold: str, phrasing: str | None = None) -> list[Case]:
    """Return the answerable case and the same query without its entry."""
    return [
        Case(text=text, sort="in", gold=gold, hidden_phrasing=phrasing),
        Case(text=text, sort="near", hidden=gold),
    ]


def _cut(cases: list[Case]) -> tuple[Case, ...]:
    pairs = [cases[at : at + 2] for at in range(0, len(cases), 2)]
    random.Random(0).shuffle(pairs)
    return tuple(case for pair in pairs[:MOST] for case in pair)


def _entry(
    id: str, question: str, similar: Sequence[str], text: str, kind: Literal["faq", "document"]
) -> Entry:
    return Entry(
        id=id,
        category=("",),
        question=question,
        similar_questions=tuple(similar),
        answers=(Answer(text=text),),
        kind=kind,
        created_at=AT,
        updated_at=AT,
    )


class Hiding:
    """An index in which a case's entries and its own phrasing are not there."""

    def __init__(self, index: Index, case: Case) -> None:
        self._index = index
        self._case = case

    @property
    def release(self) -> str:
        return self._index.release

    def search(self, leg: Leg, query: SearchQuery, filter: Filter, k: int) -> list[Candidate]:
        found = self._index.search(leg, query, filter, k + 40)
        return [candidate for candidate in found if self._shown(candidate)][:k]

    def entry(self, entry_id: str) -> Entry:
        entry = self._index.entry(entry_id)
        if entry_id != self._case.gold:
            return entry
        left = tuple(q for q in entry.similar_questions if q != self._case.hidden_phrasing)
        return replace(entry, similar_questions=left)

    def _shown(self, candidate: Candidate) -> bool:
        passage, case = candidate.passage, self._case
        held_out = passage.entry_id == case.gold and passage.text == case.hidden_phrasing
        return passage.entry_id != case.hidden and not held_out
