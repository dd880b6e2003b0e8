"""A reranker behind HTTP: Text Embeddings Inference (TEI), or what speaks like Jina and Cohere."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import tanh
from typing import Literal

import httpx2
from pydantic import BaseModel, FiniteFloat, TypeAdapter, ValidationError

from assist.errors import ProviderReplyBad, SettingsInvalid
from assist.providers.access import bearer, url_under
from assist.providers.endpoint import Dialect, Endpoint, Limits, Piece

Style = Literal["tei", "jina", "cohere"]
Scored = tuple[tuple[int, float], ...]
"""Places of texts in the request, each with its score."""


class _TeiScore(BaseModel):
    index: int
    score: FiniteFloat


class _Result(BaseModel):
    index: int
    relevance_score: FiniteFloat


class _Results(BaseModel):
    results: list[_Result]


_TEI_SCORES = TypeAdapter(list[_TeiScore])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Api:
    base_url: str | None
    """None where every installation has an address of its own."""
    ask: Callable[[str, str, Sequence[str]], Mapping[str, object]]
    """Model, query and texts to the body of a request."""
    read: Callable[[bytes], Scored]


def _ask_tei(model: str, query: str, texts: Sequence[str]) -> Mapping[str, object]:
    # The server holds one model; a pair that is too long for it would be refused.
    return {"query": query, "texts": list(texts), "raw_scores": False, "truncate": True}


def _ask_results(model: str, query: str, texts: Sequence[str]) -> Mapping[str, object]:
    return {"model": model, "query": query, "documents": list(texts), "top_n": len(texts)}


def _read_tei(content: bytes) -> Scored:
    return tuple((one.index, one.score) for one in _TEI_SCORES.validate_json(content))


def _read_results(content: bytes) -> Scored:
    results = _Results.model_validate_json(content).results
    return tuple((one.index, one.relevance_score) for one in results)


_APIS: Mapping[Style, _Api] = {
    "tei": _Api(base_url=None, ask=_ask_tei, read=_read_tei),
    "jina": _Api(base_url="https://api.jina.ai/v1", ask=_ask_results, read=_read_results),
    "cohere": _Api(base_url="https://api.cohere.com/v2", ask=_ask_results, read=_read_results),
}


class HttpReranker:
    """Holds the endpoint; its deadline is the reranker's."""

    def __init__(
        self,
        style: Style,
        model: str,
        *,
        client: httpx2.AsyncClient,
        base_url: str | None,
        api_key: str | None,
        limits: Limits,
    ) -> None:
        """Raises SettingsInvalid when the address is missing or wrong, or the key is."""
        api = _APIS[style]
        if base_url is None and api.base_url is None:
            raise SettingsInvalid(
                f"the reranker {style}:{model} needs ASSIST_RERANKER_BASE_URL, "
                "such as http://localhost:8080"
            )
        self.id = f"{style}:{model}"
        self._model = model
        self._ask = api.ask
        self._endpoint = Endpoint(
            client=client,
            url=url_under(base_url or api.base_url or "", "/rerank", of="reranker"),
            headers=bearer(api_key, of="reranker"),
            dialect=Dialect(event=_no_event, whole=lambda content: _parsed(api, content)),
            limits=limits,
        )

    async def rerank(self, query: str, texts: Sequence[str]) -> tuple[float, ...]:
        """Return for each text how likely it answers, 0 to 1. Raises ProviderError."""
        body = self._ask(self._model, query, texts)
        # Read to its end: a reply that is left earlier does not count as a success.
        (scored,) = [reply async for reply in self._endpoint.stream(body, {})]
        if sorted(place for place, _ in scored) != list(range(len(texts))):
            raise ProviderReplyBad(f"the reranker did not score each of {len(texts)} texts once")
        return _likely([score for _, score in sorted(scored)])


def _parsed(api: _Api, content: bytes) -> Scored:
    try:
        return api.read(content)
    except ValidationError:
        # Its message would quote the reply.
        raise ProviderReplyBad("the reranker's reply has another form than the API's") from None


def _no_event(event: str) -> Piece[Scored]:
    raise ProviderReplyBad("the reranker answered with a stream")


def _likely(scores: Sequence[float]) -> tuple[float, ...]:
    """Return the scores between 0 and 1: some servers give the model's logits as they are."""
    if all(0 <= score <= 1 for score in scores):
        return tuple(scores)
    return tuple((1 + tanh(score / 2)) / 2 for score in scores)
