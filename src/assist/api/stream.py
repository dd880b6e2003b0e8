"""A draft in the making as server-sent events: start, sentence…, draft, or error."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import asdict

import anyio
from anyio.streams.memory import MemoryObjectSendStream
from pydantic import TypeAdapter

from assist.api.errors import problem_of
from assist.errors import AssistError
from assist.pipeline.pipeline import Listener
from assist.records import Draft, Sentence

KEEP_ALIVE_S = 15
_DRAFT = TypeAdapter(Draft)


def event(name: str, payload: str) -> str:
    """Return one event; the payload is JSON on one line."""
    return f"event: {name}\ndata: {payload}\n\n"


class _Events:
    """Turns what the pipeline reports into events."""

    def __init__(self, send: MemoryObjectSendStream[str]) -> None:
        self._send = send

    async def started(self, draft: Draft) -> None:
        await self._send.send(event("start", _DRAFT.dump_json(draft).decode()))

    async def sentence(self, n: int, sentence: Sentence) -> None:
        shown = {"n": n} | asdict(sentence)
        await self._send.send(event("sentence", json.dumps(shown, ensure_ascii=False)))


async def draft_events(
    make: Callable[[Listener], Awaitable[Draft]], *, request_id: str
) -> AsyncIterator[str]:
    """Yield the events of one draft, and a comment line whenever nothing came for a while.

    When the client leaves, the work is cancelled with it.
    """
    send, receive = anyio.create_memory_object_stream[str](max_buffer_size=16)

    async def work() -> None:
        async with send:
            try:
                draft = await make(_Events(send))
                await send.send(event("draft", _DRAFT.dump_json(draft).decode()))
            except AssistError as error:
                body = bytes(problem_of(error, request_id=request_id).body)
                await send.send(event("error", body.decode()))

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(work)
        async with receive:
            while True:
                try:
                    with anyio.fail_after(KEEP_ALIVE_S):
                        yield await receive.receive()
                except TimeoutError:
                    yield ": keep-alive\n\n"
                except anyio.EndOfStream:
                    return
