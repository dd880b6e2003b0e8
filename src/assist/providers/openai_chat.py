"""Any endpoint that speaks OpenAI's chat completions: vendors' clouds, vLLM, Ollama, llama.cpp."""

from collections.abc import AsyncGenerator
from math import isfinite

import httpx2
from pydantic import BaseModel, ValidationError

from assist.errors import ProviderDown, ProviderReplyBad
from assist.providers.breaker import Passing
from assist.providers.endpoint import DEFAULT_LIMITS, Dialect, Endpoint, Limits, Piece
from assist.providers.sse import DONE
from assist.providers.vendors import ModelSpec, address, credentials, sampling
from assist.records import Prompt, Reply, Token

_ENDED = {"stop", "eos", "end_turn", "stop_sequence"}
_NOT_YET = {None, "", "null"}


class OpenAIChat:
    """One model of one endpoint; always asks for a stream, and takes a whole reply too."""

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
        self._extras = {**vendor.thinking_off, **({"logprobs": True} if vendor.logprobs else {})}
        self._endpoint = Endpoint(
            client=client,
            url=address(vendor, base_url, "/chat/completions"),
            headers=credentials(vendor, base_url, api_key),
            dialect=Dialect(event=_event, whole=_whole),
            limits=limits,
        )

    def stream(self, prompt: Prompt) -> AsyncGenerator[Reply, None]:
        """Yield the reply as it comes. Raises ProviderError."""
        messages = [
            {"role": "system", "content": prompt.system},
            {"role": "user", "content": prompt.user},
        ]
        return self._endpoint.stream({**self._body, "messages": messages}, self._extras)


class _Logprob(BaseModel):
    token: str
    logprob: float | None = None


class _Logprobs(BaseModel):
    content: list[_Logprob] | None = None


class _Said(BaseModel):
    content: str | None = None
    refusal: str | None = None
    tool_calls: list[object] | None = None


class _Choice(BaseModel):
    index: int = 0
    delta: _Said | None = None
    message: _Said | None = None
    logprobs: _Logprobs | None = None
    finish_reason: str | None = None


class _Completion(BaseModel):
    """A streamed chunk or a whole reply; the one that only counts tokens has no choices."""

    choices: list[_Choice] | None = None
    error: object = None


def _event(event: str) -> Piece[Reply]:
    if event.strip() == DONE:
        return Piece(finished=True)
    choice = _choice(event)
    if choice is None:
        return Piece()
    return Piece(reply=_reply(choice), finished=choice.finish_reason not in _NOT_YET)


def _whole(content: bytes) -> Reply:
    choice = _choice(content)
    reply = _reply(choice) if choice else None
    if reply is None:
        raise ProviderReplyBad("the model's reply has no text")
    return reply


def _choice(content: str | bytes) -> _Choice | None:
    try:
        completion = _Completion.model_validate_json(content)
    except ValidationError:
        # Its message would quote the reply.
        raise ProviderReplyBad("the model's reply has another form than the API's") from None
    if completion.error:
        raise Passing(ProviderDown("the model endpoint reported an error instead of a reply"))
    return next((choice for choice in completion.choices or () if choice.index == 0), None)


def _reply(choice: _Choice) -> Reply | None:
    said = choice.delta or choice.message or _Said()
    if said.tool_calls or said.refusal:
        raise ProviderReplyBad("the model did something else than answer")
    if choice.finish_reason not in _NOT_YET | _ENDED:
        raise ProviderReplyBad("the model did not end its reply of its own accord")
    if not said.content:
        return None
    logprobs = choice.logprobs.content if choice.logprobs else None
    tokens = tuple(
        Token(text=each.token, logprob=each.logprob)
        for each in logprobs or ()
        if each.logprob is not None and isfinite(each.logprob)
    )
    return Reply(text=said.content, tokens=tokens)
