"""Development sets for scripts/fit: folders of data as entries, and cases to search them with."""

import csv
import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from assist.knowledge.split import passages_of
from assist.records import Answer, Candidate, Entry, Filter, Leg, SearchQuery, Turn
from assist.retrieve.contrast import side_of
from assist.retrieve.evidence import Index
from assist.retrieve.phrases import content
from assist.retrieve.rules import Contrast
from assist.text.language import language_of
from assist.text.normalise import fold
from assist.text.tokenise import analyse

AT = datetime(2026, 11, 22, tzinfo=UTC)
MOST = 1000
"""Answerable cases a set; further ones are left out."""
FAR = 400
"""Far cases a set, at most."""
EVERYDAY = "out_of_scope.txt"
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
    conversation: tuple[Turn, ...] = ()
    record: str = ""
    """What the desk knows of the customer."""


@dataclass(frozen=True, kw_only=True)
class World:
    name: str
    kind: Literal["faq", "document"]
    entries: tuple[Entry, ...]
    cases: tuple[Case, ...]


def read_worlds(folders: Iterable[Path]) -> list[World]:
    """Return a world a folder, each with far cases in its own language from the others.

    A folder of questions that no entry of any world answers is no world.
    """
    worlds, strangers = [], []
    for folder in folders:
        if (folder / EVERYDAY).exists():
            lines = (folder / EVERYDAY).read_text(encoding="utf-8").splitlines()
            strangers += [(line, "") for line in lines if line]
            continue
        world, foreign = _read(folder)
        worlds.append(world)
        strangers += [(text, "") for text in foreign]
        strangers += [(case.text, world.kind) for case in world.cases if case.sort == "in"]
    return [_with_far(world, strangers) for world in worlds]


def _with_far(world: World, strangers: Sequence[tuple[str, str]]) -> World:
    """Add questions of everyday life and, at most as many, of another kind of world."""
    language = language_of(world.cases[0].text)
    foreign = [(t, kind) for t, kind in strangers if kind != world.kind]
    everyday = [t for t, kind in foreign if not kind and language_of(t) == language]
    others = [t for t, kind in foreign if kind and language_of(t) == language]
    draw = random.Random(1)
    drawn = draw.sample(everyday, min(FAR, len(everyday)))
    room = min(len(drawn) or FAR, FAR - len(drawn), len(others))
    drawn += draw.sample(others, room)
    cases = tuple(Case(text=text, sort="far") for text in drawn)
    return replace(world, cases=world.cases + cases)


def _read(folder: Path) -> tuple[World, list[str]]:
    """Return what a folder holds, and its queries that no entry answers."""
    if (folder / "cases.jsonl").exists():
        return _scoped(folder), []
    if list(folder.glob("*.jsonl")):
        return _knowledge(folder), []
    if (folder / "test.csv").exists():
        with (folder / "test.csv").open(encoding="utf-8", newline="") as file:
            rows = [(row["text"], row["category"]) for row in csv.DictReader(file)]
        return _intents(folder.name, rows), []
    if (folder / "knowledge.json").exists():
        return _dialogues(folder), []
    path = next(folder.glob("*.json"))
    content = json.loads(path.read_text(encoding="utf-8"))
    if "test" in content:
        return _intents(folder.name, content["test"]), [text for text, _ in content["oos_test"]]
    return _paragraphs(folder.name, content["data"]), []


def _scoped(folder: Path) -> World:
    """Entries, and questions of their customers that one of them answers or none."""
    entries = [
        _entry(row["id"], row["question"], row["similar_questions"], row["answer"], "faq")
        for row in _rows(folder / "entries.jsonl")
    ]
    cases = [
        Case(text=row["text"], sort="in" if row["entry"] else "near", gold=row["entry"])
        for row in _rows(folder / "cases.jsonl")
    ]
    return World(name=folder.name, kind="faq", entries=tuple(entries), cases=tuple(cases))


