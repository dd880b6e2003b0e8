"""A release built by a process of its own, so that no search waits for it."""

import sys
from collections.abc import AsyncIterator

import anyio
from anyio.abc import ByteReceiveStream
from pydantic import BaseModel, ConfigDict

from assist import errors
from assist.errors import AssistError, IndexUnusable
from assist.index.embed import Progress
from assist.records import Release

BUILDER = "assist.cli.build"
"""The program that the process runs."""


class Order(BaseModel):
    """What the process is told, in one line."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    settings: dict[str, object]
    through_seq: int
    full: bool


class Told(BaseModel):
    """What the process tells, a line each time; the last holds a release or an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    done: int = 0
    total: int = 0
    release: Release | None = None
    error: str | None = None
    """The name of the error's class."""
    message: str = ""


class BuildApart:
    """Builds in a process that ends with this one, or with the task that waits for it."""

    def __init__(self, settings: dict[str, object]) -> None:
        self._settings = settings

    async def __call__(self, *, through_seq: int, full: bool, progress: Progress) -> Release:
        order = Order(settings=self._settings, through_seq=through_seq, full=full)
        command = [sys.executable, "-m", BUILDER]
        # A session of its own: an interrupt at the terminal is this process' to answer.
        async with await anyio.open_process(command, stderr=None, start_new_session=True) as made:
            assert made.stdin is not None
            assert made.stdout is not None
            # Left open: its end tells the process that nobody waits for it any more.
            await made.stdin.send(order.model_dump_json().encode() + b"\n")
            async for line in _lines(made.stdout):
                told = Told.model_validate_json(line)
                if told.release is not None:
                    return told.release
                if told.error is not None:
                    raise _raised(told)
                progress(told.done, told.total)
            code = await made.wait()
        raise IndexUnusable(f"the process that built the release ended with {code}")


async def _lines(stream: ByteReceiveStream) -> AsyncIterator[bytes]:
    rest = b""
    async for chunk in stream:
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            yield line


def _raised(told: Told) -> AssistError:
    kind = getattr(errors, told.error or "", None)
    if isinstance(kind, type) and issubclass(kind, AssistError):
        return kind(told.message)
    return IndexUnusable(told.message)
