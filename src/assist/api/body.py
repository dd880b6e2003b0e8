"""Refuse, before any route sees it, a body too large, not JSON, or JSON with traps in it."""

import json
import re
from collections.abc import Iterable
from itertools import chain
from math import isfinite
from typing import NoReturn

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assist.api.errors import problem_of
from assist.errors import AssistError, BodyMalformed, BodyRefused, BodyTooLarge, BodyTypeWrong

MAX_BYTES = 1 << 20
MAX_DEPTH = 32
_UNUSABLE = re.compile("[\x00\ud800-\udfff]")


def read_json(body: bytes) -> object:
    """Return the JSON value. Raises BodyMalformed, or BodyRefused for what only looks harmless.

    Duplicate keys, numbers that are not finite, NUL, lone surrogates and deep nesting are refused:
    parsers disagree about them, and none of them is ever meant.
    """
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BodyMalformed(f"The body is not UTF-8 (byte {error.start}).") from error
    try:
        value = json.loads(text, object_pairs_hook=_unique, parse_constant=_not_finite)
    except RecursionError as error:
        raise BodyRefused(f"The body nests deeper than {MAX_DEPTH} levels.") from error
    except ValueError as error:
        at = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise BodyMalformed(f"The body is not JSON{at}.") from error
    _inspect(value)
    return value


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise BodyRefused("An object in the body has the same key twice.")
    return members


def _not_finite(name: str) -> NoReturn:
    raise BodyRefused(f"{name} is not a number that JSON knows.")


def _inspect(body: object) -> None:
    level: list[object] = [body]
    for _ in range(MAX_DEPTH):
        level = [part for value in level for part in _parts(value)]
        if not level:
            return
    raise BodyRefused(f"The body nests deeper than {MAX_DEPTH} levels.")


def _parts(value: object) -> Iterable[object]:
    """Return what a value consists of, after a look at the value itself."""
    if isinstance(value, str) and _UNUSABLE.search(value):
        raise BodyRefused("A text in the body holds NUL or half a surrogate pair.")
    if isinstance(value, float) and not isfinite(value):
        raise BodyRefused("A number in the body is too large.")
    if isinstance(value, dict):
        return chain(value.keys(), value.values())
    return value if isinstance(value, list) else ()


class StrictBodies:
    """ASGI middleware: every JSON body is read once here, whole, and handed on unchanged."""

    def __init__(self, app: ASGIApp, *, upload_paths: frozenset[str], upload_bytes: int) -> None:
        self._app = app
        self._upload_paths = upload_paths
        self._upload_bytes = upload_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in {"GET", "HEAD", "OPTIONS"}:
            await self._app(scope, receive, send)
            return
        try:
            body = await self._body(scope, receive)
        except AssistError as error:
            response = problem_of(error, request_id=scope["state"]["request_id"])
            await response(scope, receive, send)
            return
        await self._app(scope, _replayed(body, receive), send)

    async def _body(self, scope: Scope, receive: Receive) -> bytes:
        upload = scope["path"] in self._upload_paths
        limit = self._upload_bytes if upload else MAX_BYTES
        headers = dict(scope["headers"])
        declared = headers.get(b"content-length", b"")
        if declared.isdigit() and int(declared) > limit:
            raise BodyTooLarge(f"The body is over the limit of {limit} bytes.")
        body = bytearray()
        more = True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > limit:
                raise BodyTooLarge(f"The body is over the limit of {limit} bytes.")
        if body and not upload:
            content_type = headers.get(b"content-type", b"").split(b";")[0].strip().lower()
            if content_type != b"application/json":
                raise BodyTypeWrong("This route takes application/json.")
            read_json(bytes(body))
        return bytes(body)


def _replayed(body: bytes, receive: Receive) -> Receive:
    """Return a ``receive`` that gives the body first and then whatever the client does next."""
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
