"""One text to send from the sentences of a draft."""

import re
from collections.abc import Sequence

from assist.records import Sentence

_STEP = re.compile(r"(?:\d{1,2}[.、)）]|[（(]\d{1,2}[)）]|[①-⑳])(?!\d)")
_ENDERS = "。！？；：，、…!?;:,.”’」』）)】》\"'"


def compose(sentences: Sequence[Sentence]) -> str:
    """Return the text: steps and lines without an end mark stand alone, Latin words get a space."""
    text = ""
    before_is_step = False
    for sentence in sentences:
        piece = sentence.text
        is_step = _STEP.match(piece) is not None
        if text:
            text += _gap(text[-1], new_line=is_step or before_is_step)
        text += piece
        before_is_step = is_step
    return text


def _gap(last: str, *, new_line: bool) -> str:
    if new_line or last not in _ENDERS:
        return "\n"
    return " " if last.isascii() else ""
