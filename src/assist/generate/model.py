"""The seam to a language model."""

from collections.abc import AsyncGenerator
from typing import Protocol

from assist.records import Prompt, Reply


class ChatModel(Protocol):
    name: str
    """What a draft's provenance calls it."""

    def stream(self, prompt: Prompt) -> AsyncGenerator[Reply, None]:
        """Yield the reply piece by piece. Closing the generator ends the request.

        Raises ProviderError, also after pieces have come: those are then not an answer.
        """
        ...
