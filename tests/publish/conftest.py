"""A publisher over real stores, with an embedder that costs nothing and can fail."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from assist.errors import ProviderDown
from assist.index.embed import EmbeddingKind
from assist.index.live import LiveIndex
from assist.knowledge.limits import Limits
from assist.knowledge.split import passages_of
from assist.publish.build import BuildHere
from assist.publish.publisher import Publisher
from assist.publish.works import Works
from assist.records import Answer, Candidate, Entry, Filter, Floats, Leg, SearchQuery
from assist.store.database import Database, open_database
from assist.store.embeddings import EmbeddingStore
from assist.store.entries import EntryStore
from assist.store.jobs import JobStore
from assist.store.releases import ReleaseStore
from assist.text.normalise import fold
from assist.text.tokenise import analyse

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def vector_of(text: str) -> Floats:
    total = np.full(32, 1e-6, dtype=np.float32)
    for term in analyse(text):
        seed = int.from_bytes(hashlib.sha256(term.encode()).digest()[:8], "big")
        total += np.random.default_rng(seed).standard_normal(32, dtype=np.float32)
    unit: Floats = total / np.linalg.norm(total)
    return unit


@dataclass
class WordEmbedder:
    id: str = "words-1"
    dimension: int = 32
    down: bool = False
    asked: list[str] = field(default_factory=list)

    async def embed(self, texts: Sequence[str], *, kind: EmbeddingKind) -> Floats:
        if self.down:
            raise ProviderDown("the embedder is down")
        self.asked.extend(texts)
        return np.stack([vector_of(text) for text in texts])


@dataclass
class House:
    """Everything around one publisher; ``opened`` is what another process would have."""

    root: Path
    database: Database
    embedder: WordEmbedder = field(default_factory=WordEmbedder)
    entries: EntryStore = field(init=False)
    releases: ReleaseStore = field(init=False)
    jobs: JobStore = field(init=False)
    live: LiveIndex = field(init=False)
    publisher: Publisher = field(init=False)
    works: Works = field(init=False)

    def __post_init__(self) -> None:
        self.entries, self.releases = EntryStore(self.database), ReleaseStore(self.database)
        self.jobs = JobStore(self.database)
        embeddings = EmbeddingStore(self.database)
        self.live = LiveIndex(
            self.folder,
            self.releases,
            self.entries,
            embeddings,
            self.embedder,
            passages_of=passages_of,
        )
        build = BuildHere(
            entries=self.entries,
            releases=self.releases,
            embeddings=embeddings,
            embedder=self.embedder,
            folder=self.folder,
        )
        self.publisher = Publisher(
            entries=self.entries,
            releases=self.releases,
            index=self.live,
            build=build,
            folder=self.folder,
            keep=2,
            zone=ZoneInfo("Asia/Shanghai"),
            language="zh",
            limits=Limits(),
        )
        self.works = Works(self.jobs, self.publisher, self.root / "uploads")

    @property
    def folder(self) -> Path:
        return self.root / "releases"

    def folders(self) -> set[str]:
        return {path.name for path in self.folder.iterdir()}

    def damage(self, release_id: str) -> None:
        path = self.folder / release_id / "dense_question.npy"
        content = bytearray(path.read_bytes())
        content[-1] ^= 1
        path.write_bytes(content)

    def entry(self, entry_id: str, question: str = "怎么退货", **fields: Any) -> Entry:
        given = {"answers": (Answer(text=f"{question}：七天内办理。"),), "category": ("服务",)}
        made: dict[str, Any] = {"created_at": NOW, "updated_at": NOW} | given | fields
        return Entry(id=entry_id, question=question, **made)

    async def save(self, entry_id: str, question: str = "怎么退货", **fields: Any) -> Entry:
        entry = self.entry(entry_id, question, **fields)
        expected = None
        if entry_id not in self.entries.others(()):
            return await self.publisher.save(entry, expected=expected, actor="lin")
        expected = self.entries.get(entry_id).version
        return await self.publisher.save(entry, expected=expected, actor="lin")

    async def delete(self, entry_id: str) -> None:
        await self.publisher.delete(entry_id, expected=None, actor="lin")

    def hits(self, leg: Leg, text: str) -> tuple[Candidate, ...]:
        query = SearchQuery(text=text, terms=analyse(text), vector=vector_of(fold(text)))
        return self.live.snapshot.search(leg, query, Filter(at=datetime.now(UTC)), 100)

    def found(self, text: str) -> dict[Leg, set[str]]:
        """Return what each leg finds, as id and version."""
        return {
            leg: {
                f"{hit.passage.entry_id}@{hit.passage.entry_version}"
                for hit in self.hits(leg, text)
            }
            for leg in get_args(Leg)
        }

    def found_by_all(self, text: str) -> set[str]:
        """Return what every leg finds, and fail when they do not find the same."""
        by_leg = self.found(text)
        assert len({frozenset(ids) for ids in by_leg.values()}) == 1, by_leg
        return by_leg["dense_question"]

    def file(self, name: str, *rows: Mapping[str, object]) -> Path:
        path = self.root / name
        path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        return path


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_database(tmp_path) as database:
        yield House(root=tmp_path, database=database)


@pytest.fixture
def neighbour(tmp_path: Path) -> Iterator[Callable[[], House]]:
    """Opens the same data folder as another process would."""
    opened: list[Database] = []

    def open_() -> House:
        opened.append(open_database(tmp_path))
        return House(root=tmp_path, database=opened[-1])

    yield open_
    for database in opened:
        database.close()
