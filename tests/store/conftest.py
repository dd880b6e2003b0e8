"""A database of its own for each test, and plain records to put into it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assist.ids import new_id
from assist.records import (
    Answer,
    Confidence,
    CustomerState,
    Draft,
    Emotion,
    Entry,
    Escalation,
    Level,
    Provenance,
    Quality,
    Review,
    Sentence,
    Status,
)
from assist.store.database import Database, open_database

MOMENT = datetime(2026, 11, 22, 3, tzinfo=UTC)

MakeDraft = Callable[..., Draft]
MakeEntry = Callable[..., Entry]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path, wait_s=0.05) as opened:
        yield opened


@pytest.fixture
def make_entry() -> MakeEntry:
    def make(entry_id: str = "ent_1", question: str = "怎么退款", **fields: object) -> Entry:
        given: dict[str, object] = {
            "category": ("服务政策", "退换货"),
            "answers": (Answer(text="三天内到账。"),),
            "created_at": MOMENT,
            "updated_at": MOMENT,
        }
        return Entry(
            id=entry_id,
            question=question,
            **(given | fields),  # type: ignore[arg-type]
        )

    return make


@pytest.fixture
def make_draft() -> MakeDraft:
    def make(
        *,
        draft_id: str | None = None,
        status: Status = "pending",
        level: Level = "agent",
        created_by: str = "lin",
        claimed_by: str | None = None,
        created_at: datetime = MOMENT,
    ) -> Draft:
        return Draft(
            id=draft_id or new_id("drf"),
            version=1,
            status=status,
            decision="answer",
            question="怎么退款",
            search_query="怎么退款",
            text="三天内到账。",
            sentences=(Sentence(text="三天内到账。", citations=(1,)),),
            citations=(),
            confidence=Confidence(score=0.9, level="high"),
            quality=Quality(score=91, parts={"relevance": 95}),
            findings=(),
            review=Review(
                required=False, level=level, reasons=(), due_at=MOMENT, claimed_by=claimed_by
            ),
            customer=CustomerState(
                emotion=Emotion(), alert=None, escalate=Escalation(), question_class="consult"
            ),
            scenario="general",
            clarify=None,
            conflicts=(),
            provenance=Provenance(
                llm="extractive",
                prompt="general@1",
                release="rel_1",
                rules="r1",
                embedder="builtin",
                attempts=1,
                degraded=None,
            ),
            timings_ms={"total": 9.1},
            created_at=created_at,
            created_by=created_by,
        )

    return make
