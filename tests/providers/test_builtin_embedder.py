import anyio
import numpy as np
import pytest
from threadpoolctl import ThreadpoolController

from assist.providers.builtin_embedder import BuiltinEmbedder


@pytest.fixture(scope="module")
def embedder() -> BuiltinEmbedder:
    return BuiltinEmbedder()


async def test_rows_have_length_1_and_the_stated_dimension(embedder: BuiltinEmbedder) -> None:
    rows = await embedder.embed(["手机没信号怎么办", "how do I top up"], kind="query")
    assert rows.dtype == np.float32
    assert rows.shape == (2, embedder.dimension)
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1.0, abs=1e-5)
    assert (await embedder.embed([], kind="passage")).shape == (0, embedder.dimension)


async def test_what_means_the_same_is_nearer_in_chinese_and_across_languages(
    embedder: BuiltinEmbedder,
) -> None:
    texts = ["手机没有信号", "我的手机没信号了", "My phone has no signal", "红烧肉怎么做"]
    same, paraphrase, english, other = await embedder.embed(texts, kind="query")
    assert same @ paraphrase > same @ other + 0.2
    assert same @ english > same @ other + 0.2


async def test_traditional_full_width_and_capitals_make_no_difference(
    embedder: BuiltinEmbedder,
) -> None:
    one, other = await embedder.embed(["５Ｇ套餐怎麼辦理", "5g套餐怎么办理"], kind="query")
    assert one.tolist() == other.tolist()


async def test_a_text_embeds_alike_alone_and_among_others(embedder: BuiltinEmbedder) -> None:
    alone = await embedder.embed(["怎么退货"], kind="query")
    among = await embedder.embed(["怎么退货", "国际漫游日包多少钱一天"], kind="passage")
    assert among[0] == pytest.approx(alone[0], abs=1e-5)


async def test_blas_is_left_as_it_was(embedder: BuiltinEmbedder) -> None:
    def threads() -> list[int]:
        return [pool["num_threads"] for pool in ThreadpoolController().info()]

    async def ask(text: str) -> None:
        await embedder.embed([text], kind="query")

    before = threads()
    async with anyio.create_task_group() as tasks:
        for text in ("怎么退货", "怎么换货", "怎么充值"):
            tasks.start_soon(ask, text)
    assert threads() == before
