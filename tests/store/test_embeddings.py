"""Vectors come back exactly, for the embedder that made them."""

import numpy as np

from assist.store.database import Database
from assist.store.embeddings import EmbeddingStore


def test_known_vectors_come_back_exactly(database: Database) -> None:
    store = EmbeddingStore(database)
    vectors = {f"h{n}": np.random.default_rng(n).random(512, dtype=np.float32) for n in range(3000)}
    store.add("builtin", vectors)
    known = store.known("builtin", [*vectors, "none"])
    assert known.keys() == vectors.keys()
    assert all(np.array_equal(known[key], vector) for key, vector in vectors.items())
    assert known["h0"].dtype == np.float32
    assert store.known("builtin", ["h7"]).keys() == {"h7"}
    assert store.known("builtin", []) == {}


def test_embedders_are_kept_apart(database: Database) -> None:
    store = EmbeddingStore(database)
    store.add("a", {"h": np.ones(4, dtype=np.float32)})
    assert store.known("b", ["h"]) == {}


def test_adding_twice_is_no_error(database: Database) -> None:
    store = EmbeddingStore(database)
    for _ in range(2):
        store.add("a", {"h": np.ones(4, dtype=np.float32)})
    assert np.array_equal(store.known("a", ["h"])["h"], np.ones(4))
