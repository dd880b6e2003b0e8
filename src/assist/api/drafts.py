"""/v1/drafts: made, seen, claimed, decided."""

import re
from functools import partial
from typing import Annotated

import anyio.to_thread
from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from assist.api.auth import AsAgent, Wired
from assist.api.schemas import DraftBody, OutcomeBody, RegenerateBody
from assist.api.stream import draft_events
from assist.errors import DecisionInvalid, DraftUnknown
from assist.pipeline.pipeline import Listener
from assist.records import Actor, AuditEvent, Draft, Level, Question, Status
from assist.review.desk import visible
from assist.wiring import Assistant

router = APIRouter(prefix="/v1/drafts", tags=["drafts"])

_ETAG = re.compile(r'(?:W/)?"(\d{1,9})"')

Limit = Annotated[int, Query(ge=1, le=200)]
IfMatch = Annotated[str | None, Header()]


class DraftPage(BaseModel):
    items: tuple[Draft, ...]
    next_cursor: str | None


@router.post("", status_code=201, response_model=Draft)
async def create(
    body: DraftBody, request: Request, response: Response, wired: Wired, actor: AsAgent
) -> Draft | Response:
    """Draft an answer; with ``Accept: text/event-stream`` sentence by sentence."""
    question = body.record()

    async def draft(listener: Listener | None) -> Draft:
        made = await wired.pipeline.draft(question, actor=actor.id, listener=listener)
        return await _kept(request, wired, made, question)

    if "text/event-stream" in request.headers.get("Accept", ""):
        return StreamingResponse(
            draft_events(draft, request_id=request.state.request_id),
            media_type="text/event-stream",
            headers={"X-Accel-Buffering": "no"},
        )
    return _shown(await draft(None), response)


@router.get("")
def page(
    wired: Wired,
    actor: AsAgent,
    status: Status | None = None,
    level: Level | None = None,
    cursor: str | None = None,
    limit: Limit = 50,
) -> DraftPage:
    """List drafts, newest first: an agent's own, or all for a supervisor."""
    owner = actor.id if actor.role == "agent" else None
    items, following = wired.drafts.page(
        status=status, level=level, owner=owner, cursor=cursor, limit=limit
    )
    return DraftPage(items=items, next_cursor=following)


@router.get("/{draft_id}")
def read(draft_id: str, response: Response, wired: Wired, actor: AsAgent) -> Draft:
    """Show one draft."""
    return _shown(_visible(wired, draft_id, actor), response)


@router.get("/{draft_id}/events")
def events(draft_id: str, wired: Wired, actor: AsAgent) -> tuple[AuditEvent, ...]:
    """Show what happened to a draft."""
    return wired.audit.of(_visible(wired, draft_id, actor).id)


@router.post("/{draft_id}/claim")
def claim(draft_id: str, response: Response, wired: Wired, actor: AsAgent) -> Draft:
    """Take a draft, so that nobody else decides it."""
    return _shown(wired.desk.claim(draft_id, actor), response)


@router.post("/{draft_id}/release")
def release(draft_id: str, response: Response, wired: Wired, actor: AsAgent) -> Draft:
    """Give a claimed draft back."""
    return _shown(wired.desk.release(draft_id, actor), response)


@router.post("/{draft_id}/regenerate", status_code=201)
async def regenerate(
    draft_id: str,
    body: RegenerateBody,
    request: Request,
    response: Response,
    wired: Wired,
    actor: AsAgent,
) -> Draft:
    """Draft again from the same question; the old draft is superseded."""
    old = await anyio.to_thread.run_sync(_visible, wired, draft_id, actor)
    question = await anyio.to_thread.run_sync(wired.drafts.asked, old.id)
    if question is None:
        raise DraftUnknown(f"what the draft {draft_id} was asked is no longer kept")
    draft = await wired.pipeline.draft(question, actor=actor.id, instruction=body.instruction)
    await anyio.to_thread.run_sync(wired.desk.supersede, old.id, actor, draft.id)
    return _shown(await _kept(request, wired, draft, question), response)


@router.post("/{draft_id}/outcome")
def decide(
    draft_id: str,
    body: OutcomeBody,
    response: Response,
    wired: Wired,
    actor: AsAgent,
    if_match: IfMatch = None,
) -> Draft:
    """Accept, edit or reject a draft."""
    expected = _expected(if_match, body.version)
    return _shown(wired.desk.decide(draft_id, body.record(), expected, actor), response)


def _expected(if_match: str | None, version: int | None) -> int:
    tag = _ETAG.fullmatch(if_match.strip()) if if_match else None
    if if_match and tag is None:
        raise DecisionInvalid('If-Match must be one version in quotes, such as "1".')
    tagged = int(tag[1]) if tag else None
    if tagged is not None and version is not None and tagged != version:
        raise DecisionInvalid("If-Match and version name different versions.")
    expected = tagged if tagged is not None else version
    if expected is None:
        raise DecisionInvalid("Say which version was decided on: If-Match or version.")
    return expected


def _visible(wired: Assistant, draft_id: str, actor: Actor) -> Draft:
    draft = wired.drafts.get(draft_id)
    if not visible(draft, actor):
        raise DraftUnknown(f"no draft {draft_id}")
    return draft


async def _kept(request: Request, wired: Assistant, draft: Draft, question: Question) -> Draft:
    await anyio.to_thread.run_sync(partial(wired.drafts.add, draft, asked=question))
    request.app.state.metrics.made(draft)
    return draft


def _shown(draft: Draft, response: Response) -> Draft:
    response.headers["ETag"] = f'"{draft.version}"'
    response.headers["Location"] = f"/v1/drafts/{draft.id}"
    return draft
