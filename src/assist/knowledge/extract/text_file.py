"""Text files as people save them."""

import codecs
import re

from assist.knowledge.extract.found import Refused

_DECLARED = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,30})""", re.I)
_DECLARATION_BYTES = 2048
_GUESSED = frozenset({b"utf-8", b"utf8", b"gbk", b"gb2312", b"gb18030"})


def decode(content: bytes, *, is_html: bool = False) -> str:
    """Return a text in UTF-8 or UTF-16, or else in GB18030 (the superset of GBK).

    A page's own declaration comes before the last guess. Raises Refused.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded(content, "utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        broken_at = content.count(b"\n", 0, error.start) + 1
    declared = _DECLARED.search(content[:_DECLARATION_BYTES]) if is_html else None
    if declared and declared[1].lower() not in _GUESSED:
        return _decoded(content, declared[1].decode())
    if _is_mostly_utf8(content):
        # As GB18030 it would be read without an error, and every word would be wrong.
        raise Refused("broken_utf8", str(broken_at))
    return _decoded(content, "gb18030")


def plain_text(content: bytes) -> str:
    """Return a text file with Unix line ends. Raises Refused."""
    text = decode(content).replace("\r\n", "\n").replace("\r", "\n")
    if "\x00" in text:
        raise Refused("not_text")
    return text


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise Refused("encoding") from error


def _is_mostly_utf8(content: bytes) -> bool:
    """Tell a damaged UTF-8 text from one in another encoding."""
    text = content.decode("utf-8", errors="replace")
    wrong = text.count("\ufffd")
    return sum(character > "\x7f" for character in text) - wrong > wrong
