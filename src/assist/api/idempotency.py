"""Answer a repeated POST with what it was answered the first time, and let it work only once."""

from hashlib import sha256

import anyio.to_thread
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assist.api.errors import problem_of
from assist.errors import AssistError, BodyRefused
from assist.store.idempotency import IdempotencyStore, StoredResponse

_MAX_KEY = 255
_KEPT_HEADERS = frozenset({b"content-type", b"location", b"etag"})


class Idempotency:
    """ASGI middleware for POST requests that carry an Idempotency-Key.

    A key belongs to one caller and one route. Only successes are kept: a refused request had no
    effect, so it may be mended and sent again with the same key.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope.get("headers", ()))
        key = headers.get(b"idempotency-key")
        if scope["type"] != "http" or scope["method"] != "POST" or key is None:
            await self._app(scope, receive, send)
            return
        store: IdempotencyStore = scope["app"].state.assistant.idempotency
        message = await receive()
        place = (_caller_and_route(scope, headers), key.decode("latin-1"))
        try:
            if not 1 <= len(key) <= _MAX_KEY:
                raise BodyRefused(f"An Idempotency-Key has 1 to {_MAX_KEY} characters.")
            digest = sha256(message.get("body", b"")).hexdigest()
            kept = await anyio.to_thread.run_sync(store.begin, *place, digest)
        except AssistError as error:
            response: Response = problem_of(error, request_id=scope["state"]["request_id"])
            await response(scope, receive, send)
            return
        if kept is not None:
            response = Response(kept.body, kept.status, dict(kept.headers))
            await response(scope, receive, send)
            return
        await self._work(store, place, scope, _first(message, receive), send)

    async def _work(
        self,
        store: IdempotencyStore,
        place: tuple[str, str],
        scope: Scope,
        receive: Receive,
        send: Send,
    ) -> None:
        record = _Record()

        async def answer(message: Message) -> None:
            record.note(message)
            if record.whole and record.status < 300:
                # Kept before the last byte leaves: who saw the answer can have it again.
                await anyio.to_thread.run_sync(store.complete, *place, record.response())
            await send(message)

        try:
            await self._app(scope, receive, answer)
        finally:
            if not (record.whole and record.status < 300):
                with anyio.CancelScope(shield=True):
                    await anyio.to_thread.run_sync(store.abandon, *place)


class _Record:
    """A response as it goes by."""

    def __init__(self) -> None:
        self.status = 500
        self.whole = False
        self._headers: dict[str, str] = {}
        self._body = bytearray()

    def note(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self._headers = {
                name.decode("latin-1"): value.decode("latin-1")
                for name, value in message["headers"]
                if name.lower() in _KEPT_HEADERS
            }
        elif message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            self.whole = not message.get("more_body", False)

    def response(self) -> StoredResponse:
        return StoredResponse(status=self.status, headers=self._headers, body=bytes(self._body))


def _caller_and_route(scope: Scope, headers: dict[bytes, bytes]) -> str:
    caller = headers.get(b"authorization", b"") + b"\0" + headers.get(b"x-acting-agent", b"")
    return f"{sha256(caller).hexdigest()} {scope['path']}"


def _first(message: Message, receive: Receive) -> Receive:
    waiting = [message]

    async def replay() -> Message:
        return waiting.pop() if waiting else await receive()

    return replay
