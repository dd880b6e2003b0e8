"""A real store with drafts in it, and a clock that stands still."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assist.records import (
    Confidence,
    CustomerState,
    Draft,
    Emotion,
    Escalation,
    Level,
    Provenance,
    Quality,
    Review,
)
from assist.store.database import Database, open_database
from assist.store.drafts import DraftStore

MOMENT = datetime(2026, 11, 22, 3, tzinfo=UTC)
MakeDraft = Callable[..., Draft]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path) as opened:
        yield opened


@pytest.fixture
def drafts(database: Database) -> DraftStore:
    return DraftStore(database)


@pytest.fixture
def add_draft(drafts: DraftStore) -> MakeDraft:
    def add(draft_id: str = "drf_1", *, level: Level = "agent", created_by: str = "lin") -> Draft:
        draft = Draft(
            id=draft_id,
            version=1,
            status="pending",
            decision="answer",
            question="退款多久到账",
            search_query="退款多久到账",
            text="您好，退款三天内到账。",
            sentences=(),
            citations=(),
            confidence=Confidence(score=0.9, level="high"),
            quality=Quality(score=90, parts={}),
            findings=(),
            review=Review(required=False, level=level, reasons=(), due_at=MOMENT),
            customer=CustomerState(
                emotion=Emotion(), alert=None, escalate=Escalation(), question_class="consult"
            ),
            scenario="after_sales",
            clarify=None,
            conflicts=(),
            provenance=Provenance(
                llm="extractive",
                prompt="after_sales@0",
                release="rel_1",
                rules="0",
                embedder="builtin",
                attempts=1,
                degraded=None,
            ),
            timings_ms={},
            created_at=MOMENT,
            created_by=created_by,
        )
        drafts.add(draft)
        return draft

    return add
