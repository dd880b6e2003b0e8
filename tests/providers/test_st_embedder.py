import asyncio
import sys

import numpy as np
import pytest

from assist.errors import SettingsInvalid
from assist.providers.st_embedder import SentenceTransformersEmbedder
from assist.providers.text_prefixes import prefixes_for


def test_a_missing_extra_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(SettingsInvalid, match=r'pip install "answer-assist\[st\]"'):
        SentenceTransformersEmbedder("BAAI/bge-small-zh-v1.5")


@pytest.mark.st
def test_a_model_that_is_not_there_is_a_wrong_setting() -> None:
    with pytest.raises(SettingsInvalid, match="/nowhere/model"):
        SentenceTransformersEmbedder("/nowhere/model")


@pytest.mark.st
async def test_a_real_model_gives_rows_of_length_1(st_model: str) -> None:
    embedder = SentenceTransformersEmbedder(st_model)
    rows = await embedder.embed(["my card is lost", "how is the weather"], kind="query")
    assert rows.shape == (2, embedder.dimension) == (2, 384)
    assert (rows**2).sum(axis=1) == pytest.approx(1.0, abs=1e-4)


@pytest.mark.st
async def test_a_real_model_puts_what_means_the_same_nearer(st_model: str) -> None:
    embedder = SentenceTransformersEmbedder(st_model)
    lost, stolen, weather = await embedder.embed(
        ["My card is lost.", "Someone took my bank card", "How is the weather?"], kind="passage"
    )
    assert lost @ stolen > 0.5 > lost @ weather


@pytest.mark.st
async def test_questions_asked_at_once_are_answered_as_if_alone(st_model: str) -> None:
    embedder = SentenceTransformersEmbedder(st_model)
    texts = [f"where is order {number}" for number in range(12)]
    together = await asyncio.gather(*(embedder.embed([text], kind="query") for text in texts))
    alone = [await embedder.embed([text], kind="query") for text in texts]
    assert np.concatenate(together) == pytest.approx(np.concatenate(alone), abs=1e-4)


@pytest.mark.st
async def test_the_event_loop_runs_while_a_model_works(st_model: str) -> None:
    embedder = SentenceTransformersEmbedder(st_model)
    embedding = asyncio.create_task(embedder.embed(["a long answer " * 50] * 64, kind="passage"))
    turns = 0
    while not embedding.done():
        await asyncio.sleep(0)
        turns += 1
    assert turns > 10


@pytest.mark.parametrize(
    ("model", "query", "passage"),
    [
        ("intfloat/multilingual-e5-small", "query: ", "passage: "),
        ("/models/e5-base-v2", "query: ", "passage: "),
        ("BAAI/bge-small-zh-v1.5", "为这个句子生成表示以用于检索相关文章：", ""),
        ("BAAI/bge-m3", "", ""),
        ("sentence-transformers/all-MiniLM-L6-v2", "", ""),
    ],
)
def test_prefixes_by_the_name_of_the_model(model: str, query: str, passage: str) -> None:
    prefixes = prefixes_for(model)
    assert (prefixes.before("query"), prefixes.before("passage")) == (query, passage)


@pytest.mark.parametrize(
    "model", ["Qwen/Qwen3-Embedding-0.6B", "intfloat/multilingual-e5-large-instruct"]
)
def test_instructed_models_get_a_task_before_queries_only(model: str) -> None:
    prefixes = prefixes_for(model)
    assert prefixes.query.startswith("Instruct: ")
    assert prefixes.passage == ""
