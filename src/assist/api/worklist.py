"""/v1/knowledge/conflicts and /gaps: what the knowledge base needs people for."""

from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from assist.api.auth import AsSupervisor, Wired
from assist.knowledge.gaps import Gap
from assist.records import Conflict

router = APIRouter(prefix="/v1/knowledge", tags=["knowledge"])


class Conflicts(BaseModel):
    items: tuple[Conflict, ...]


class Gaps(BaseModel):
    items: tuple[Gap, ...]


@router.get("/conflicts")
async def conflicts(wired: Wired, _: AsSupervisor) -> Conflicts:
    """List live entries that answer nearly the same question with facts that cannot both hold."""
    return Conflicts(items=await wired.worklist.conflicts(at=datetime.now(UTC)))


@router.get("/gaps")
async def gaps(
    wired: Wired, _: AsSupervisor, days: Annotated[int, Query(ge=1, le=3650)] = 30
) -> Gaps:
    """List the questions of the last days that nothing answered, the most frequent first."""
    return Gaps(items=await wired.worklist.gaps(since=datetime.now(UTC) - timedelta(days=days)))
