"""A chat model that says what it was told to say, for tests and demonstrations."""

from collections.abc import AsyncGenerator, Sequence

from assist.errors import ProviderError
from assist.records import Prompt, Reply

_PIECE = 7
"""Characters a piece; odd, so that tags and citation marks are cut in two."""


class CannedChat:
    """Gives the next reply, or raises the next error, at each call; the last one for ever after."""

    def __init__(self, replies: Sequence[str | ProviderError], *, name: str = "canned") -> None:
        self.name = name
        self.prompts: list[Prompt] = []
        """What it was asked, oldest first."""
        self._replies = tuple(replies)

    async def stream(self, prompt: Prompt) -> AsyncGenerator[Reply, None]:
        """Yield the reply in small pieces. Raises the error that stands in its place."""
        reply = self._replies[min(len(self.prompts), len(self._replies) - 1)]
        self.prompts.append(prompt)
        if isinstance(reply, ProviderError):
            raise reply
        for start in range(0, len(reply), _PIECE):
            yield Reply(text=reply[start : start + _PIECE])
