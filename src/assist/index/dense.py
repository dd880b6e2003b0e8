"""Search by inner product over unit vectors."""

import faiss
import numpy as np

from assist.index.allowed import Rows
from assist.index.coarse import Coarse
from assist.index.strings import Longs
from assist.records import Floats

_LOOKED_AT = 256
_EACH = 4
"""So many rows, and at least so many for each one asked for, are found coarsely at first."""


def search_dense(
    vectors: Floats, query: Floats, allowed: Rows, k: int, coarse: Coarse | None = None
) -> tuple[Longs, Floats]:
    """Return up to ``k`` allowed rows of ``vectors``, the nearest first, and their products.

    With ``coarse`` these are the nearest of the rows that are near by its measure. Without, this is
    the scan inside FAISS' IndexFlatIP, run over the array itself: an index would hold a second copy
    of every vector, and the overlay would copy all of its own at each edit.
    """
    count = min(k, allowed.count)
    if count == 0:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
    # One query is bound by memory, which a second thread does not widen. The setting is a thread's.
    faiss.omp_set_num_threads(1)
    looked_at = max(_LOOKED_AT, _EACH * k)
    if coarse is not None and looked_at < allowed.count:
        near = np.sort(coarse.near(query, allowed, looked_at))
        rows, scores = _scan(vectors[near], query, None, count)
        return near[rows], scores
    return _scan(vectors, query, allowed.selector, count)


def _scan(
    vectors: Floats, query: Floats, selector: faiss.IDSelectorBitmap | None, count: int
) -> tuple[Longs, Floats]:
    """Return the ``count`` selected rows of the greatest product, and the products."""
    row = np.ascontiguousarray(query, dtype=np.float32).reshape(1, -1)
    scores = np.empty((1, count), dtype=np.float32)
    rows = np.empty((1, count), dtype=np.int64)
    faiss.knn_inner_product(
        faiss.swig_ptr(row),
        faiss.swig_ptr(vectors),
        vectors.shape[1],
        1,
        len(vectors),
        count,
        faiss.swig_ptr(scores),
        faiss.swig_ptr(rows),
        selector,
    )
    return rows[0], scores[0]
