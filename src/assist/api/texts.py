"""/v1/search, /v1/check, /v1/understand: look at a text; nothing is stored."""

from time import perf_counter

from fastapi import APIRouter

from assist.api.auth import AsAgent, Wired
from assist.api.schemas import (
    CheckBody,
    CheckView,
    HitView,
    SearchBody,
    SearchView,
    UnderstandBody,
    turns,
)
from assist.records import Understanding

router = APIRouter(prefix="/v1", tags=["texts"])


@router.post("/search")
async def search(body: SearchBody, wired: Wired, _: AsAgent) -> SearchView:
    """Find the entries that may answer a query."""
    began = perf_counter()
    found = await wired.pipeline.search(body.record())
    return SearchView(
        hits=[HitView.of(hit, explain=body.explain) for hit in found.hits],
        sufficient=found.sufficient,
        search_query=found.search_query,
        release=found.release,
        reranker=found.reranker,
        took_ms=round((perf_counter() - began) * 1000, 2),
    )


@router.post("/check")
def check(body: CheckBody, wired: Wired, _: AsAgent) -> CheckView:
    """Judge a text as drafts and final texts are judged."""
    judged = wired.pipeline.check(
        body.text,
        question=body.question,
        passages=body.passages,
        banned_words=body.banned_words,
        checks=body.checks,
    )
    return CheckView(findings=judged.findings, verdict=judged.verdict, rules=judged.rules)


@router.post("/understand")
def understand(body: UnderstandBody, wired: Wired, _: AsAgent) -> Understanding:
    """Read the customer's mood, risk and kind of question."""
    return wired.pipeline.understand(body.text, turns(body.conversation))
