"""Against real servers on the loopback, one of each API."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import httpx2
import pytest
from fastapi import FastAPI, Request, Response

from assist.errors import ProviderDown, ProviderReplyBad, ProviderTimeout, SettingsInvalid
from assist.providers.endpoint import Limits
from assist.providers.http_reranker import HttpReranker, Style

Served = Callable[[FastAPI], AbstractAsyncContextManager[str]]
Answer = Callable[[dict[str, object]], object]
ONE_TRY = Limits(total_s=5, retries=0)
TEXTS = ("退货", "退货运费谁出", "运费")


class Server:
    """Answers each request the same way, and keeps what it was asked."""

    def __init__(self, answer: Answer | str, *, status: int = 200) -> None:
        self.status = status
        self.requests: list[tuple[str, dict[str, object], str | None]] = []
        self.app = FastAPI()

        @self.app.post("/{path:path}")
        async def rerank(path: str, request: Request) -> Response:
            body = await request.json()
            self.requests.append((path, body, request.headers.get("authorization")))
            content = answer if isinstance(answer, str) else json.dumps(answer(body))
            return Response(content, status_code=self.status, media_type="application/json")


def by_length(name: str, texts: object) -> list[dict[str, float]]:
    """Score each text by its length, and give the best first, as servers do."""
    assert isinstance(texts, list)
    scores = [{"index": at, name: len(text) / 10} for at, text in enumerate(texts)]
    return sorted(scores, key=lambda one: -one[name])


def tei(body: dict[str, object]) -> object:
    return by_length("score", body["texts"])


def results(body: dict[str, object]) -> object:
    return {"model": body["model"], "results": by_length("relevance_score", body["documents"])}


@asynccontextmanager
async def reranking(
    served: Served,
    server: Server,
    style: Style = "tei",
    *,
    path: str = "",
    limits: Limits = ONE_TRY,
) -> AsyncIterator[HttpReranker]:
    async with served(server.app) as url, httpx2.AsyncClient(trust_env=False) as client:
        yield HttpReranker(
            style,
            "bge-reranker-base",
            client=client,
            base_url=url + path,
            api_key="sk-1",
            limits=limits,
        )


async def test_tei_is_asked_with_texts_and_scores_come_in_their_order(served: Served) -> None:
    server = Server(tei)
    async with reranking(served, server) as reranker:
        assert await reranker.rerank("运费谁出", TEXTS) == (0.2, 0.6, 0.2)
    path, body, key = server.requests[0]
    assert (path, key) == ("rerank", "Bearer sk-1")
    assert (body["query"], body["texts"]) == ("运费谁出", list(TEXTS))
    assert body["truncate"] is True
    assert reranker.id == "tei:bge-reranker-base"


@pytest.mark.parametrize("style", ["jina", "cohere"])
async def test_jina_and_cohere_are_asked_for_all_documents_of_a_model(
    served: Served, style: Style
) -> None:
    server = Server(results)
    async with reranking(served, server, style, path="/v1/") as reranker:
        assert await reranker.rerank("运费谁出", TEXTS) == (0.2, 0.6, 0.2)
    path, body, _ = server.requests[0]
    assert path == "v1/rerank"
    assert body == {
        "model": "bge-reranker-base",
        "query": "运费谁出",
        "documents": list(TEXTS),
        "top_n": 3,
    }


async def test_logits_become_likelihoods_in_the_same_order(served: Served) -> None:
    logits = '[{"index":0,"score":-800.0},{"index":2,"score":0.0},{"index":1,"score":3.0}]'
    async with reranking(served, Server(logits)) as reranker:
        none, likely, even = await reranker.rerank("运费谁出", TEXTS)
    assert none == pytest.approx(0.0)
    assert likely == pytest.approx(0.9526, abs=1e-4)
    assert even == pytest.approx(0.5)


@pytest.mark.parametrize(
    "reply",
    [
        '[{"index":0,"score":0.5},{"index":1,"score":0.5}]',
        '[{"index":0,"score":0.5},{"index":1,"score":0.5},{"index":3,"score":0.5}]',
        '[{"index":0,"score":0.5},{"index":1,"score":0.5},{"index":1,"score":0.5}]',
        '[{"index":0,"score":0.5},{"index":1,"score":0.5},{"index":-1,"score":0.5}]',
        '[{"index":0,"score":0.5},{"index":1,"score":NaN},{"index":2,"score":0.5}]',
        '[{"index":0,"score":0.5},{"index":1,"score":1e999},{"index":2,"score":0.5}]',
        '{"error":"Model is not a re-ranker model"}',
        "[]",
        "[",
    ],
    ids=[
        "too few",
        "a place too many",
        "a place twice",
        "a negative place",
        "not a number",
        "infinite",
        "an error",
        "nothing",
        "cut off",
    ],
)
async def test_a_reply_that_is_no_ranking_is_refused(served: Served, reply: str) -> None:
    async with reranking(served, Server(reply)) as reranker:
        with pytest.raises(ProviderReplyBad):
            await reranker.rerank("运费谁出", TEXTS)


async def test_what_an_endpoint_says_of_its_failure_is_not_repeated(served: Served) -> None:
    async with reranking(served, Server('"secret trace"', status=500)) as reranker:
        with pytest.raises(ProviderDown, match="500") as caught:
            await reranker.rerank("运费谁出", TEXTS)
    assert "secret" not in caught.value.message


async def test_a_stream_is_no_ranking(served: Served) -> None:
    app = FastAPI()

    @app.post("/rerank")
    async def rerank() -> Response:
        return Response("data: []\n\n", media_type="text/event-stream")

    server = Server("")
    server.app = app
    async with reranking(served, server) as reranker:
        with pytest.raises(ProviderReplyBad):
            await reranker.rerank("运费谁出", TEXTS)


async def test_a_server_that_never_answers_is_left_at_the_deadline(served: Served) -> None:
    app = FastAPI()

    @app.post("/rerank")
    async def rerank(request: Request) -> None:
        await request.body()
        # Nothing more comes but the news that the caller has gone.
        await request.receive()

    server = Server("")
    server.app = app
    async with reranking(served, server, limits=Limits(total_s=0.2)) as reranker:
        with pytest.raises(ProviderTimeout):
            await reranker.rerank("运费谁出", TEXTS)


async def test_an_endpoint_that_keeps_failing_is_left_to_recover(served: Served) -> None:
    server = Server("null", status=500)
    async with reranking(served, server) as reranker:
        for _ in range(7):
            with pytest.raises(ProviderDown):
                await reranker.rerank("运费谁出", TEXTS)
    assert len(server.requests) == 5


async def test_only_failures_in_a_row_count(served: Served) -> None:
    server = Server(tei, status=500)
    async with reranking(served, server) as reranker:
        for _ in range(3):
            for _ in range(4):
                with pytest.raises(ProviderDown, match="500"):
                    await reranker.rerank("运费谁出", TEXTS)
            server.status = 200
            await reranker.rerank("运费谁出", TEXTS)
            server.status = 500


@pytest.mark.parametrize(
    ("style", "base_url", "api_key", "told"),
    [
        ("tei", None, None, "ASSIST_RERANKER_BASE_URL"),
        ("tei", "localhost:8080", None, "base URL of the reranker"),
        ("jina", None, "sk-密钥", "API key of the reranker"),
    ],
)
async def test_a_wrong_address_or_key_is_a_wrong_setting(
    style: Style, base_url: str | None, api_key: str | None, told: str
) -> None:
    async with httpx2.AsyncClient() as client:
        with pytest.raises(SettingsInvalid, match=told) as caught:
            HttpReranker(
                style, "m", client=client, base_url=base_url, api_key=api_key, limits=ONE_TRY
            )
    assert "密钥" not in caught.value.message
