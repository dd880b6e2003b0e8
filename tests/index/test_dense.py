import numpy as np
import pytest

from assist.index.allowed import rows_of
from assist.index.dense import search_dense
from assist.records import Floats

SEED = np.random.default_rng(7)


def unit_rows(count: int) -> Floats:
    rows = SEED.standard_normal((count, 32), dtype=np.float32)
    unit: Floats = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    unit.flags.writeable = False
    return unit


@pytest.mark.parametrize("share", [0.0, 0.1, 0.9, 1.0])
def test_the_nearest_allowed_rows_are_found_exactly(share: float) -> None:
    vectors, query = unit_rows(500), unit_rows(1)[0]
    mask = SEED.random(500) < share
    rows, scores = search_dense(vectors, query, rows_of(mask), 20)
    products = vectors @ query
    expected = [int(row) for row in np.argsort(-products) if mask[row]][:20]
    assert rows.tolist() == expected
    assert scores == pytest.approx(products[expected], abs=1e-6)


def test_fewer_rows_than_asked_for_are_all_returned() -> None:
    vectors = unit_rows(3)
    rows, _ = search_dense(vectors, vectors[1], rows_of(np.array([True, True, False])), 10)
    assert set(rows.tolist()) == {0, 1}


def test_nothing_is_found_in_nothing() -> None:
    empty = np.empty((0, 32), dtype=np.float32)
    rows, scores = search_dense(empty, unit_rows(1)[0], rows_of(np.empty(0, dtype=bool)), 5)
    assert len(rows) == len(scores) == 0
