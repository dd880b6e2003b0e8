"""Server-sent events, read as tolerantly as chat vendors write them."""

import codecs
import json

from assist.errors import ProviderReplyBad

DONE = "[DONE]"


class EventReader:
    """Turns bytes, cut anywhere, into the ``data`` of events, passing over all else.

    Takes any line ending, and events that no blank line divides when each is a whole JSON text.
    """

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("strict")
        self._after_return = False
        self._line: list[str] = []
        self._event = ""

    def feed(self, chunk: bytes) -> list[str]:
        """Return the events that this chunk completes. Raises ProviderReplyBad."""
        return [event for line in self._lines(self._decode(chunk)) for event in self._take(line)]

    def close(self) -> list[str]:
        """Return what stands after the last blank line. Raises ProviderReplyBad."""
        self._decode(b"", final=True)
        return [*self._take("".join(self._line)), *self._take("")]

    def _decode(self, chunk: bytes, *, final: bool = False) -> str:
        try:
            return self._decoder.decode(chunk, final)
        except UnicodeDecodeError as error:
            raise ProviderReplyBad("the model's reply is not UTF-8 text") from error

    def _lines(self, text: str) -> list[str]:
        if not text:
            return []
        if self._after_return:
            text = text.removeprefix("\n")
        # A "\r" at the end may be half of "\r\n"; the other half is dropped when it comes.
        self._after_return = text.endswith("\r")
        *whole, rest = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        if whole:
            whole[0] = "".join(self._line) + whole[0]
            self._line = []
        self._line.append(rest)
        return whole

    def _take(self, line: str) -> list[str]:
        if not line:
            event, self._event = self._event, ""
            return [event] if event else []
        if not line.startswith("data:"):
            return []
        datum = line.removeprefix("data:").removeprefix(" ")
        if self._event and not _is_whole(self._event):
            self._event += "\n" + datum
            return []
        event, self._event = self._event, datum
        return [event] if event else []


def _is_whole(event: str) -> bool:
    if event == DONE:
        return True
    try:
        json.loads(event)
    except (ValueError, RecursionError):
        return False
    return True
