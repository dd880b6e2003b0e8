from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from assist.records import (
    Answer,
    Candidate,
    Entry,
    Filter,
    Leg,
    Passage,
    PassageKind,
    SearchQuery,
)
from assist.retrieve.rules import RetrievalRules, load_retrieval_rules

NOW = datetime(2026, 11, 22, tzinfo=UTC)
MakeEntry = Callable[..., Entry]
Found = tuple[str, PassageKind, str, float]
"""Entry id, kind and text of a passage, and its score in a leg."""


@pytest.fixture(scope="session")
def rules() -> RetrievalRules:
    return load_retrieval_rules(Path(__file__).parents[2] / "rules")


@pytest.fixture
def make_entry() -> MakeEntry:
    def make(
        id: str,
        question: str,
        *similar: str,
        answer: str = "好的。",
        tags: Sequence[str] = (),
        negative: Sequence[str] = (),
    ) -> Entry:
        return Entry(
            id=id,
            category=("服务政策",),
            question=question,
            similar_questions=similar,
            negative_questions=tuple(negative),
            answers=(Answer(text=answer),),
            tags=tuple(tags),
            created_at=NOW,
            updated_at=NOW,
        )

    return make


@dataclass(slots=True)
class FakeIndex:
    """Gives what it was told to, and remembers what it was asked."""

    entries: Mapping[str, Entry]
    legs: Mapping[Leg, Sequence[Found]]
    lapsed: Mapping[Leg, Sequence[Found]] = field(default_factory=dict)
    """What is found of what is not in effect."""
    release: str = "rel_1"
    asked: list[tuple[Leg, Filter, int]] = field(default_factory=list)

    def search(self, leg: Leg, query: SearchQuery, filter: Filter, k: int) -> list[Candidate]:
        self.asked.append((leg, filter, k))
        found = (self.lapsed if filter.lapsed else self.legs).get(leg, ())[:k]
        return [
            Candidate(
                entry_id=id,
                kind=kind,
                score=score,
                read=partial(
                    Passage,
                    id=f"psg_{id}_{text}",
                    entry_id=id,
                    entry_version=1,
                    kind=kind,
                    text=text,
                ),
            )
            for id, kind, text, score in found
        ]

    def entry(self, entry_id: str) -> Entry:
        return self.entries[entry_id]

    def frequency(self, term: str) -> int:
        texts = (text for leg in self.legs.values() for _, _, text, _ in leg)
        return sum(term in text for text in texts)


@pytest.fixture
def make_index() -> Callable[..., FakeIndex]:
    def make(
        entries: Sequence[Entry],
        legs: Mapping[Leg, Sequence[Found]],
        lapsed: Mapping[Leg, Sequence[Found]] | None = None,
    ) -> FakeIndex:
        return FakeIndex({entry.id: entry for entry in entries}, legs, lapsed or {})

    return make
