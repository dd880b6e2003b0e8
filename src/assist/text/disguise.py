"""Other readings of a text: what it hides, and what it says once a disguise is taken off."""

import base64
import binascii
import codecs
import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from assist.text.normalise import HAN, normalise

# Tags outside a flag, runs of selectors or of zero width (ciphers), and forced text direction.
_HIDDEN = (
    re.compile("(?<![\U0001f3f4\U000e0020-\U000e007e])[\U000e0020-\U000e007e]{3,}"),
    re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]{4,}"),
    re.compile("[\u200b-\u200d\u2060-\u2064\ufeff\u180e]{8,}"),
    re.compile("[\u202d\u202e]"),
)

_BASE64 = re.compile(r"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{16,8000}={0,2}")
_BASE32 = re.compile(r"(?<![A-Z2-7])[A-Z2-7]{24,8000}={0,6}")
_HEX = re.compile(r"(?<![0-9A-Fa-f])(?:(?:0x|\\x)?[0-9A-Fa-f]{2}[ :,]?){12,4000}")
_BINARY = re.compile(r"(?<![01])(?:[01]{8}[ ,]?){8,4000}")
_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")
_ESCAPE = re.compile(r"\\u\{?([0-9A-Fa-f]{4,6})\}?")
_ENTITY = re.compile(r"&(?:#x?[0-9A-Fa-f]{2,6}|[a-z]{2,8});")

_LEET = str.maketrans("013457@$!", "oieastasi")
_LEET_WORD = re.compile(
    r"(?=[a-z0-9@$!]{0,20}[a-z])(?=[a-z0-9@$!]{0,20}[013457@$!])[a-z0-9@$!]{2,}"
)
# Cyrillic and Greek letters drawn like Latin ones, each before the letter that it imitates.
_PAIRS = "аaеeоoрpсcуyхxіiјjѕsԁdһhɡgɩiоoвbкkмmнhтtαaεeιiκkνvοoρpτt"
_LOOK_ALIKE = str.maketrans(_PAIRS[::2], _PAIRS[1::2])
_SPACED = re.compile(
    rf"(?:(?<![a-z0-9])[a-z0-9](?:[ .*_|~-]{{1,2}}[a-z0-9](?![a-z0-9])){{3,}}"
    rf"|[{HAN}](?:[ .*_|~·/,、-]{{1,2}}[{HAN}](?![{HAN}])){{3,}})"
)
_GAP = re.compile(r"[ .*_|~·/,、-]")
_LATIN = re.compile(r"[a-z]{3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One reading of a text, folded, and where each of its characters stands in the original."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


def plain_view(text: str) -> View:
    """Return the folded text itself."""
    normalised = normalise(text)
    return View(text=normalised.text, starts=normalised.starts, ends=normalised.ends)


def hidden_stretches(text: str) -> Iterator[tuple[int, int]]:
    """Yield where characters that nobody sees carry a message, or turn the order of reading."""
    for pattern in _HIDDEN:
        for match in pattern.finditer(text):
            yield match.span()


def encoded_views(text: str) -> Iterator[View]:
    """Yield what encoded stretches of the text say; each stands for its whole stretch."""
    for pattern, decode in (
        (_BASE64, _from_base64),
        (_BASE32, _from_base32),
        (_HEX, _from_hex),
        (_BINARY, _from_binary),
    ):
        for match in pattern.finditer(text):
            decoded = decode(match[0])
            if _readable(decoded):
                yield _whole(decoded, match)
    for pattern, unescape in (
        (_PERCENT, unquote),
        (_ESCAPE, _from_escapes),
        (_ENTITY, html.unescape),
    ):
        marks = list(pattern.finditer(text))
        if len(marks) >= 2:
            yield _stretch(unescape(text), 0, len(text))


def disguised_views(plain: View) -> Iterator[View]:
    """Yield the text with spaced letters joined, digits read as letters, look-alikes as Latin."""
    text = plain.text
    latin = text.translate(_LOOK_ALIKE)
    if latin != text:
        yield View(text=latin, starts=plain.starts, ends=plain.ends)
    if _LEET_WORD.search(text):
        yield View(
            text=_LEET_WORD.sub(lambda word: word[0].translate(_LEET), text),
            starts=plain.starts,
            ends=plain.ends,
        )
    if _SPACED.search(text):
        kept = _unspaced(text)
        yield View(
            text="".join(text[at] for at in kept),
            starts=[plain.starts[at] for at in kept],
            ends=[plain.ends[at] for at in kept],
        )
    if _LATIN.search(text):
        yield View(text=text[::-1], starts=plain.starts[::-1], ends=plain.ends[::-1])
        yield View(text=codecs.encode(text, "rot13"), starts=plain.starts, ends=plain.ends)


def _whole(said: str, match: re.Match[str]) -> View:
    return _stretch(said, match.start(), match.end())


def _stretch(said: str, start: int, end: int) -> View:
    folded = normalise(said).text
    return View(text=folded, starts=[start] * len(folded), ends=[end] * len(folded))


def _unspaced(text: str) -> list[int]:
    dropped = {
        match.start() + gap.start()
        for match in _SPACED.finditer(text)
        for gap in _GAP.finditer(match[0])
        # Of two blanks the second one parts words: "i g n o r e  y o u r".
        if match[0][gap.start() - 1] != " "
    }
    return [at for at in range(len(text)) if at not in dropped]


def _readable(said: str) -> bool:
    if len(said) < 8:
        return False
    good = sum(c.isalnum() or c.isspace() or (c.isascii() and c.isprintable()) for c in said)
    return good >= 0.85 * len(said)


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return ""


def _from_base64(written: str) -> str:
    body = written.rstrip("=").replace("-", "+").replace("_", "/")
    body = body[: len(body) - (len(body) % 4 == 1)]
    return _text(base64.b64decode(body + "=" * (-len(body) % 4)))


def _from_base32(written: str) -> str:
    body = written.rstrip("=")
    body = body[: len(body) - (len(body) % 8 in {1, 3, 6})]
    try:
        return _text(base64.b32decode(body + "=" * (-len(body) % 8)))
    except binascii.Error:
        return ""


def _from_hex(written: str) -> str:
    return _text(bytes.fromhex(re.sub(r"0x|\\x|[^0-9A-Fa-f]", "", written)))


def _from_binary(written: str) -> str:
    bits = re.sub(r"[^01]", "", written)
    return _text(bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits), 8)))


def _from_escapes(text: str) -> str:
    return _ESCAPE.sub(lambda escape: _character(int(escape[1], 16)), text)


def _character(point: int) -> str:
    return chr(point) if point < 0x110000 and not 0xD800 <= point < 0xE000 else ""
