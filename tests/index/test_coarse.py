import numpy as np
import pytest

from assist.index.allowed import rows_of
from assist.index.coarse import Coarse, coarse_of
from assist.index.dense import search_dense
from assist.records import Floats

DRAW = np.random.default_rng(3)
SIZE = 24_000


def clustered(count: int) -> Floats:
    """Return unit rows with most of their length in few directions, as embeddings have it."""
    rows = DRAW.standard_normal((count, 128)) / np.arange(1, 129) ** 0.7
    unit: Floats = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return unit


@pytest.fixture(scope="module")
def vectors() -> Floats:
    return clustered(SIZE)


@pytest.fixture(scope="module")
def coarse(vectors: Floats) -> Coarse:
    made = coarse_of(vectors)
    assert made is not None
    return made


def test_a_few_vectors_need_no_small_copy(vectors: Floats) -> None:
    assert coarse_of(vectors[:1000]) is None


def test_the_small_copy_is_small(coarse: Coarse, vectors: Floats) -> None:
    assert coarse.index.d < vectors.shape[1]
    assert coarse.index.code_size == coarse.index.d


@pytest.mark.parametrize("share", [1.0, 0.5, 0.03])
def test_nearly_all_of_the_nearest_allowed_rows_are_found_with_exact_products(
    vectors: Floats, coarse: Coarse, share: float
) -> None:
    mask = DRAW.random(SIZE) < share
    met = []
    for query in clustered(40):
        rows, scores = search_dense(vectors, query, rows_of(mask), 10, coarse)
        exact, _ = search_dense(vectors, query, rows_of(mask), 10)
        assert mask[rows].all()
        assert scores == pytest.approx(vectors[rows] @ query, abs=1e-6)
        assert (np.diff(scores) <= 0).all()
        met.append(len(set(rows.tolist()) & set(exact.tolist())) / 10)
    assert np.mean(met) >= 0.99


def test_among_few_allowed_rows_the_search_is_exact(vectors: Floats, coarse: Coarse) -> None:
    mask = np.zeros(SIZE, dtype=bool)
    mask[::500] = True
    query = clustered(1)[0]
    rows, _ = search_dense(vectors, query, rows_of(mask), 20, coarse)
    exact, _ = search_dense(vectors, query, rows_of(mask), 20)
    assert rows.tolist() == exact.tolist()


def test_where_nothing_is_allowed_nothing_is_found(vectors: Floats, coarse: Coarse) -> None:
    rows, scores = search_dense(
        vectors, clustered(1)[0], rows_of(np.zeros(SIZE, dtype=bool)), 10, coarse
    )
    assert len(rows) == len(scores) == 0


def test_vectors_that_all_point_much_the_same_way_are_told_apart() -> None:
    # Some embedders give every text a cosine above 0.7; only what is left tells texts apart.
    def leaning(count: int) -> Floats:
        rows = clustered(count) + 2 * np.eye(128, dtype=np.float32)[5]
        unit: Floats = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit

    vectors = leaning(SIZE)
    everything = rows_of(np.ones(SIZE, dtype=bool))
    coarse = coarse_of(vectors)
    met = []
    for query in leaning(40):
        rows, _ = search_dense(vectors, query, everything, 10, coarse)
        exact, _ = search_dense(vectors, query, everything, 10)
        met.append(len(set(rows.tolist()) & set(exact.tolist())) / 10)
    assert np.mean(met) >= 0.99
