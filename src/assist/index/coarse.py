"""A small copy of many vectors, to find the rows that are worth an exact look."""

from dataclasses import dataclass

import faiss
import numpy as np

from assist.index.allowed import Rows
from assist.index.strings import Longs
from assist.records import Floats

_MANY = 20_000
"""Rows from which the small copy is faster than a scan of all; see docs/retrieval.md."""
_SAMPLE = 10_000
_KEPT = 0.88
"""The principal directions that are kept hold so much of the vectors' lengths squared."""
_STEP = 32


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Coarse:
    """Principal components in 8 bits each: an eleventh of the memory that a scan would read."""

    directions: Floats
    """One column a direction."""
    index: faiss.IndexScalarQuantizer

    def near(self, query: Floats, allowed: Rows, k: int) -> Longs:
        """Return up to ``k`` allowed rows that are about the nearest, in no order."""
        only = faiss.SearchParameters()
        only.sel = allowed.selector
        _, rows = self.index.search((query @ self.directions).reshape(1, -1), k, params=only)
        found: Longs = rows[0]
        return found[found >= 0]


def coarse_of(vectors: Floats) -> Coarse | None:
    """Return the small copy, or None where there are too few rows to need one."""
    if len(vectors) < _MANY:
        return None
    sample = vectors[:: len(vectors) // _SAMPLE]
    strengths, directions = np.linalg.eigh(sample.T @ sample)
    # Ascending, so the last ones are the principal ones.
    held = np.cumsum(strengths[::-1]) / strengths.sum()
    count = int(np.searchsorted(held, _KEPT)) + 1
    count = min(-(-count // _STEP) * _STEP, vectors.shape[1])
    principal = np.ascontiguousarray(directions[:, ::-1][:, :count], dtype=np.float32)
    index = faiss.IndexScalarQuantizer(
        count, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
    )
    small = np.ascontiguousarray(vectors @ principal)
    index.train(small[:: len(small) // _SAMPLE])
    index.add(small)
    return Coarse(directions=principal, index=index)
