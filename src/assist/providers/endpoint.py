"""One model endpoint over HTTP: deadline, retries, breaker, size cap, and errors in our own words.

What an endpoint says about an error is never read, so it cannot reach an agent or a log.
"""

import asyncio
import random
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from math import isfinite
from typing import Generic, TypeVar

import httpx2

from assist.errors import (
    ProviderBusy,
    ProviderDown,
    ProviderReplyBad,
    ProviderTimeout,
)
from assist.providers.breaker import Breaker, Passing
from assist.providers.sse import EventReader

_BACKOFF_S = 0.3
_BUSY = {429, 529}
_PASSING = {408, 500, 502, 503, 504}
Result = TypeVar("Result")
Given = TypeVar("Given")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    total_s: float = 20.0
    """Deadline of one reply, retries and pauses included."""
    connect_s: float = 3.0
    read_s: float = 15.0
    """Longest silence between two pieces of a reply."""
    retries: int = 2
    """Further tries, made only while nothing of a reply has arrived."""
    reply_bytes: int = 4_000_000


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece(Generic[Given]):
    """What one streamed event says."""

    reply: Given | None = None
    finished: bool = False
    """Whether the reply is whole with this event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect(Generic[Given]):
    """How one API writes a reply, streamed and whole. Both raise ProviderError."""

    event: Callable[[str], Piece[Given]]
    whole: Callable[[bytes], Given]


class _ExtrasRefused(Exception):
    """The endpoint may have refused the request for its optional fields."""


class Endpoint(Generic[Given]):
    """Holds what outlives a call: the client, the breaker, and whether extras were refused."""

    def __init__(
        self,
        *,
        client: httpx2.AsyncClient,
        url: str,
        headers: Mapping[str, str],
        dialect: Dialect[Given],
        limits: Limits,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = client
        self._url = url
        # A packed stream could unpack to any size before the cap sees it.
        self._headers = {**headers, "accept-encoding": "identity"}
        self._dialect = dialect
        self._limits = limits
        self._pause = pause
        self._breaker = Breaker(clock=clock)
        self._extras_refused = False

    async def stream(
        self, body: Mapping[str, object], extras: Mapping[str, object]
    ) -> AsyncGenerator[Given, None]:
        """Yield the reply's pieces. ``extras`` are left out once the endpoint has refused them.

        Raises ProviderTimeout, ProviderBusy, ProviderDown or ProviderReplyBad.
        """
        deadline = _now() + self._limits.total_s
        tried, begun, refused = 0, False, False
        extras = {} if self._extras_refused else extras
        while True:
            try:
                async with aclosing(self._attempt(body, extras, deadline)) as replies:
                    async for reply in replies:
                        begun = True
                        self._extras_refused = self._extras_refused or refused
                        yield reply
                return
            except _ExtrasRefused:
                extras, refused = {}, True
            except Passing as passing:
                wait_s = _backoff_s(tried) if passing.after_s is None else passing.after_s
                tried += 1
                if begun or tried > self._limits.retries or _now() + wait_s >= deadline:
                    raise passing.error from passing
                await self._pause(wait_s)

    async def _attempt(
        self, body: Mapping[str, object], extras: Mapping[str, object], deadline: float
    ) -> AsyncGenerator[Given, None]:
        with self._breaker.call():
            response = await self._send({**body, **extras}, deadline)
            try:
                if extras and response.status_code in {400, 422}:
                    raise _ExtrasRefused
                _accept(response)
                read = self._whole if _is_json(response) else self._events
                async with aclosing(read(response, deadline)) as replies:
                    async for reply in replies:
                        yield reply
            finally:
                await response.aclose()

    async def _send(self, payload: Mapping[str, object], deadline: float) -> httpx2.Response:
        limits = self._limits
        request = self._client.build_request(
            "POST",
            self._url,
            json=payload,
            headers=self._headers,
            timeout=httpx2.Timeout(limits.read_s, connect=limits.connect_s),
        )
        return await _in_time(
            self._client.send(request, stream=True, follow_redirects=False), deadline
        )

    async def _events(
        self, response: httpx2.Response, deadline: float
    ) -> AsyncGenerator[Given, None]:
        reader = EventReader()
        async with aclosing(self._chunks(response, deadline)) as chunks:
            async for chunk in chunks:
                # The empty chunk at the end has the reader give what no blank line has ended.
                for event in reader.feed(chunk) if chunk else reader.close():
                    piece = self._dialect.event(event)
                    if piece.reply is not None:
                        yield piece.reply
                    if piece.finished:
                        return
        raise ProviderReplyBad("the model's reply broke off")

    async def _whole(
        self, response: httpx2.Response, deadline: float
    ) -> AsyncGenerator[Given, None]:
        async with aclosing(self._chunks(response, deadline)) as chunks:
            yield self._dialect.whole(b"".join([chunk async for chunk in chunks]))

    async def _chunks(
        self, response: httpx2.Response, deadline: float
    ) -> AsyncGenerator[bytes, None]:
        """Yield the body as it comes, then an empty chunk."""
        content = response.aiter_bytes()
        size = 0
        while chunk := await _in_time(anext(content, b""), deadline):
            size += len(chunk)
            if size > self._limits.reply_bytes:
                raise ProviderReplyBad("the model's reply is too long")
            yield chunk
        yield b""


async def _in_time(work: Awaitable[Result], deadline: float) -> Result:
    """Await one step of a call; every error of the HTTP library becomes one of ours here."""
    try:
        async with asyncio.timeout_at(deadline):
            return await work
    except (TimeoutError, httpx2.TimeoutException) as error:
        raise ProviderTimeout("the model did not answer in time") from error
    except httpx2.HTTPError as error:
        down = ProviderDown("the model endpoint cannot be reached or broke the connection")
        raise Passing(down) from error


def _accept(response: httpx2.Response) -> None:
    """Pass an answer that may hold a reply; name the fact of any other."""
    status = response.status_code
    if status == 200:
        kind = response.headers.get("content-type", "").lower()
        packed = response.headers.get("content-encoding", "identity") != "identity"
        if "html" in kind or packed:
            raise ProviderReplyBad("the model endpoint answered with something that is no reply")
        return
    after_s = _retry_after_s(response.headers.get("retry-after"))
    if status in _BUSY:
        busy = ProviderBusy("the model endpoint refused for load", retry_after_s=after_s)
        raise Passing(busy, after_s=after_s)
    down = ProviderDown(f"the model endpoint answered with HTTP {status}")
    raise Passing(down, after_s=after_s) if status in _PASSING else down


def _is_json(response: httpx2.Response) -> bool:
    return "json" in response.headers.get("content-type", "").lower()


def _retry_after_s(header: str | None) -> float | None:
    """Read seconds or an HTTP date; None when it is neither."""
    if header is None:
        return None
    try:
        seconds = float(header)
    except ValueError:
        try:
            moment = parsedate_to_datetime(header)
        except ValueError:
            return None
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        seconds = (moment - datetime.now(UTC)).total_seconds()
    return max(seconds, 0.0) if isfinite(seconds) else None


def _backoff_s(tried: int) -> float:
    # Spread out, so that calls that failed together do not come back together.
    return _BACKOFF_S * 2.0**tried * random.uniform(0.5, 1.0)


def _now() -> float:
    return asyncio.get_running_loop().time()
