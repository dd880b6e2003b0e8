"""Embeddings from an OpenAI-compatible endpoint: OpenAI itself, vLLM, TEI, Ollama and others."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from math import isfinite
from typing import Literal

import httpx2
import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from assist.errors import (
    ProviderBusy,
    ProviderDown,
    ProviderReplyBad,
    ProviderTimeout,
)
from assist.providers.access import bearer, url_under
from assist.providers.breaker import Passing
from assist.providers.text_prefixes import prefixes_for
from assist.records import Floats
from assist.text.normalise import fold

_AT_ONCE = 64
"""Texts in one request; some endpoints take no more than 64 or 100."""
_RETRIES = 2
_BACKOFF_S = 0.3
_LONGEST_PAUSE_S = 10.0
_BUSY = {429, 529}
_PASSING = {408, 500, 502, 503, 504}

Pause = Callable[[float], Awaitable[None]]


class _Embedding(BaseModel):
    model_config = ConfigDict(extra="ignore")

    index: int
    embedding: list[float]


class _Reply(BaseModel):
    model_config = ConfigDict(extra="ignore")

    data: list[_Embedding]


class HttpEmbedder:
    """Holds the client; the texts of one call go out in requests one after the other."""

    def __init__(
        self,
        client: httpx2.AsyncClient,
        *,
        base_url: str,
        model: str,
        dimension: int,
        api_key: str | None = None,
        timeout_s: float = 20.0,
        pause: Pause = asyncio.sleep,
    ) -> None:
        """Raises SettingsInvalid when the address or the key is wrong."""
        self.id = f"openai:{model}"
        self.dimension = dimension
        self._client = client
        self._url = url_under(base_url, "/embeddings", of="embedder")
        self._model = model
        self._headers = bearer(api_key, of="embedder")
        self._timeout = httpx2.Timeout(timeout_s, connect=min(3.0, timeout_s))
        self._prefixes = prefixes_for(model)
        self._pause = pause

    async def embed(self, texts: Sequence[str], *, kind: Literal["query", "passage"]) -> Floats:
        """Return one row of length 1 a text.

        Raises ProviderTimeout, ProviderBusy, ProviderDown or ProviderReplyBad.
        """
        before = self._prefixes.before(kind)
        inputs = [before + fold(text) for text in texts]
        starts = range(0, len(inputs), _AT_ONCE)
        rows = [await self._rows(inputs[start : start + _AT_ONCE]) for start in starts]
        return np.concatenate(rows) if rows else np.empty((0, self.dimension), dtype=np.float32)

    async def probed_dimension(self) -> int:
        """Ask for one vector and return how many numbers it has. Raises ProviderError."""
        return int(_read(await self._asked(["你好"]), 1).shape[1])

    async def _rows(self, inputs: Sequence[str]) -> Floats:
        rows = _read(await self._asked(inputs), len(inputs))
        if rows.shape[1] != self.dimension:
            raise ProviderReplyBad(
                f"{self.id} gave vectors of {rows.shape[1]} numbers instead of {self.dimension}"
            )
        return rows

    async def _asked(self, inputs: Sequence[str]) -> bytes:
        """Return the reply to one request, tried again while an error may pass."""
        tried = 0
        while True:
            try:
                return await self._once(inputs)
            except Passing as passing:
                wait_s = _backoff_s(tried) if passing.after_s is None else passing.after_s
                tried += 1
                if tried > _RETRIES or wait_s > _LONGEST_PAUSE_S:
                    raise passing.error from passing
                await self._pause(wait_s)

    async def _once(self, inputs: Sequence[str]) -> bytes:
        body = {"model": self._model, "input": list(inputs), "encoding_format": "float"}
        try:
            response = await self._client.post(
                self._url,
                json=body,
                headers=self._headers,
                timeout=self._timeout,
                follow_redirects=False,
            )
        except httpx2.TimeoutException as error:
            late = ProviderTimeout("the embeddings endpoint did not answer in time")
            raise Passing(late) from error
        except httpx2.HTTPError as error:
            down = ProviderDown("the embeddings endpoint cannot be reached")
            raise Passing(down) from error
        _accept(response)
        return response.content


async def open_http_embedder(
    client: httpx2.AsyncClient, *, base_url: str, model: str, api_key: str | None = None
) -> HttpEmbedder:
    """Return an embedder for an endpoint whose dimension is not known yet: it is asked for one.

    Raises SettingsInvalid, ProviderError.
    """
    probe = HttpEmbedder(client, base_url=base_url, model=model, dimension=0, api_key=api_key)
    dimension = await probe.probed_dimension()
    return HttpEmbedder(
        client, base_url=base_url, model=model, dimension=dimension, api_key=api_key
    )


def _accept(response: httpx2.Response) -> None:
    """Pass a reply; name the fact of anything else. What an endpoint says of it is never read."""
    status = response.status_code
    if status == 200:
        return
    after_s = _seconds(response.headers.get("retry-after"))
    if status in _BUSY:
        busy = ProviderBusy("the embeddings endpoint refused for load", retry_after_s=after_s)
        raise Passing(busy, after_s=after_s)
    down = ProviderDown(f"the embeddings endpoint answered with HTTP {status}")
    raise Passing(down, after_s=after_s) if status in _PASSING else down


def _backoff_s(tried: int) -> float:
    # Spread out, so that calls that failed together do not come back together.
    return _BACKOFF_S * 2.0**tried * random.uniform(0.5, 1.0)


def _seconds(header: str | None) -> float | None:
    try:
        seconds = float(header or "")
    except ValueError:
        return None
    return max(seconds, 0.0) if isfinite(seconds) else None


def _read(content: bytes, count: int) -> Floats:
    """Return the vectors of a reply in the order of the inputs, each made 1 long."""
    try:
        data = _Reply.model_validate_json(content).data
    except ValidationError as error:
        raise ProviderReplyBad("the embeddings endpoint's reply has no embeddings") from error
    if sorted(item.index for item in data) != list(range(count)):
        raise ProviderReplyBad(f"the embeddings endpoint did not embed all of {count} texts")
    ordered = [item.embedding for item in sorted(data, key=lambda item: item.index)]
    if len({len(row) for row in ordered}) != 1 or not ordered[0]:
        raise ProviderReplyBad("the embeddings endpoint gave vectors of different lengths")
    rows = np.array(ordered, dtype=np.float32)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    if not np.isfinite(lengths).all() or not lengths.all():
        raise ProviderReplyBad("the embeddings endpoint gave a vector without a direction")
    unit: Floats = rows / lengths
    return unit
