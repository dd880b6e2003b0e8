"""Names that a Chinese text gives to things: titles, quoted words, Latin names and models."""

import re
from collections.abc import Iterator

import rjieba

from assist.records import Span
from assist.text.normalise import fold

_QUOTED = re.compile(
    r"《([^《》\n]{2,30})》|“([^“”\n，。！？]{2,12})”|「([^「」\n，。！？]{2,12})」"
)
_LATIN = re.compile(
    r"(?<![\w@./-])[A-Za-z]+\d*(?:[ -](?:[A-Z]\w*|\d+\w*))*(?![\w@/]|\.\w)", re.ASCII
)
_ENTITY = frozenset(("nr", "ns", "nt", "nrt"))
"""The dictionary's marks for names."""
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


def entities_in(text: str, known: str) -> Iterator[Span]:
    """Yield the people, places and bodies of a text whose names begin nowhere in ``known``."""
    end = 0
    for word, tag in _tagged(text):
        start = text.find(word, end)
        end = start + len(word)
        if len(word) > 1 and tag in _ENTITY and fold(word)[:2] not in known:
            yield Span(start=start, end=end, text=word)


def _tagged(text: str) -> list[tuple[str, str]]:
    tagged: list[tuple[str, str]] = rjieba.tag(text)
    return tagged
