"""Anthropic's own Messages API, streamed; it gives no log probabilities."""

from collections.abc import AsyncGenerator
from typing import Literal

import httpx2
from pydantic import BaseModel, ValidationError

from assist.errors import ProviderBusy, ProviderDown, ProviderReplyBad
from assist.providers.breaker import Passing
from assist.providers.endpoint import DEFAULT_LIMITS, Dialect, Endpoint, Limits, Piece
from assist.providers.vendors import ModelSpec, address, credentials, sampling
from assist.records import Prompt, Reply

_VERSION = "2023-06-01"
_ENDED = {"end_turn", "stop_sequence"}
_LOAD = {"overloaded_error", "rate_limit_error"}


class AnthropicChat:
    """One Claude model."""

    def __init__(
        self,
        spec: ModelSpec,
        *,
        client: httpx2.AsyncClient,
        api_key: str | None,
        base_url: str | None = None,
        temperature: float = 0.2,
        max_tokens: int = 800,
        limits: Limits = DEFAULT_LIMITS,
    ) -> None:
        vendor = spec.vendor
        self.name = spec.name
        self._body = {
            "model": spec.model,
            "stream": True,
            vendor.max_tokens_field: max_tokens,
            **sampling(vendor, temperature),
        }
        self._endpoint = Endpoint(
            client=client,
            url=address(vendor, base_url, "/messages"),
            headers={
                "anthropic-version": _VERSION,
                **credentials(vendor, base_url, api_key),
            },
            dialect=Dialect(event=_event, whole=_whole),
            limits=limits,
        )

    def stream(self, prompt: Prompt) -> AsyncGenerator[Reply, None]:
        """Yield the reply as it comes. Raises ProviderError."""
        messages = [{"role": "user", "content": prompt.user}]
        return self._endpoint.stream(
            {**self._body, "system": prompt.system, "messages": messages}, {}
        )


class _Error(BaseModel):
    type: str = ""


class _Delta(BaseModel):
    type: str = ""
    text: str | None = None
    stop_reason: str | None = None


class _Event(BaseModel):
    type: str
    delta: _Delta | None = None
    error: _Error | None = None


class _Block(BaseModel):
    type: str
    text: str | None = None


class _Message(BaseModel):
    type: Literal["message"]
    content: list[_Block]
    stop_reason: str | None


def _event(event: str) -> Piece[Reply]:
    try:
        read = _Event.model_validate_json(event)
    except ValidationError:
        # Its message would quote the reply.
        raise ProviderReplyBad("the model's reply has another form than the API's") from None
    if read.type == "error":
        raise Passing(_error(read.error))
    delta = read.delta or _Delta()
    if delta.stop_reason:
        _check_end(delta.stop_reason)
    text = delta.text if delta.type == "text_delta" else None
    return Piece(
        reply=Reply(text=text) if text else None,
        finished=delta.stop_reason is not None or read.type == "message_stop",
    )


def _whole(content: bytes) -> Reply:
    try:
        message = _Message.model_validate_json(content)
    except ValidationError:
        raise ProviderReplyBad("the model's reply has another form than the API's") from None
    _check_end(message.stop_reason)
    text = "".join(block.text or "" for block in message.content if block.type == "text")
    if not text:
        raise ProviderReplyBad("the model's reply has no text")
    return Reply(text=text)


def _check_end(reason: str | None) -> None:
    if reason not in _ENDED:
        raise ProviderReplyBad("the model did not end its reply of its own accord")


def _error(error: _Error | None) -> ProviderBusy | ProviderDown:
    if error is not None and error.type in _LOAD:
        return ProviderBusy("the model endpoint refused for load")
    return ProviderDown("the model endpoint reported an error instead of a reply")
