"""Which rows a search may find, made ready for both kinds of leg."""

from dataclasses import dataclass

import faiss
import numpy as np
import numpy.typing as npt

from assist.index.strings import Bools


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rows:
    mask: Bools
    count: int
    selector: faiss.IDSelectorBitmap | None
    """For FAISS; None when every row is allowed."""
    bits: npt.NDArray[np.uint8]
    """What the selector points at."""


def rows_of(mask: Bools) -> Rows:
    """Return the rows that are True."""
    count = int(np.count_nonzero(mask))
    bits = np.packbits(mask, bitorder="little")
    selector = None
    if count < len(mask):
        selector = faiss.IDSelectorBitmap(len(bits), faiss.swig_ptr(bits))
    return Rows(mask=mask, count=count, selector=selector, bits=bits)
