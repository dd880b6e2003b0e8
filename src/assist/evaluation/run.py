"""Ask the assistant every case, as a console would, and keep what it said with its scores."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Protocol

import anyio

from assist.errors import AssistError
from assist.evaluation.cases import Case
from assist.evaluation.metrics import (
    citation_precision,
    ndcg,
    recall_at,
    reciprocal_rank,
    says_all,
    says_none,
    ungrounded,
)
from assist.records import Decision, Draft, Provenance, Question, Retrieval

METRICS = (
    "recall@1", "recall@3", "recall@5", "mrr@10", "ndcg@10", "decision_accuracy",
    "citation_precision", "must_say", "must_not_say", "ungrounded_number",
)  # fmt: skip
LOWER_IS_BETTER = frozenset({"ungrounded_number"})
ACTOR = "evaluation"
_RANKS = 10

Scores = Mapping[str, float | None]
Progress = Callable[[int, int], None]


class Answering(Protocol):
    """What is measured: the pipeline that serves consoles."""

    async def search(self, question: Question) -> Retrieval: ...

    async def draft(self, question: Question, *, actor: str) -> Draft: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResult:
    case: Case
    error: str | None = None
    """Why there is no draft; then nothing is scored."""
    decision: Decision | None = None
    text: str = ""
    search_query: str = ""
    found: tuple[str, ...] = ()
    """Entry ids, best first."""
    chance: float | None = None
    """How likely retrieval took it that any entry answers."""
    first: float | None = None
    """How likely, that the first one found does; 0 when none is found."""
    cited: tuple[str, ...] = ()
    ungrounded: tuple[str, ...] = ()
    """What the grounding check objected to."""
    scores: Scores = field(default_factory=dict)
    draft_ms: float | None = None
    """Wall time of the whole draft, as its caller waits for it."""
    stages_ms: Mapping[str, float] = field(default_factory=dict)
    provenance: Provenance | None = None


@dataclass(frozen=True, slots=True)
class _Failed:
    """A case that raised, with the error for who wants to raise it again."""

    result: CaseResult
    cause: AssistError


async def run_cases(
    pipeline: Answering,
    cases: Sequence[Case],
    *,
    at_once: int = 1,
    progress: Progress | None = None,
) -> tuple[CaseResult, ...]:
    """Return one result a case, in the order of the cases.

    More than one at a time is faster, but each then waits for the others. Raises the first case's
    AssistError when every case failed, since then there is nothing to report.
    """
    outcomes: dict[int, CaseResult | _Failed] = {}
    limit = anyio.CapacityLimiter(at_once)

    async def ask(number: int, case: Case) -> None:
        async with limit:
            outcomes[number] = await _outcome(pipeline, case)
        if progress is not None:
            progress(len(outcomes), len(cases))

    async with anyio.create_task_group() as tasks:
        for number, case in enumerate(cases):
            tasks.start_soon(ask, number, case)
    failures = [outcome for outcome in outcomes.values() if isinstance(outcome, _Failed)]
    if failures and len(failures) == len(cases):
        raise failures[0].cause
    in_order = (outcomes[number] for number in range(len(cases)))
    return tuple(one.result if isinstance(one, _Failed) else one for one in in_order)


async def _outcome(pipeline: Answering, case: Case) -> CaseResult | _Failed:
    try:
        # The draft comes first: a search would leave the query's vector warm for it.
        start = perf_counter()
        draft = await pipeline.draft(case.asked(top_k=5), actor=ACTOR)
        draft_ms = (perf_counter() - start) * 1000
        retrieval = await pipeline.search(case.asked(top_k=_RANKS))
    except AssistError as error:
        reason = f"{type(error).__name__}: {error.message}"
        return _Failed(CaseResult(case=case, error=reason), error)
    found = tuple(hit.entry.id for hit in retrieval.hits)
    return CaseResult(
        case=case,
        decision=draft.decision,
        text=draft.text,
        search_query=draft.search_query,
        found=found,
        chance=retrieval.chance,
        first=retrieval.hits[0].score if retrieval.hits else 0.0,
        cited=tuple(dict.fromkeys(citation.entry_id for citation in draft.citations)),
        ungrounded=tuple(
            finding.text
            for finding in draft.findings
            if finding.check == "grounding" and finding.severity != "info"
        ),
        scores=_scores(case, found, draft),
        draft_ms=round(draft_ms, 3),
        stages_ms=dict(draft.timings_ms),
        provenance=draft.provenance,
    )


def _scores(case: Case, found: Sequence[str], draft: Draft) -> Scores:
    cited = [citation.entry_id for citation in draft.citations]
    answered = draft.decision == "answer"
    return {
        "recall@1": recall_at(1, found, case.entries),
        "recall@3": recall_at(3, found, case.entries),
        "recall@5": recall_at(5, found, case.entries),
        "mrr@10": reciprocal_rank(found, case.entries, _RANKS),
        "ndcg@10": ndcg(found, case.entries, _RANKS),
        "decision_accuracy": float(draft.decision == case.expect),
        "citation_precision": citation_precision(cited, case.entries) if answered else None,
        "must_say": says_all(draft.text, case.must_say),
        "must_not_say": says_none(draft.text, case.must_not_say),
        "ungrounded_number": ungrounded(draft.findings),
    }
