"""Embeddings from a local sentence-transformers model; needs the extra ``st``."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import numpy as np

from assist.errors import SettingsInvalid
from assist.providers.micro_batch import MicroBatch
from assist.providers.text_prefixes import prefixes_for
from assist.records import Floats
from assist.text.normalise import fold

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


class SentenceTransformersEmbedder:
    """Holds a model from a folder or the hub: safetensors only, and no code of the model's own."""

    def __init__(self, model: str) -> None:
        """Load the model. Raises SettingsInvalid when the extra or the model is missing."""
        self.id = f"st:{model}"
        self._model = _loaded(model)
        self.dimension = _dimension(self._model)
        self._prefixes = prefixes_for(model)
        self._batch = MicroBatch(self._encode, self.dimension)

    async def embed(self, texts: Sequence[str], *, kind: Literal["query", "passage"]) -> Floats:
        """Return one row of length 1 a text, with the prefix the model wants for its kind."""
        before = self._prefixes.before(kind)
        return await self._batch.rows([before + fold(text) for text in texts])

    def _encode(self, texts: Sequence[str]) -> Floats:
        rows = self._model.encode(
            list(texts),
            convert_to_numpy=True,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        return np.asarray(rows, dtype=np.float32)


def _loaded(model: str) -> "SentenceTransformer":
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise SettingsInvalid(
            "the embedder sentence-transformers needs an extra that is not installed: "
            'pip install "answer-assist[st]"'
        ) from error
    try:
        return SentenceTransformer(
            model,
            device="cpu",
            trust_remote_code=False,
            model_kwargs={"use_safetensors": True},
        )
    except (OSError, ValueError) as error:
        raise SettingsInvalid(f"the embedding model {model} cannot be loaded: {error}") from error


def _dimension(model: "SentenceTransformer") -> int:
    size = model.get_embedding_dimension()
    if not size:
        raise SettingsInvalid("the embedding model does not say how long its vectors are")
    return int(size)
