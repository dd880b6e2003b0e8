import json
from collections.abc import AsyncIterator, Callable

import httpx2
import numpy as np
import pytest

from assist.errors import ProviderBusy, ProviderDown, ProviderReplyBad, ProviderTimeout
from assist.providers.http_embedder import HttpEmbedder, open_http_embedder

Answer = Callable[[httpx2.Request], httpx2.Response]


class Endpoint:
    """Answers each text with its length, unless it has been given other answers first."""

    def __init__(self) -> None:
        self.first: list[Answer] = []
        self.requests: list[httpx2.Request] = []
        self.inputs: list[list[str]] = []
        self.pauses: list[float] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        inputs = json.loads(request.content)["input"]
        self.inputs.append(inputs)
        if self.first:
            return self.first.pop(0)(request)
        data = [{"index": n, "embedding": [float(len(t)), 1.0]} for n, t in enumerate(inputs)]
        return httpx2.Response(200, json={"data": data[::-1], "model": "m"})

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)


@pytest.fixture
def endpoint() -> Endpoint:
    return Endpoint()


@pytest.fixture
async def client(endpoint: Endpoint) -> AsyncIterator[httpx2.AsyncClient]:
    async with httpx2.AsyncClient(transport=httpx2.MockTransport(endpoint)) as client:
        yield client


@pytest.fixture
def embedder(client: httpx2.AsyncClient, endpoint: Endpoint) -> HttpEmbedder:
    return HttpEmbedder(
        client,
        base_url="https://models.example.com/v1/",
        model="bge-m3",
        dimension=2,
        api_key="sk-1",
        pause=endpoint.pause,
    )


def status(code: int, **headers: str) -> Answer:
    return lambda request: httpx2.Response(
        code, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )


def reply(body: object) -> Answer:
    return lambda request: httpx2.Response(200, json=body)


async def test_rows_come_in_the_order_of_the_texts_with_length_1(
    embedder: HttpEmbedder, endpoint: Endpoint
) -> None:
    rows = await embedder.embed(["退货", "退货运费谁出"], kind="query")
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1.0)
    assert rows[0, 0] < rows[1, 0]
    request = endpoint.requests[0]
    assert str(request.url) == "https://models.example.com/v1/embeddings"
    assert request.headers["authorization"] == "Bearer sk-1"
    assert json.loads(request.content)["model"] == "bge-m3"
    assert embedder.id == "openai:bge-m3"


async def test_many_texts_go_out_in_several_requests(
    embedder: HttpEmbedder, endpoint: Endpoint
) -> None:
    rows = await embedder.embed([str(n) for n in range(130)], kind="passage")
    assert rows.shape == (130, 2)
    assert [len(inputs) for inputs in endpoint.inputs] == [64, 64, 2]
    assert (await embedder.embed([], kind="query")).shape == (0, 2)


async def test_queries_and_passages_get_the_models_prefixes_and_one_spelling(
    client: httpx2.AsyncClient, endpoint: Endpoint
) -> None:
    embedder = HttpEmbedder(
        client, base_url="http://h/v1", model="intfloat/multilingual-e5-small", dimension=2
    )
    await embedder.embed(["怎麼退貨"], kind="query")
    await embedder.embed(["７天"], kind="passage")
    assert endpoint.inputs == [["query: 怎么退货"], ["passage: 7天"]]
    assert "authorization" not in endpoint.requests[0].headers


async def test_a_passing_failure_is_tried_again(embedder: HttpEmbedder, endpoint: Endpoint) -> None:
    endpoint.first = [status(503), status(429, retry_after="2")]
    assert (await embedder.embed(["退货"], kind="query")).shape == (1, 2)
    assert len(endpoint.requests) == 3
    assert endpoint.pauses[1] == 2.0


async def test_tries_are_bounded_and_the_last_failure_is_told(
    embedder: HttpEmbedder, endpoint: Endpoint
) -> None:
    endpoint.first = [status(503)] * 3
    with pytest.raises(ProviderDown, match="503"):
        await embedder.embed(["退货"], kind="query")
    assert len(endpoint.requests) == 3


async def test_an_endpoint_that_wants_a_long_pause_is_busy(
    embedder: HttpEmbedder, endpoint: Endpoint
) -> None:
    endpoint.first = [status(429, retry_after="3600")]
    with pytest.raises(ProviderBusy) as caught:
        await embedder.embed(["退货"], kind="query")
    assert caught.value.retry_after_s == 3600.0
    assert endpoint.pauses == []


async def test_a_refusal_is_not_tried_again(embedder: HttpEmbedder, endpoint: Endpoint) -> None:
    endpoint.first = [status(401)]
    with pytest.raises(ProviderDown, match="401"):
        await embedder.embed(["退货"], kind="query")
    assert len(endpoint.requests) == 1


def late(request: httpx2.Request) -> httpx2.Response:
    raise httpx2.ReadTimeout("late", request=request)


def gone(request: httpx2.Request) -> httpx2.Response:
    raise httpx2.ConnectError("gone", request=request)


@pytest.mark.parametrize(("answer", "error"), [(late, ProviderTimeout), (gone, ProviderDown)])
async def test_errors_of_the_connection_are_named(
    embedder: HttpEmbedder, endpoint: Endpoint, answer: Answer, error: type[Exception]
) -> None:
    endpoint.first = [answer] * 3
    with pytest.raises(error):
        await embedder.embed(["退货"], kind="query")


@pytest.mark.parametrize(
    "body",
    [
        {"error": "no"},
        {"data": []},
        {"data": [{"index": 1, "embedding": [1.0, 0.0]}]},
        {"data": [{"index": 0, "embedding": [1.0, 0.0, 0.0]}]},
        {"data": [{"index": 0, "embedding": [0.0, 0.0]}]},
        {"data": [{"index": 0, "embedding": []}]},
        {"data": [{"index": 0, "embedding": "AAAA"}]},
    ],
    ids=["no data", "too few", "wrong index", "dimension", "no direction", "empty", "base64"],
)
async def test_a_reply_that_is_no_embedding_is_refused(
    embedder: HttpEmbedder, endpoint: Endpoint, body: object
) -> None:
    endpoint.first = [reply(body)]
    with pytest.raises(ProviderReplyBad):
        await embedder.embed(["退货"], kind="query")


async def test_a_web_page_is_no_reply(embedder: HttpEmbedder, endpoint: Endpoint) -> None:
    endpoint.first = [lambda request: httpx2.Response(200, html="<html></html>")]
    with pytest.raises(ProviderReplyBad):
        await embedder.embed(["退货"], kind="query")


async def test_the_dimension_of_an_endpoint_can_be_asked_for(client: httpx2.AsyncClient) -> None:
    embedder = await open_http_embedder(client, base_url="http://h/v1", model="m")
    assert embedder.dimension == 2
