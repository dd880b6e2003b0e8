from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

import anyio.lowlevel
import pytest

from assist.errors import ProviderDown
from assist.evaluation.cases import Case
from assist.records import (
    Answer,
    Citation,
    Confidence,
    CustomerState,
    Decision,
    Draft,
    Emotion,
    Entry,
    Escalation,
    Finding,
    Hit,
    Passage,
    Provenance,
    Quality,
    Question,
    Retrieval,
    Review,
)

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What the fake assistant says to a question."""

    decision: Decision = "answer"
    text: str = "您好。"
    found: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    chance: float = 0.9


@dataclass
class FakePipeline:
    """Answers by table; a question that is not in it raises ProviderDown."""

    replies: Mapping[str, Reply]
    asked: list[Question] = field(default_factory=list)
    running: int = 0
    most: int = 0
    """How many drafts were being made at the same time."""

    async def search(self, question: Question) -> Retrieval:
        reply = self._reply(question)
        return Retrieval(
            search_query=question.text,
            hits=tuple(map(hit, reply.found)),
            chance=reply.chance,
            sufficient=True,
            clarify=None,
            release="rel_1",
        )

    async def draft(self, question: Question, *, actor: str) -> Draft:
        self.running += 1
        self.most = max(self.most, self.running)
        await anyio.lowlevel.checkpoint()
        self.running -= 1
        return draft_of(question, self._reply(question))

    def _reply(self, question: Question) -> Reply:
        self.asked.append(question)
        if question.text not in self.replies:
            raise ProviderDown("the endpoint is away")
        return self.replies[question.text]


def hit(entry_id: str) -> Hit:
    entry = Entry(
        id=entry_id,
        category=("服务政策",),
        question="标题",
        answers=(Answer(text="答案"),),
        created_at=NOW,
        updated_at=NOW,
    )
    passage = Passage(
        id=f"psg_{entry_id}", entry_id=entry_id, entry_version=1, kind="standard", text="标题"
    )
    return Hit(entry=entry, passage=passage, matched="standard", score=0.9)


def citation(n: int, entry_id: str) -> Citation:
    return Citation(
        n=n,
        entry_id=entry_id,
        passage_id=f"psg_{entry_id}",
        title="标题",
        category=("服务政策",),
        quote="答案",
        score=0.9,
        links=(),
        effective_from=None,
        effective_to=None,
    )


def draft_of(question: Question, reply: Reply) -> Draft:
    return Draft(
        id="drf_1",
        version=1,
        status="pending",
        decision=reply.decision,
        question=question.text,
        search_query=question.text,
        text=reply.text,
        sentences=(),
        citations=tuple(citation(n, id) for n, id in enumerate(reply.cited, start=1)),
        confidence=Confidence(score=0.9, level="high"),
        quality=Quality(score=90, parts={}),
        findings=reply.findings,
        review=Review(required=False, level="agent", reasons=(), due_at=NOW),
        customer=CustomerState(
            emotion=Emotion(), alert=None, escalate=Escalation(), question_class="consult"
        ),
        scenario="general",
        clarify=None,
        conflicts=(),
        provenance=Provenance(
            llm="extractive",
            prompt="",
            release="rel_1",
            rules="abc",
            embedder="fake",
            attempts=1,
            degraded=None,
        ),
        timings_ms={"retrieve": 2.0, "total": 3.0},
        created_at=NOW,
        created_by="evaluation",
    )


@pytest.fixture
def pipeline() -> Callable[[Mapping[str, Reply]], FakePipeline]:
    return FakePipeline


@pytest.fixture
def reply() -> type[Reply]:
    return Reply


@pytest.fixture
def case() -> Callable[..., Case]:
    def make(id: str, question: str, expect: Decision = "answer", **rest: object) -> Case:
        return Case.model_validate({"id": id, "question": question, "expect": expect, **rest})

    return make


@pytest.fixture
def finding() -> Callable[..., Finding]:
    def make(check: str = "grounding", severity: str = "warn", text: str = "30 元") -> Finding:
        return Finding(
            check=check,  # type: ignore[arg-type]
            rule="number",
            severity=severity,  # type: ignore[arg-type]
            start=0,
            end=len(text),
            text=text,
            message="来源里没有",
        )

    return make
