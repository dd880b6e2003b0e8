"""Vectors by what was embedded and by which embedder, so that nothing is embedded twice."""

import json
from collections.abc import Iterable, Mapping

import numpy as np

from assist.records import Floats
from assist.store.database import Database


class EmbeddingStore:
    """The vectors that have been paid for already."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self, embedder_id: str, hashes: Iterable[str]) -> dict[str, Floats]:
        """Return the vectors that are there, by the hash of their text; each is read-only."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT text_hash, vector FROM embeddings WHERE embedder = ? "
                "AND text_hash IN (SELECT value FROM json_each(?))",
                (embedder_id, json.dumps(list(hashes))),
            ).fetchall()
        return {row["text_hash"]: np.frombuffer(row["vector"], dtype="<f4") for row in rows}

    def add(self, embedder_id: str, vectors: Mapping[str, Floats]) -> None:
        """Store vectors by the hash of their text; one that is there already stays as it is."""
        rows = [
            (embedder_id, text_hash, np.asarray(vector, dtype="<f4").tobytes())
            for text_hash, vector in vectors.items()
        ]
        with self._database.write() as connection:
            connection.executemany("INSERT OR IGNORE INTO embeddings VALUES (?, ?, ?)", rows)
