"""A knowledge base of a few words: real stores, and vectors made of terms."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any, get_args

import numpy as np
import pytest

from assist.errors import ProviderDown
from assist.index.build import build_release
from assist.index.embed import EmbeddingKind
from assist.index.live import LiveIndex
from assist.records import (
    Answer,
    Candidate,
    Entry,
    Filter,
    Floats,
    Leg,
    Passage,
    PassageKind,
    Release,
    SearchQuery,
)
from assist.store.database import open_database
from assist.store.embeddings import EmbeddingStore
from assist.store.entries import EntryStore
from assist.store.releases import ReleaseStore
from assist.text.normalise import fold
from assist.text.tokenise import analyse

AT = datetime(2026, 11, 22, tzinfo=UTC)


def vector_of(text: str) -> Floats:
    """Return a sum of one random direction a term: texts that share terms are near."""
    total = np.full(64, 1e-6, dtype=np.float32)
    for term in analyse(text):
        seed = int.from_bytes(hashlib.sha256(term.encode()).digest()[:8], "big")
        total += np.random.default_rng(seed).standard_normal(64, dtype=np.float32)
    unit: Floats = total / np.linalg.norm(total)
    return unit


@dataclass
class WordEmbedder:
    id: str = "words-1"
    dimension: int = 64
    down: bool = False
    batches: list[tuple[EmbeddingKind, list[str]]] = field(default_factory=list)

    async def embed(self, texts: Sequence[str], *, kind: EmbeddingKind) -> Floats:
        if self.down:
            raise ProviderDown("the embedder is down")
        self.batches.append((kind, list(texts)))
        return np.stack([vector_of(text)[: self.dimension] for text in texts])


def passages_of(entry: Entry) -> tuple[Passage, ...]:
    """Cut an entry without its knowledge room: each phrasing, and each answer whole."""
    texts: list[tuple[PassageKind, str]] = [
        ("standard", entry.question),
        *(("similar", text) for text in entry.similar_questions),
        *(("negative", text) for text in entry.negative_questions),
        *(("passage", answer.text) for answer in entry.answers),
    ]
    return tuple(
        Passage(
            id=f"psg_{entry.id}_{number}",
            entry_id=entry.id,
            entry_version=entry.version,
            kind=kind,
            text=text,
            heading="标题" if kind == "passage" else "",
            end=len(text),
        )
        for number, (kind, text) in enumerate(texts)
    )


@dataclass
class Desk:
    """A live index over real stores, and the steps that a publisher takes with them."""

    folder: Path
    entries: EntryStore
    releases: ReleaseStore
    embeddings: EmbeddingStore
    embedder: WordEmbedder = field(default_factory=WordEmbedder)
    at: datetime = AT
    live: LiveIndex = field(init=False)

    def __post_init__(self) -> None:
        self.live = self.opened()

    def opened(self, clock: Callable[[], float] = monotonic) -> LiveIndex:
        return LiveIndex(
            self.folder,
            self.releases,
            self.entries,
            self.embeddings,
            self.embedder,
            passages_of=passages_of,
            clock=clock,
        )

    async def build(self, *, activate: bool = True, full: bool = False) -> Release:
        release = await build_release(
            self.entries.live(),
            passages_of=passages_of,
            embedder=self.embedder,
            embeddings=self.embeddings,
            folder=self.folder,
            through_seq=self.entries.last_seq(),
            progress=lambda done, total: None,
            full=full,
        )
        self.releases.add(release)
        if activate:
            self.releases.activate(release.id, overlay_from=release.through_seq)
            await self.live.refresh()
        return release

    def entry(
        self, entry_id: str, question: str = "怎么退货", answer: str = "七天内可以退货。"
    ) -> Entry:
        return Entry(
            id=entry_id,
            category=("服务政策", "退换货"),
            question=question,
            answers=(Answer(text=answer),),
            created_at=AT,
            updated_at=AT,
        )

    def store(self, *entries: Entry) -> None:
        self.entries.save_many(entries, actor="test")

    async def put(self, entry: Entry) -> None:
        self.store(entry)
        await self.live.refresh()

    async def delete(self, entry_id: str) -> None:
        self.entries.delete(entry_id, expected=None, actor="test")
        await self.live.refresh()

    def query(self, text: str) -> SearchQuery:
        return SearchQuery(text=text, terms=analyse(text), vector=vector_of(fold(text)))

    def hits(self, leg: Leg, text: str, k: int = 10, **where: Any) -> tuple[Candidate, ...]:
        asked = Filter(**({"at": AT} | where))
        return self.live.snapshot.search(leg, self.query(text), asked, k)

    def found(self, leg: Leg, text: str, **where: Any) -> list[str]:
        """Return the entries that one leg finds, best first, as id and version."""
        passages = [hit.passage for hit in self.hits(leg, text, 1_000, **where)]
        return [f"{passage.entry_id}@{passage.entry_version}" for passage in passages]

    def found_by_leg(self, text: str, **where: Any) -> dict[Leg, set[str]]:
        return {leg: set(self.found(leg, text, **where)) for leg in get_args(Leg)}

    def found_by_any(self, text: str, **where: Any) -> set[str]:
        return set().union(*self.found_by_leg(text, **where).values())


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_database(tmp_path) as database:
        yield Desk(
            folder=tmp_path / "releases",
            entries=EntryStore(database),
            releases=ReleaseStore(database),
            embeddings=EmbeddingStore(database),
        )
