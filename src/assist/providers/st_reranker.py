"""Reranking with a local cross-encoder of sentence-transformers; needs the extra ``st``."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from assist.errors import ProviderReplyBad, ProviderTimeout, SettingsInvalid

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

_NO_HEAD = ("Model", "ForMaskedLM")
"""How the names of architectures end that were saved without anything to score a pair with."""


class SentenceTransformersReranker:
    """Holds a model from a folder or the hub: safetensors only, and no code of the model's own.

    Scores one question at a time, in a worker thread.
    """

    def __init__(self, model: str, *, timeout_s: float) -> None:
        """Load the model. Raises SettingsInvalid when the extra or the model is missing."""
        self.id = f"st:{model}"
        self._model = _loaded(model)
        self._timeout_s = timeout_s
        self._turn = asyncio.Lock()

    async def rerank(self, query: str, texts: Sequence[str]) -> tuple[float, ...]:
        """Return for each text how likely it answers, 0 to 1.

        Raises ProviderTimeout, also when others' questions took all the time, or ProviderReplyBad.
        """
        try:
            async with asyncio.timeout(self._timeout_s):
                return await self._in_turn(query, texts)
        except TimeoutError as error:
            raise ProviderTimeout("the cross-encoder was not done in time") from error

    async def _in_turn(self, query: str, texts: Sequence[str]) -> tuple[float, ...]:
        await self._turn.acquire()
        running = asyncio.get_running_loop().run_in_executor(None, self._scores, query, texts)
        # A thread cannot be stopped: whoever waited for it may be gone, and the next still waits.
        running.add_done_callback(lambda done: self._turn.release())
        return await asyncio.shield(running)

    def _scores(self, query: str, texts: Sequence[str]) -> tuple[float, ...]:
        logits = self._model.predict(
            [(query, text) for text in texts],
            # Models name their own activation; only logits mean the same in all of them.
            activation_fn=lambda given: given,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        likely = (1 + np.tanh(np.asarray(logits, dtype=np.float64) / 2)) / 2
        if likely.shape != (len(texts),) or not np.isfinite(likely).all():
            raise ProviderReplyBad("the cross-encoder did not give each text a score")
        return tuple(likely.tolist())


def _loaded(model: str) -> "CrossEncoder":
    try:
        from sentence_transformers import CrossEncoder
    except ImportError as error:
        raise SettingsInvalid(
            "the reranker sentence-transformers needs an extra that is not installed: "
            'pip install "answer-assist[st]"'
        ) from error
    try:
        loaded = CrossEncoder(
            model,
            device="cpu",
            trust_remote_code=False,
            model_kwargs={"use_safetensors": True},
        )
    except (OSError, ValueError) as error:
        raise SettingsInvalid(f"the reranker {model} cannot be loaded: {error}") from error
    # The library gives a model without a head a random one, and only warns.
    saved_as = loaded.config.architectures or ()
    if loaded.num_labels != 1 or all(name.endswith(_NO_HEAD) for name in saved_as):
        raise SettingsInvalid(
            f"{model} is no reranker: name a cross-encoder with one score, "
            "such as BAAI/bge-reranker-base"
        )
    return loaded
