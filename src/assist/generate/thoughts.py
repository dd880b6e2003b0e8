"""Hide what a reasoning model thinks aloud before it answers."""

import re
from dataclasses import dataclass

_NAME = r"(?:think|thinking|thoughts?|reasoning|reflection|analysis)"
_TAG = re.compile(
    rf"(?P<open><{_NAME}(?:\s[^<>]*)?>|◁think▷)|(?P<close></{_NAME}\s*>|◁/think▷)", re.IGNORECASE
)
_HALF_TAG = re.compile(r"(?:<[^<>\n]{0,40}|◁[^▷\n]{0,8})\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    text: str
    """What has come into sight with this piece."""
    retracted: bool = False
    """Whether all that had been in sight before was a thought whose opening tag is missing."""


class ThoughtFilter:
    """Fed a reply piece by piece; a tag may lie across pieces."""

    def __init__(self) -> None:
        self._waiting = ""
        self._hidden = False

    def feed(self, piece: str, *, last: bool = False) -> Seen:
        """Return the visible text of this piece; the start of what may be a tag is held back."""
        text = self._waiting + piece
        visible: list[str] = []
        retracted = False
        at = 0
        for tag in _TAG.finditer(text):
            if tag["close"] and not self._hidden:
                visible, retracted = [], True
            elif not self._hidden:
                visible.append(text[at : tag.start()])
            self._hidden = tag["open"] is not None
            at = tag.end()
        half = None if last else _HALF_TAG.search(text, at)
        end = half.start() if half else len(text)
        self._waiting = text[end:]
        if not self._hidden:
            visible.append(text[at:end])
        return Seen(text="".join(visible), retracted=retracted)
