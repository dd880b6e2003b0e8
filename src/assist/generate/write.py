"""Let a language model write, sentence by sentence, with personal data kept out of its sight."""

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, replace

import anyio

from assist.errors import (
    ProviderBusy,
    ProviderDown,
    ProviderError,
    ProviderReplyBad,
    ProviderTimeout,
)
from assist.generate.mask import Masked
from assist.generate.model import ChatModel
from assist.generate.reply import SentenceStream
from assist.records import Degraded, Prompt, Sentence, Token

_DEGRADED: Mapping[type[ProviderError], Degraded] = {
    ProviderTimeout: "timeout",
    ProviderBusy: "rate_limited",
    ProviderDown: "unavailable",
    ProviderReplyBad: "bad_output",
    ProviderError: "unavailable",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    sentence: Sentence
    tokens: tuple[Token, ...]
    """All that the model has written so far; empty when it tells no probabilities."""


async def write(
    model: ChatModel, prompt: Prompt, masked: Masked, *, sources: int, deadline: float
) -> AsyncGenerator[Spoken, None]:
    """Yield the sentences of one reply as they are finished; none when the model has no answer.

    ``deadline`` is on anyio's clock. Raises ProviderError, also after sentences have come: they
    are then not an answer.
    """
    stream = SentenceStream(sources=sources, canary=prompt.canary)
    pieces = model.stream(prompt)
    tokens: tuple[Token, ...] = ()
    try:
        while True:
            with anyio.CancelScope(deadline=deadline) as scope:
                piece = await anext(pieces, None)
            if scope.cancelled_caught:
                raise ProviderTimeout("the model did not finish in time")
            done = stream.close() if piece is None else stream.feed(piece.text)
            tokens += piece.tokens if piece else ()
            for sentence in done:
                restored = replace(sentence, text=masked.restore(sentence.text))
                yield Spoken(sentence=restored, tokens=tokens)
            if piece is None:
                return
    finally:
        with anyio.CancelScope(shield=True):
            await pieces.aclose()


def degraded_by(error: ProviderError) -> Degraded:
    """Return the word for why the model was not used."""
    return _DEGRADED[type(error)]
