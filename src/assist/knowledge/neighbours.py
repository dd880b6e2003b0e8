"""Which entries ask nearly the same, by the vectors of their phrasings."""

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from assist.records import Floats

MOST = 12
"""Neighbours of an entry that are looked at."""
LEAST = 0.45
"""Cosine below which two questions are two matters; paraphrases reach down to here."""
_BLOCK = 512

Near = Callable[[], Iterable[tuple[str, str]]]
"""Yields each pair of entries that ask nearly the same once, by their ids."""


def near_by_vectors(ids: Sequence[str], owner: npt.NDArray[np.integer], rows: Floats) -> Near:
    """Return the pairs of the nearest entries; ``owner`` gives each row's place in ``ids``.

    Rows are phrasings, of length 1. An entry stands where its phrasings do on average, so that the
    work grows with the square of the entries and not of the phrasings.
    """
    return lambda: _pairs(ids, _centres(len(ids), owner, rows))


def _centres(count: int, owner: npt.NDArray[np.integer], rows: Floats) -> Floats:
    order = np.argsort(owner, kind="stable")
    present, starts = np.unique(owner[order], return_index=True)
    centres = np.zeros((count, rows.shape[1]), dtype=np.float32)
    if len(present):
        centres[present] = np.add.reduceat(rows[order], starts, axis=0)
    lengths = np.linalg.norm(centres, axis=1, keepdims=True)
    unit: Floats = np.asarray(centres / np.maximum(lengths, 1e-12), dtype=np.float32)
    return unit


def _pairs(ids: Sequence[str], centres: Floats) -> Iterator[tuple[str, str]]:
    told: set[tuple[int, int]] = set()
    for start in range(0, len(centres), _BLOCK):
        block = centres[start : start + _BLOCK] @ centres.T
        block[np.arange(len(block)), np.arange(start, start + len(block))] = -1
        most = min(MOST, block.shape[1] - 1)
        if most < 1:
            return
        best = np.argpartition(block, -most, axis=1)[:, -most:]
        near = np.take_along_axis(block, best, axis=1) >= LEAST
        for row, place in zip(*np.nonzero(near), strict=True):
            one, other = start + int(row), int(best[row, place])
            pair = (min(one, other), max(one, other))
            if pair not in told:
                told.add(pair)
                yield ids[pair[0]], ids[pair[1]]
