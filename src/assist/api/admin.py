"""Keys, audit and reload: what only an admin may do."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from assist.api.auth import AsAdmin, Wired
from assist.api.schemas import KeyBody, KeyView
from assist.records import AuditEvent

router = APIRouter(prefix="/v1", tags=["admin"])


class KeyPage(BaseModel):
    items: tuple[KeyView, ...]


class AuditPage(BaseModel):
    items: tuple[AuditEvent, ...]
    next_cursor: str | None


class Reloaded(BaseModel):
    rules: str


@router.get("/keys")
def keys(wired: Wired, _: AsAdmin) -> KeyPage:
    """List the keys, without their secrets."""
    return KeyPage(items=tuple(KeyView.of(key) for key in wired.keys.all()))


@router.post("/keys", status_code=201)
def create_key(body: KeyBody, wired: Wired, actor: AsAdmin) -> KeyView:
    """Make a key; this answer is the only one that holds its secret."""
    key, secret = wired.keys.create(body.name, body.role, acting=body.acting, actor=actor.id)
    return KeyView.of(key, secret=secret)


@router.delete("/keys/{key_id}", status_code=204)
def revoke_key(key_id: str, wired: Wired, actor: AsAdmin) -> None:
    """Revoke a key; it is refused from now on."""
    wired.keys.revoke(key_id, actor=actor.id)


@router.get("/audit")
def audit(
    wired: Wired,
    _: AsAdmin,
    cursor: Annotated[int | None, Query(ge=1)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> AuditPage:
    """Show who changed what, newest first."""
    items, following = wired.audit.page(cursor, limit)
    return AuditPage(items=items, next_cursor=str(following) if following else None)


@router.post("/reload")
def reload(wired: Wired, _: AsAdmin) -> Reloaded:
    """Read the rule and prompt files again; a bad file changes nothing."""
    return Reloaded(rules=wired.rules.reload().version)
