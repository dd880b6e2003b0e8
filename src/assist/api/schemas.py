"""What a request may hold. Responses are the records themselves, which have the API's shape."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from assist.records import (
    AccessRole,
    Action,
    Checklist,
    CheckName,
    Customer,
    Finding,
    Hit,
    Key,
    Language,
    LegShare,
    Question,
    Reason,
    Scenario,
    Turn,
    Verdict,
    Verdicts,
)
from assist.text.normalise import visible

MAX_QUESTION = 4_000
MAX_TEXT = 20_000


def _seen(text: str) -> str:
    shown = visible(text)
    if not shown:
        raise ValueError("must hold at least one visible character")
    if len(shown) > MAX_QUESTION:
        raise ValueError(f"must have at most {MAX_QUESTION} characters")
    return shown


Visible = Annotated[str, AfterValidator(_seen)]
Short = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Text = Annotated[str, StringConstraints(max_length=MAX_TEXT)]
TopK = Annotated[int, Field(ge=1, le=50, strict=True)]


class Body(BaseModel):
    """Unknown fields are refused: a misspelt option must not be ignored in silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class TurnBody(Body):
    role: Literal["customer", "agent"]
    text: Text
    at: AwareDatetime | None = None


Conversation = Annotated[tuple[TurnBody, ...], Field(max_length=50)]


def turns(conversation: tuple[TurnBody, ...]) -> tuple[Turn, ...]:
    """Return the conversation as records, oldest first."""
    return tuple(Turn(role=turn.role, text=turn.text, at=turn.at) for turn in conversation)


class CustomerBody(Body):
    id: Short | None = None
    tier: Short | None = None
    tags: Annotated[tuple[Short, ...], Field(max_length=50)] = ()
    attributes: Annotated[Mapping[Short, Text], Field(max_length=50)] = {}


class DraftBody(Body):
    question: Visible
    conversation: Conversation = ()
    customer: CustomerBody | None = None
    channel: Short | None = None
    scenario: Scenario | Literal["auto"] = "auto"
    categories: Annotated[tuple[Short, ...], Field(max_length=50)] = ()
    top_k: TopK = 5
    as_of: AwareDatetime | None = None
    language: Language | Literal["auto"] = "auto"
    llm: Short | None = None

    def record(self) -> Question:
        """Return the body as the record that the pipeline takes."""
        who = self.customer or CustomerBody()
        return Question(
            text=self.question,
            conversation=turns(self.conversation),
            customer=Customer(
                id=who.id, tier=who.tier, tags=who.tags, attributes=dict(who.attributes)
            ),
            channel=self.channel,
            scenario=self.scenario,
            categories=self.categories,
            top_k=self.top_k,
            as_of=self.as_of,
            language=self.language,
            llm=self.llm,
        )


class RegenerateBody(Body):
    instruction: Annotated[str, StringConstraints(max_length=1_000)] | None = None


class OutcomeBody(Body):
    action: Action
    final_text: Text | None = None
    reasons: Annotated[tuple[Reason, ...], Field(max_length=8)] = ()
    checklist: Checklist | None = None
    clicked_citations: Annotated[tuple[int, ...], Field(max_length=50)] = ()
    version: Annotated[int, Field(ge=1, strict=True)] | None = None

    def record(self) -> Verdicts:
        """Return the body as the record that the desk takes."""
        return Verdicts(
            action=self.action,
            final_text=self.final_text,
            reasons=self.reasons,
            checklist=self.checklist,
            clicked_citations=self.clicked_citations,
        )


class SearchBody(Body):
    query: Visible
    top_k: TopK = 5
    categories: Annotated[tuple[Short, ...], Field(max_length=50)] = ()
    channel: Short | None = None
    as_of: AwareDatetime | None = None
    conversation: Conversation = ()
    explain: bool = False

    def record(self) -> Question:
        """Return the body as the record that the pipeline takes."""
        return Question(
            text=self.query,
            conversation=turns(self.conversation),
            channel=self.channel,
            categories=self.categories,
            top_k=self.top_k,
            as_of=self.as_of,
        )


class CheckBody(Body):
    text: Text
    question: Text | None = None
    passages: Annotated[tuple[Text, ...], Field(max_length=50)] = ()
    banned_words: Annotated[tuple[Short, ...], Field(max_length=10_000)] | None = None
    checks: tuple[CheckName, ...] | None = None


class UnderstandBody(Body):
    text: Visible
    conversation: Conversation = ()


class KeyBody(Body):
    name: Short
    role: AccessRole
    acting: bool = False


class HitView(BaseModel):
    entry_id: str
    passage_id: str
    title: str
    text: str
    score: float
    category: tuple[str, ...]
    matched: Literal["standard", "similar", "passage"]
    explain: tuple[LegShare, ...] | None = None

    @classmethod
    def of(cls, hit: Hit, *, explain: bool) -> "HitView":
        """Return the hit as search shows it."""
        return cls(
            entry_id=hit.entry.id,
            passage_id=hit.passage.id,
            title=hit.entry.question,
            text=hit.passage.text,
            score=hit.score,
            category=hit.entry.category,
            matched=hit.matched,
            explain=hit.legs if explain else None,
        )


class SearchView(BaseModel):
    hits: list[HitView]
    sufficient: bool
    search_query: str
    release: str
    reranker: str | None
    took_ms: float


class CheckView(BaseModel):
    findings: tuple[Finding, ...]
    verdict: Verdict
    rules: str


class KeyView(BaseModel):
    id: str
    name: str
    role: AccessRole
    acting: bool
    created_at: datetime
    revoked_at: datetime | None
    secret: str | None = None
    """Shown once, in the answer to the request that made the key."""

    @classmethod
    def of(cls, key: Key, *, secret: str | None = None) -> "KeyView":
        """Return the key as its admin sees it."""
        return cls(
            id=key.id,
            name=key.name,
            role=key.role,
            acting=key.acting,
            created_at=key.created_at,
            revoked_at=key.revoked_at,
            secret=secret,
        )
