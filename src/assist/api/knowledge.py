"""/v1/knowledge/entries and what is due: the knowledge as people edit it."""

from datetime import datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from assist.api.auth import AsAdmin, AsAgent, AsSupervisor, Wired
from assist.api.etag import IfMatch, etag, version_of
from assist.errors import EntryInvalid
from assist.knowledge.sheet import SheetRow, entry_of
from assist.records import Entry, EntryStatus
from assist.settings import Settings

router = APIRouter(prefix="/v1/knowledge", tags=["knowledge"])

Limit = Annotated[int, Query(ge=1, le=200)]
Words = Annotated[str | None, Query(max_length=200)]
Cursor = Annotated[str | None, Query(max_length=200)]


class EntryPage(BaseModel):
    items: tuple[Entry, ...]
    next_cursor: str | None


class Versions(BaseModel):
    items: tuple[Entry, ...]


@router.get("/entries")
def page(
    wired: Wired,
    _: AsAgent,
    status: EntryStatus | None = None,
    category: Words = None,
    text: Words = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> EntryPage:
    """List entries by id; `category` is a name at any level, `text` words that must all occur."""
    items, following = wired.entries.page(
        status=status, category=category, text=text, cursor=cursor, limit=limit
    )
    return EntryPage(items=items, next_cursor=following)


@router.post("/entries", status_code=201)
async def create(body: SheetRow, response: Response, wired: Wired, actor: AsAdmin) -> Entry:
    """Add an entry; without an id it is given one."""
    entry = _entry(body, None, wired.settings)
    return _shown(await wired.publisher.save(entry, expected=None, actor=actor.id), response)


@router.get("/entries/{entry_id}")
def read(entry_id: str, response: Response, wired: Wired, _: AsAgent) -> Entry:
    """Show an entry as it is now."""
    return _shown(wired.entries.get(entry_id), response)


@router.put("/entries/{entry_id}")
async def replace(
    entry_id: str,
    body: SheetRow,
    response: Response,
    wired: Wired,
    actor: AsAdmin,
    if_match: IfMatch = None,
) -> Entry:
    """Put a new version in the place of the one that If-Match names."""
    expected = version_of(if_match)
    entry = _entry(body, entry_id, wired.settings)
    return _shown(await wired.publisher.save(entry, expected=expected, actor=actor.id), response)


@router.delete("/entries/{entry_id}", status_code=204)
async def delete(entry_id: str, wired: Wired, actor: AsAdmin, if_match: IfMatch = None) -> None:
    """Take an entry out; its versions stay readable."""
    await wired.publisher.delete(entry_id, expected=version_of(if_match), actor=actor.id)


@router.get("/entries/{entry_id}/versions")
def versions(entry_id: str, wired: Wired, _: AsAgent) -> Versions:
    """List every version of an entry, oldest first, also when it is deleted."""
    return Versions(items=wired.entries.versions(entry_id))


@router.get("/review-due")
def review_due(
    wired: Wired,
    _: AsSupervisor,
    days: Annotated[int, Query(ge=0, le=3650)] = 30,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> EntryPage:
    """List what is to be looked at again within so many days, the longest due first."""
    today = datetime.now(ZoneInfo(wired.settings.timezone)).date()
    items, following = wired.entries.review_due(
        today + timedelta(days=days), cursor=cursor, limit=limit
    )
    return EntryPage(items=items, next_cursor=following)


def _entry(body: SheetRow, entry_id: str | None, settings: Settings) -> Entry:
    """Return the body as an entry, by the rules that hold for a row of a file."""
    cells = body.model_dump(exclude_none=True)
    if entry_id is not None and cells.setdefault("id", entry_id) != entry_id:
        raise EntryInvalid("The id in the body is not the one in the address.")
    entry, reason = entry_of(cells, zone=ZoneInfo(settings.timezone), language=settings.language)
    if entry is None:
        raise EntryInvalid(reason or "The entry breaks a rule.")
    return entry


def _shown(entry: Entry, response: Response) -> Entry:
    response.headers["ETag"] = etag(entry.version)
    response.headers["Location"] = f"/v1/knowledge/entries/{entry.id}"
    return entry
