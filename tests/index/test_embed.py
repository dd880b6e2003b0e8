from typing import TYPE_CHECKING

import numpy as np

from assist.index.embed import Vectors, embed_texts

if TYPE_CHECKING:
    from tests.index.conftest import Desk


async def embedded(
    desk: "Desk", phrasings: list[str], pieces: list[str], *, full: bool = False
) -> tuple[Vectors, list[tuple[int, int]]]:
    steps: list[tuple[int, int]] = []
    vectors = await embed_texts(
        phrasings,
        pieces,
        embedder=desk.embedder,
        embeddings=desk.embeddings,
        progress=lambda done, total: steps.append((done, total)),
        full=full,
    )
    return vectors, steps


async def test_each_text_gets_its_row_and_is_embedded_once(desk: "Desk") -> None:
    vectors, _ = await embedded(desk, ["退货", "换货", "退货"], ["退货"])
    assert desk.embedder.batches == [("query", ["退货", "换货"]), ("passage", ["退货"])]
    assert vectors.embedded == 3
    assert np.array_equal(vectors.rows[0], vectors.rows[2])
    assert not np.array_equal(vectors.rows[0], vectors.rows[1])


async def test_what_was_embedded_before_is_not_embedded_again(desk: "Desk") -> None:
    before, _ = await embedded(desk, ["退货"], ["七天内可退"])
    desk.embedder.batches.clear()
    after, _ = await embedded(desk, ["换货", "退货"], ["七天内可退"])
    assert desk.embedder.batches == [("query", ["换货"])]
    assert after.embedded == 1
    assert np.array_equal(after.rows[1:], before.rows)


async def test_full_embeds_everything_again(desk: "Desk") -> None:
    await embedded(desk, ["退货"], [])
    desk.embedder.batches.clear()
    await embedded(desk, ["退货"], [], full=True)
    assert desk.embedder.batches == [("query", ["退货"])]


async def test_another_embedder_knows_nothing_of_the_first_ones_vectors(desk: "Desk") -> None:
    await embedded(desk, ["退货"], [])
    desk.embedder.id = "words-2"
    vectors, _ = await embedded(desk, ["退货"], [])
    assert vectors.embedded == 1


async def test_many_texts_go_in_batches_and_progress_counts_to_the_end(desk: "Desk") -> None:
    await embedded(desk, ["q7"], [])
    desk.embedder.batches.clear()
    _, steps = await embedded(desk, [f"q{n}" for n in range(300)], ["p"])
    assert [len(texts) for _, texts in desk.embedder.batches] == [256, 43, 1]
    assert steps == [(1, 301), (257, 301), (300, 301), (301, 301)]
