"""The text of a PDF, page by page."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import BinaryIO

from assist.knowledge.extract.found import FoundText, Refused
from assist.knowledge.extract.outline import tidy

_SENTENCE_END = tuple("。！？；：.!?;:…”」』）)")
_FULL = 0.8
"""A line this long, measured by the longest of its page, was broken for want of room."""
_NARROW = 20
"""Characters; the lines of a page that has none longer end where they were meant to."""
_START = re.compile(
    r"[-*•·●○■◆#|]|[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3}|[①-⑳])[.、)）]|[①-⑳]"
    r"|第[一二三四五六七八九十百\d]{1,4}[章节条]"
)
_PAGES_TO_SEE_A_MARGIN = 4


def pdf_text(file: BinaryIO) -> FoundText:
    """Return the pages with an empty line between them. Raises Refused."""
    try:
        from pypdf import PdfReader
        from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError
    except ImportError as error:
        raise Refused("extra", ".pdf") from error
    try:
        reader = PdfReader(file)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Refused("encrypted")
        pages = [tidy(page.extract_text()).split("\n") for page in reader.pages]
        title = reader.metadata.title if reader.metadata else None
    except (FileNotDecryptedError, DependencyError) as error:
        raise Refused("encrypted") from error
    except PyPdfError as error:
        raise Refused("damaged", str(error)) from error
    if not any(map(any, pages)):
        raise Refused("scanned")
    texts = ("\n".join(_joined(lines)) for lines in _without_margins(pages))
    return FoundText(text="\n\n".join(filter(None, texts)), title=tidy(title or "") or None)


def _without_margins(pages: Sequence[list[str]]) -> list[list[str]]:
    """Drop the first and last lines that most pages share; page numbers differ in digits only."""
    if len(pages) < _PAGES_TO_SEE_A_MARGIN:
        return list(pages)
    tops = Counter(_shape(lines[0]) for lines in pages)
    feet = Counter(_shape(lines[-1]) for lines in pages)
    kept = []
    for lines in pages:
        first = tops[_shape(lines[0])] > len(pages) / 2
        last = len(lines) > 1 and feet[_shape(lines[-1])] > len(pages) / 2
        kept.append(lines[first : len(lines) - last])
    return kept


def _shape(line: str) -> str:
    return "".join("0" if character.isdecimal() else character for character in line)


def _joined(lines: Sequence[str]) -> list[str]:
    """Join the lines of a paragraph that only the width of the page has parted."""
    room = max(_NARROW, *map(len, lines)) * _FULL
    told: list[str] = []
    goes_on = False
    for line in lines:
        if goes_on and not _START.match(line):
            told[-1] += f"{_between(told[-1], line)}{line}"
        else:
            told.append(line)
        goes_on = len(line) >= room and not line.endswith(_SENTENCE_END)
    return told


def _between(before: str, after: str) -> str:
    """Return the blank between two words that are written with Latin letters."""
    if before.endswith("-") or not (before and after):
        return ""
    return " " if before[-1].isascii() and after[0].isascii() else ""
