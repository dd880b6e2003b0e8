"""Where one sentence ends and the next begins, in Chinese and in English."""

import re
from collections.abc import Iterator

from assist.records import Span

_URL = r"(?:https?://|www\.)[^\s\u3000-\u303f\uff00-\uffef\u2e80-\u9fff<>\"“”]+"
_EMAIL = (
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}"
)
_ASIDE = r"（[^（）\n]{1,200}）|\([^()\n]{1,200}\)"
# A run of full stops and question marks, then what closes around it, then citation marks.
_ENDER = r"(?P<ender>[。！？!?…｡.]+[”’」』）】》\"')\]]*(?:\s?\[\d{1,2}\])*)"
_STEP = re.compile(rf"(?P<whole>{_URL}|{_EMAIL}|{_ASIDE})|(?P<line>[\n\r\u2028\u2029]+)|{_ENDER}")
_TITLES = re.compile(r"mr|mrs|ms|dr|prof|st|vs|fig|approx|dept|est|e\.g|i\.e|cf|al")
_ENDINGS = re.compile(r"etc|inc|ltd|co|corp|a\.m|p\.m|u\.s|u\.k|jr|sr")
_BEFORE_DOT = re.compile(r"[A-Za-z]+(?:\.[A-Za-z]+)*$")
_LIST_MARK = re.compile(r"(?:^|.*[:;：；])\s*(?:\d{1,2}|[A-Za-z])$", re.DOTALL)
_LOOK_BACK = 24


def split_sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences in order; together they hold all visible text.

    Decimals, URLs, asides in brackets, list numbers and abbreviations do not end a sentence.
    """
    return tuple(_spans(text))


def _spans(text: str) -> Iterator[Span]:
    start = 0
    for match in _STEP.finditer(text):
        if match["whole"] is not None:
            at_dot = match[0].endswith((".", "!", "?")) and match[0][0] not in "（("
            if not at_dot or text[match.end() : match.end() + 1].strip():
                continue
        elif match["ender"] is not None and not _ends(text, match, start):
            continue
        yield from _trimmed(text, start, match.end())
        start = match.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    body = piece.strip()
    if body:
        yield Span(start=start + lead, end=start + lead + len(body), text=body)


def _ends(text: str, match: re.Match[str], start: int) -> bool:
    """Whether a run of enders ends the sentence; only a Latin full stop leaves room for doubt."""
    marks = match["ender"]
    if marks[0] != "." or any(mark in marks for mark in "。！？!?"):
        return True
    after = text[match.end() : match.end() + 1]
    if after and not after.isspace() and after.isascii():
        return False
    before = text[max(start, match.start() - _LOOK_BACK) : match.start()]
    if marks.startswith(".."):
        return True
    if _LIST_MARK.fullmatch(before):
        return not after
    return not _abbreviation(before, text[match.end() : match.end() + 2].strip())


def _abbreviation(before: str, after: str) -> bool:
    word = _BEFORE_DOT.search(before)
    if word is None or not after:
        return False
    name = word[0].lower()
    if _TITLES.fullmatch(name) or (len(name) == 1 and word[0].isupper() and name != "i"):
        return True
    if name == "no":
        return after[0].isdigit()
    return _ENDINGS.fullmatch(name) is not None and not after[0].isupper()
