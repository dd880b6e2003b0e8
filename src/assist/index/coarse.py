"""A small copy of many vectors, to find the rows that are worth an exact look."""

from dataclasses import dataclass

import faiss
import numpy as np

from assist.index.allowed import Rows
from assist.index.strings import Longs
from assist.records import Floats

_MANY = 8_000
"""Rows from which the small copy is faster than a scan of all; see docs/retrieval.md."""
_SAMPLE = 10_000
_KEPT = 0.92
"""The principal directions that are kept hold so much of the vectors' variance."""
_STEP = 32
"""FAISS compares whole blocks of whole numbers only."""
_AT_ONCE = 8_192
_ZERO, _MOST = 128, 255


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Coarse:
    """Principal components in 8 bits each: an eighth of the memory that a scan would read.

    For unit vectors the nearest are those with the greatest product. Of what the other directions
    hold of a vector, only its length is kept, as one component more.
    """

    middle: Floats
    directions: Floats
    """One column a direction."""
    scale: float
    """So many steps are 1."""
    index: faiss.IndexScalarQuantizer

    def near(self, query: Floats, allowed: Rows, k: int) -> Longs:
        """Return up to ``k`` allowed rows that are about the nearest, in no order."""
        # The rest of the query counts as nothing: it takes it as far from every row.
        parts: Floats = np.zeros((1, self.index.d), dtype=np.float32)
        parts[0, :-1] = (query - self.middle) @ self.directions
        only = faiss.SearchParameters()
        only.sel = allowed.selector
        _, rows = self.index.search(_steps(parts, self.scale), k, params=only)
        found: Longs = rows[0]
        return found[found >= 0]


def coarse_of(vectors: Floats) -> Coarse | None:
    """Return the small copy of unit vectors, or None where there are too few rows to need one."""
    if len(vectors) < _MANY:
        return None
    sample = vectors[:: max(1, len(vectors) // _SAMPLE)]
    middle = sample.mean(axis=0)
    directions = _directions(sample - middle)
    scale = (_MOST - _ZERO) / float(np.abs(_parts(sample - middle, directions)).max())
    index = faiss.IndexScalarQuantizer(
        directions.shape[1] + 1, faiss.ScalarQuantizer.QT_8bit_direct, faiss.METRIC_L2
    )
    for start in range(0, len(vectors), _AT_ONCE):
        shifted = vectors[start : start + _AT_ONCE] - middle
        index.add(_steps(_parts(shifted, directions), scale))
    return Coarse(middle=middle, directions=directions, scale=scale, index=index)


def _directions(shifted: Floats) -> Floats:
    strengths, directions = np.linalg.eigh(shifted.T @ shifted)
    # Ascending, so the last ones are the principal ones.
    held = np.cumsum(strengths[::-1]) / strengths.sum()
    count = int(np.searchsorted(held, _KEPT)) + 1
    # With the length of the rest they fill whole blocks.
    count = min(-(-(count + 1) // _STEP) * _STEP, shifted.shape[1]) - 1
    return np.ascontiguousarray(directions[:, ::-1][:, :count], dtype=np.float32)


def _parts(shifted: Floats, directions: Floats) -> Floats:
    """Return the principal components of each row, and then the length of its rest."""
    parts = shifted @ directions
    rest = np.einsum("ij,ij->i", shifted, shifted) - np.einsum("ij,ij->i", parts, parts)
    return np.column_stack([parts, np.sqrt(np.maximum(rest, 0))])


def _steps(parts: Floats, scale: float) -> Floats:
    """Return components as FAISS takes bytes: whole numbers from 0 to 255, as floats."""
    steps = np.rint(parts * np.float32(scale) + np.float32(_ZERO))
    within: Floats = np.minimum(np.maximum(steps, 0), _MOST)
    return within
