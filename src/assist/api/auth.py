"""Who is asking, and how far their role reaches."""

import re
from typing import Annotated

from fastapi import Depends, Request

from assist.api.limits import RateLimit
from assist.errors import KeyRefused, RoleTooLow
from assist.records import AccessRole, Actor
from assist.wiring import Assistant

_RANK: dict[AccessRole, int] = {"agent": 0, "supervisor": 1, "admin": 2}
_PERSON = re.compile(r"[^\x00-\x20\x7f]{1,128}")


def assistant_of(request: Request) -> Assistant:
    """Return the assistant that the lifespan opened."""
    assistant = request.app.state.assistant
    assert isinstance(assistant, Assistant)
    return assistant


def bearer(authorization: str | None) -> str:
    """Return the secret of an Authorization header. Raises KeyRefused."""
    scheme, _, secret = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise KeyRefused("Send an API key: Authorization: Bearer <key>.")
    return secret.strip()


def actor_of(request: Request) -> Actor:
    """Return who asks. Raises KeyRefused, RoleTooLow or RateExceeded."""
    assistant = assistant_of(request)
    key = assistant.keys.find(bearer(request.headers.get("Authorization")))
    limit: RateLimit = request.app.state.rate_limit
    limit.spend(key.id)
    person = request.headers.get("X-Acting-Agent")
    if person is None:
        return Actor(id=key.id, role=key.role)
    if not key.acting:
        raise RoleTooLow("This key may not act for a person (X-Acting-Agent).")
    if not _PERSON.fullmatch(person):
        raise RoleTooLow("X-Acting-Agent must be 1 to 128 characters without spaces.")
    return Actor(id=person, role=key.role)


def _at_least(role: AccessRole, actor: Actor) -> Actor:
    if _RANK[actor.role] < _RANK[role]:
        raise RoleTooLow(f"This needs a key with the role {role}; this one is {actor.role}.")
    return actor


def _supervisor(actor: Annotated[Actor, Depends(actor_of)]) -> Actor:
    return _at_least("supervisor", actor)


def _admin(actor: Annotated[Actor, Depends(actor_of)]) -> Actor:
    return _at_least("admin", actor)


Wired = Annotated[Assistant, Depends(assistant_of)]
AsAgent = Annotated[Actor, Depends(actor_of)]
AsSupervisor = Annotated[Actor, Depends(_supervisor)]
AsAdmin = Annotated[Actor, Depends(_admin)]
