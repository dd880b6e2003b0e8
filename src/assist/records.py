"""The nouns: frozen records that pass from stage to stage, named and shaped as the API shows them.

Offsets are Unicode code points, half open ``[start, end)``. Times are aware datetimes in UTC.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Language = Literal["zh", "en"]
Role = Literal["customer", "agent"]
Scenario = Literal["general", "product", "logistics", "after_sales", "complaint", "promotion"]
EntryStatus = Literal["draft", "published", "retired"]
EntryKind = Literal["faq", "document"]
PassageKind = Literal["standard", "similar", "negative", "passage"]
Matched = Literal["standard", "similar", "passage"]
Leg = Literal["dense_question", "lexical_question", "dense_passage", "lexical_passage"]
Part = Literal[Leg, "profile", "reranker"]
"""What adds to the score of a hit; ``profile`` is what is known of the customer."""
Severity = Literal["block", "warn", "info"]
Verdict = Literal["pass", "warn", "block"]
Decision = Literal["answer", "clarify", "abstain", "escalate"]
Level = Literal["agent", "supervisor"]
Status = Literal[
    "pending", "claimed", "accepted", "edited", "rejected", "superseded", "expired", "failed"
]
Action = Literal["accepted", "edited", "rejected"]
Reason = Literal[
    "wrong", "incomplete", "irrelevant", "outdated", "tone", "too_long", "unsafe", "other"
]
Degraded = Literal["timeout", "rate_limited", "unavailable", "bad_output", "budget"]
AccessRole = Literal["agent", "supervisor", "admin"]
JobStatus = Literal["queued", "running", "done", "failed"]
QuestionClass = Literal["consult", "how_to", "fault", "complaint", "suggestion"]
PiiType = Literal[
    "phone", "landline", "id_card", "bank_card", "passport", "plate", "email", "address"
]
CheckName = Literal[
    "uncertainty", "banned_word", "promise", "grounding", "citation", "pii", "injection", "link",
    "politeness", "form", "length", "conflict", "language", "empty",
]  # fmt: skip


# -- knowledge -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    text: str
    channel: str | None = None
    """None serves every channel that has no answer of its own."""
    language: Language = "zh"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One question with one answer, or (``kind="document"``) one longer text with headings."""

    id: str
    category: tuple[str, ...]
    question: str
    """The standard question; for a document, its title."""
    answers: tuple[Answer, ...]
    kind: EntryKind = "faq"
    similar_questions: tuple[str, ...] = ()
    negative_questions: tuple[str, ...] = ()
    note: str | None = None
    links: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    owner: str | None = None
    status: EntryStatus = "published"
    effective_from: datetime | None = None
    effective_to: datetime | None = None
    """The last instant at which the entry holds."""
    review_by: date | None = None
    version: int = 1
    source: str | None = None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One save or delete of an entry, in the order in which it happened."""

    seq: int
    entry_id: str
    version: int
    entry: Entry | None
    """None when the entry was deleted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What is embedded and indexed: a phrasing of an entry's question, or a piece of its text."""

    id: str
    entry_id: str
    entry_version: int
    kind: PassageKind
    text: str
    heading: str = ""
    """The headings above a document's piece, joined with " > "."""
    start: int = 0
    end: int = 0
    """Where the text stands in the answer it was cut from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """An immutable, checksummed build of the index."""

    id: str
    created_at: datetime
    embedder: str
    manifest_sha256: str
    through_seq: int
    """The last change of an entry that the release contains."""
    entries: int
    passages: int
    embedded: int
    reused: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    id: str
    kind: Literal["import", "reindex"]
    status: JobStatus
    done: int = 0
    total: int = 0
    error: str | None = None
    result: Mapping[str, object] | None = None
    created_at: datetime
    updated_at: datetime


# -- the question --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    role: Role
    text: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    id: str | None = None
    tier: str | None = None
    tags: tuple[str, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a console asks for: everything that is known before any stage has run."""

    text: str
    conversation: tuple[Turn, ...] = ()
    customer: Customer = Customer()
    channel: str | None = None
    scenario: Scenario | Literal["auto"] = "auto"
    categories: tuple[str, ...] = ()
    top_k: int = 5
    as_of: datetime | None = None
    language: Language | Literal["auto"] = "auto"
    llm: str | None = None
    """Another model than the configured one, for this draft only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    start: int
    end: int
    text: str


# -- understand ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Emotion:
    polarity: Literal["positive", "neutral", "negative"] = "neutral"
    kind: Literal["dissatisfied", "angry", "disappointed"] | None = None
    level: Literal["positive", "neutral", "mild", "clear", "strong"] = "neutral"
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    level: Literal["hint", "script", "red"]
    advice: str
    script: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    required: bool = False
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pii:
    type: PiiType
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Injection:
    suspected: bool = False
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """How the customer feels, what kind of question it is, and what in it is risky."""

    emotion: Emotion
    alert: Alert | None
    escalate: Escalation
    question_class: QuestionClass
    scenario: Scenario
    language: Language
    pii: tuple[Pii, ...]
    injection: Injection


# -- retrieve ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What a search may find. It is applied inside every leg, before the top k is taken."""

    at: datetime
    """Only entries in effect at this instant."""
    lapsed: bool = False
    """Turns ``at`` round: only entries that are not in effect then, no longer or not yet."""
    categories: tuple[str, ...] = ()
    """Any of these names at any level of the entry's category; empty for all."""
    channel: str | None = None
    """Only entries that have an answer for this channel or for every channel."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SearchQuery:
    """A question made ready for every leg."""

    text: str
    terms: tuple[str, ...]
    """For the lexical legs, from ``assist.text.tokenise.analyse``."""
    vector: Floats
    """For the dense legs; one row, length 1."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Candidate:
    """A passage found by one leg."""

    entry_id: str
    kind: PassageKind
    score: float
    """Comparable within one leg of one search only."""
    read: Callable[[], Passage]
    """A search finds many passages and shows few, so each is read when it is asked for."""

    @property
    def passage(self) -> Passage:
        return self.read()