def _rows(path: Path) -> list[dict[str, Any]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def _knowledge(folder: Path) -> World:
    """Each similar question is held out of its entry in turn."""
    entries = [_read_entry(row) for path in sorted(folder.glob("*.jsonl")) for row in _rows(path)]
    # None without its entry: here others answer most questions, too.
    cases = [
        Case(text=text, sort="in", gold=entry.id, hidden_phrasing=text)
        for entry in entries
        for text in entry.similar_questions
    ]
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


def recorded(world: World, contrasts: Iterable[Contrast]) -> tuple[World, World]:
    """Return the queries that name a side of a contrast without it, and so with it on record."""
    cases = [
        replace(case, text=text, record=side)
        for case in world.cases
        if case.sort == "in"
        for contrast in contrasts
        for text, side in _without_side(case.text, contrast)
    ]
    without = tuple(replace(case, record="") for case in cases)
    return (
        replace(world, name=f"{world.name}, condition left out", cases=without),
        replace(world, name=f"{world.name}, +profile", cases=tuple(cases)),
    )


def _without_side(text: str, contrast: Contrast) -> Iterator[tuple[str, str]]:
    side = side_of(fold(text), contrast)
    if side is None:
        return
    said = sorted(contrast.sides[side], key=lambda word: -len(word))
    left = re.sub("|".join(map(re.escape, said)), "", text, flags=re.IGNORECASE)
    if left != text and content(left) > 1:
        yield left, contrast.sides[side][0]


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


def _dialogues(folder: Path) -> World:
    """FAQ of hotels and restaurants, asked at the end of a dialogue that may have named the place.

    Most dialogues ask for what stands in reviews alone; those are left out.
    """
    knowledge, logs, labels = (
        json.loads((folder / name).read_text(encoding="utf-8"))
        for name in ("knowledge.json", "val_logs.json", "val_labels.json")
    )
    entries = [
        _entry(f"{domain}-{place}-{number}", f"{about['name']}: {faq['question']}", (),
               faq["answer"], "faq")
        for domain, places in knowledge.items()
        for place, about in places.items()
        for number, faq in about["faqs"].items()
    ]  # fmt: skip
    cases: list[Case] = []
    for turns, label in zip(logs, labels, strict=True):
        gold = [one for one in label.get("knowledge", ()) if one["doc_type"] == "faq"]
        if len(gold) != 1:
            continue
        said = tuple(
            Turn(role="customer" if turn["speaker"] == "U" else "agent", text=turn["text"])
            for turn in turns
        )
        id = f"{gold[0]['domain']}-{gold[0]['entity_id']}-{gold[0]['doc_id']}"
        cases.append(Case(text=said[-1].text, sort="in", gold=id, conversation=said[:-1]))
    drawn = random.Random(0).sample(cases, min(MOST, len(cases)))
    return World(name=folder.name, kind="faq", entries=tuple(entries), cases=tuple(drawn))


def _each_paragraph(articles: Sequence[dict[str, object]]) -> Iterator[dict[str, object]]:
    for article in articles:
        paragraphs = article.get("paragraphs", [article])
        assert isinstance(paragraphs, list)
        yield from paragraphs


def _pair(text: str, gold: str) -> list[Case]:
    """Return the answerable case and the same query without its entry."""
    return [
        Case(text=text, sort="in", gold=gold),
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
        self._hidden: list[frozenset[str]] = []
        """Terms of each hidden passage."""
        if case.hidden is not None:
            passages = passages_of(index.entry(case.hidden))
            self._hidden = [frozenset(analyse(f"{p.heading}\n{p.text}")) for p in passages]
        elif case.hidden_phrasing is not None:
            self._hidden = [frozenset(analyse(case.hidden_phrasing))]

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

    def frequency(self, term: str) -> int:
        return self._index.frequency(term) - sum(term in passage for passage in self._hidden)

    def _shown(self, candidate: Candidate) -> bool:
        id, case = candidate.entry_id, self._case
        held_out = id == case.gold and candidate.passage.text == case.hidden_phrasing
        return id != case.hidden and not held_out
