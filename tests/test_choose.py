"""From settings to models, against real endpoints on the loopback."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import httpx2
import numpy as np
import pytest
from fastapi import FastAPI
from pydantic import BaseModel, SecretStr
from structlog.testing import capture_logs

from assist.choose import choose_models
from assist.errors import EmbedderChanged, ProviderDown, SettingsInvalid
from assist.providers.builtin_embedder import BuiltinEmbedder
from assist.records import Question, Retrieval
from assist.settings import Settings
from assist.upkeep import first_start
from assist.wiring import open_assistant, open_builder

Served = Callable[[FastAPI], AbstractAsyncContextManager[str]]
ENTRIES = """\
{"question": "退货运费谁出", "answer": "质量问题由我们承担运费。"}
{"question": "发票怎么开", "answer": "在订单页申请电子发票。"}
{"question": "保修多久", "answer": "整机保修一年。"}
"""


class Inputs(BaseModel):
    model: str
    input: list[str]


class Texts(BaseModel):
    query: str
    texts: list[str]


def endpoint() -> FastAPI:
    """Embeds a text by its characters, and finds likely what speaks of an invoice."""
    app = FastAPI()

    @app.post("/v1/embeddings")
    async def embeddings(asked: Inputs) -> dict[str, object]:
        data = []
        for index, text in enumerate(asked.input):
            vector = np.full(64, 0.01)
            for character in text:
                vector[ord(character) % 64] += 1
            data.append({"index": index, "embedding": vector.tolist()})
        return {"data": data, "model": asked.model}

    @app.post("/rerank")
    async def rerank(asked: Texts) -> list[dict[str, object]]:
        return [
            {"index": index, "score": float("发票" in text)}
            for index, text in enumerate(asked.texts)
        ]

    return app


@pytest.fixture
async def url(served: Served) -> AsyncIterator[str]:
    async with served(endpoint()) as address:
        yield address


@pytest.fixture
def settings(tmp_path: Path, url: str) -> Settings:
    seed = tmp_path / "seed"
    seed.mkdir()
    (seed / "faq.jsonl").write_text(ENTRIES, encoding="utf-8")
    return Settings(
        data=tmp_path / "data",
        seed=str(seed),
        embedder="openai:bge-m3",
        embedder_base_url=f"{url}/v1",
        embedder_api_key=SecretStr("sk-1"),
    )


def score_of(question: str, found: Retrieval) -> float:
    return next(hit.score for hit in found.hits if hit.entry.question == question)


def changed(settings: Settings, **values: object) -> Settings:
    return settings.model_copy(update=values)


async def test_an_embeddings_endpoint_serves_a_search_and_another_model_is_refused_with_both_ids(
    settings: Settings,
) -> None:
    async with open_assistant(settings) as assistant:
        await first_start(assistant)
        found = await assistant.pipeline.search(Question(text="退货运费"))
        assert found.hits[0].entry.question == "退货运费谁出"
        assert assistant.releases.get(found.release).embedder == "openai:bge-m3"
    async with open_assistant(changed(settings, embedder="openai:bge-m4")) as assistant:
        assert isinstance(assistant.index.problem, EmbedderChanged)
        with pytest.raises(EmbedderChanged, match=r"openai:bge-m3.*openai:bge-m4.*reindex"):
            await assistant.pipeline.search(Question(text="退货运费"))


async def test_a_process_that_only_builds_opens_the_endpoint_too(settings: Settings) -> None:
    async with open_assistant(settings) as assistant:
        await first_start(assistant)
    async with open_builder(settings) as build:
        release = await build(through_seq=3, full=True, progress=lambda done, total: None)
    assert (release.embedder, release.entries) == ("openai:bge-m3", 3)


async def test_an_embeddings_endpoint_that_is_down_is_named(settings: Settings) -> None:
    # Port 9 of this machine: nothing listens there.
    down = changed(settings, embedder_base_url="http://127.0.0.1:9/v1")
    with pytest.raises(ProviderDown, match="embeddings endpoint"):
        async with open_assistant(down):
            pass


async def test_a_reranker_endpoint_lifts_what_it_finds_likely(settings: Settings, url: str) -> None:
    reranking = changed(settings, reranker="tei:bge-reranker-base", reranker_base_url=url)
    question = Question(text="退货保修")
    async with open_assistant(settings) as assistant:
        await first_start(assistant)
        plain = await assistant.pipeline.search(question)
    async with open_assistant(reranking) as assistant:
        found = await assistant.pipeline.search(question)
    assert score_of("发票怎么开", found) > 2 * score_of("发票怎么开", plain)
    assert found.reranker == "tei:bge-reranker-base"


async def test_rules_that_are_fitted_to_another_embedder_are_told_once_with_what_to_do(
    settings: Settings,
) -> None:
    with capture_logs() as logs:
        async with open_assistant(settings) as assistant:
            await first_start(assistant)
            await assistant.pipeline.search(Question(text="退货运费"))
    warned = [log for log in logs if log["event"] == "retrieval_not_fitted"]
    assert [(log["embedder"], log["fitted_with"]) for log in warned] == [
        ("openai:bge-m3", BuiltinEmbedder.id)
    ]
    assert "scripts/fit" in warned[0]["mend"]
    with capture_logs() as logs:
        async with open_assistant(changed(settings, embedder="builtin")):
            pass
    assert not [log for log in logs if log["event"] == "retrieval_not_fitted"]


async def test_by_default_no_endpoint_is_asked_for_anything(tmp_path: Path) -> None:
    async with httpx2.AsyncClient(transport=httpx2.MockTransport(_refuse)) as client:
        models = await choose_models(Settings(data=tmp_path), client)
    assert models.embedder.id == BuiltinEmbedder.id
    assert (models.chat, models.reranker) == (None, None)


def _refuse(request: httpx2.Request) -> httpx2.Response:
    raise AssertionError(f"{request.url} was asked")


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"embedder": "openai:bge-m3"}, "ASSIST_EMBEDDER_BASE_URL"),
        ({"embedder": "openai:m", "embedder_base_url": "here"}, "base URL of the embedder"),
        ({"embedder": "openai:"}, "openai:<model>"),
        ({"embedder": "word2vec"}, "ASSIST_EMBEDDER to builtin"),
        ({"embedder": "builtin:large"}, "ASSIST_EMBEDDER to builtin"),
        ({"reranker": "tei:m"}, "ASSIST_RERANKER_BASE_URL"),
        ({"reranker": "jina:"}, "jina:<model>"),
        ({"reranker": "BAAI/bge-reranker-base"}, "ASSIST_RERANKER to none"),
    ],
)
async def test_a_wrong_choice_says_how_to_mend_it(
    tmp_path: Path, values: dict[str, str], told: str
) -> None:
    async with httpx2.AsyncClient(transport=httpx2.MockTransport(_refuse)) as client:
        with pytest.raises(SettingsInvalid, match=told):
            await choose_models(Settings(data=tmp_path, **values), client)  # type: ignore[arg-type]