@dataclass(frozen=True, slots=True, kw_only=True)
class LegShare:
    """Why a hit stands where it stands: its place in one leg and what that leg gave to it."""

    leg: Part
    rank: int
    """From 1; 0 for the profile, which finds nothing by itself."""
    score: float
    """Of the profile: 1 when the entry names what the customer has, plus 1 when it is for the
    customer's side of a contrast, minus 1 when it is for another side."""
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An entry that may answer, by its best passage."""

    entry: Entry
    passage: Passage
    matched: Matched
    score: float
    """Calibrated probability that this entry answers the query."""
    legs: tuple[LegShare, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clarify:
    question: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieval:
    search_query: str
    """The question as it was searched: bursts joined, a follow-up completed."""
    hits: tuple[Hit, ...]
    """Best first, one an entry."""
    chance: float
    """Calibrated probability that any live entry answers the query, also one that is no hit."""
    sufficient: bool
    """Whether that is likely enough to answer."""
    clarify: Clarify | None
    release: str
    reranker: str | None = None
    """Whose order of the hits this is; None when it is that of the search alone."""


# -- generate ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A passage shown to the generator, and what a citation number points at."""

    n: int
    hit: Hit
    text: str
    """The answer, note or document piece itself, as it may be quoted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    system: str
    user: str
    fingerprint: str
    """Scenario and hash of the prompt file that made it, e.g. ``general@1f0c9a``."""
    canary: str
    """A mark in the system part that must never come back in a reply."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    text: str
    citations: tuple[int, ...] = ()
    supported: bool = True
    """False when no cited source bears the sentence out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One token of a model's reply with the natural logarithm of its probability."""

    text: str
    logprob: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A chat model's whole answer."""

    text: str
    tokens: tuple[Token, ...] = ()
    """Empty when the model gives no log probabilities."""


# -- check and review ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    check: CheckName
    rule: str
    severity: Severity
    start: int
    end: int
    text: str
    message: str
    suggestion: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    score: int
    parts: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Confidence:
    score: float
    level: Literal["high", "medium", "low"]
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    required: bool
    level: Level
    reasons: tuple[str, ...]
    due_at: datetime
    claimed_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    n: int
    entry_id: str
    passage_id: str
    title: str
    category: tuple[str, ...]
    quote: str
    score: float
    links: tuple[str, ...]
    effective_from: datetime | None
    effective_to: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictSide:
    entry_id: str
    title: str
    text: str
    """The sentence of the answer that says it."""
    updated_at: datetime
    value: str = ""
    """What is disputed in it, as written."""
    effective_from: datetime | None = None
    effective_to: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two live entries that disagree on a fact for nearly the same question."""

    fact: str
    """What both speak of, in the words they share."""
    sides: tuple[ConflictSide, ConflictSide]
    kind: str = ""
    """The sort of fact: money, duration, date …; or fee, or stance (possible or not)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerState:
    """What a console shows beside the draft about the customer."""

    emotion: Emotion
    alert: Alert | None
    escalate: Escalation
    question_class: QuestionClass


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    llm: str
    prompt: str
    release: str
    rules: str
    embedder: str
    attempts: int
    degraded: Degraded | None
    reranker: str | None = None
    """The one that ordered the sources; None where none is configured, and where it failed."""
    ai_generated: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    accuracy: bool
    wording: bool
    fitness: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """What a person decided about a draft, before the decision has been checked and stored."""

    action: Action
    final_text: str | None = None
    reasons: tuple[Reason, ...] = ()
    checklist: Checklist | None = None
    clicked_citations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    action: Action
    final_text: str | None
    reasons: tuple[Reason, ...]
    checklist: Checklist | None
    clicked_citations: tuple[int, ...]
    edit_distance: int
    """Levenshtein distance in code points between the draft and the final text."""
    findings: tuple[Finding, ...]
    decided_by: str
    decided_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    id: str
    version: int
    status: Status
    decision: Decision
    question: str
    search_query: str
    text: str
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    confidence: Confidence
    quality: Quality
    findings: tuple[Finding, ...]
    review: Review
    customer: CustomerState
    scenario: Scenario
    clarify: Clarify | None
    conflicts: tuple[Conflict, ...]
    provenance: Provenance
    timings_ms: Mapping[str, float]
    created_at: datetime
    created_by: str
    outcome: Outcome | None = None


# -- people --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """An API key as it is stored: never the secret, only its hash."""

    id: str
    name: str
    role: AccessRole
    acting: bool
    """Whether its holder may name the person it acts for."""
    created_at: datetime
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who does something: a key's holder, or the person it acts for."""

    id: str
    role: AccessRole


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEvent:
    """One effective change; ``hash`` covers the event and the hash of the one before it."""

    seq: int
    at: datetime
    actor: str
    action: str
    subject: str
    detail: Mapping[str, object]
    hash: str
