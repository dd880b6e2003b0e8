"""Names that a Chinese text gives to things: titles, quoted words, Latin names and models."""

import re
from collections.abc import Iterator

from assist.records import Span

_QUOTED = re.compile(
    r"《([^《》\n]{2,30})》|“([^“”\n，。！？]{2,12})”|「([^「」\n，。！？]{2,12})」"
)
_LATIN = re.compile(
    r"(?<![\w@./-])[A-Za-z]+\d*(?:[ -](?:[A-Z]\w*|\d+\w*))*(?![\w@/]|\.\w)", re.ASCII
)
_PLAIN = frozenset(
    re.findall(
        r"\S+",
        "app ok wifi wi-fi id vip usb web sim pc pin sms qq hi hello ps am pm ios android xx",
    )
)


def names_in(text: str) -> Iterator[Span]:
    """Yield the names in the text; everyday abbreviations are none."""
    for match in _QUOTED.finditer(text):
        group = match.lastindex or 0
        yield Span(start=match.start(group), end=match.end(group), text=match[group])
    for match in _LATIN.finditer(text):
        if len(match[0]) > 1 and match[0].lower() not in _PLAIN:
            yield Span(start=match.start(), end=match.end(), text=match[0])
