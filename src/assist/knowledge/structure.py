"""Where a long text may be cut: by its headings, then its blocks, then its sentences."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from assist.text.sentences import split_sentences

_MARKDOWN = re.compile(r"(#{1,6})[ \t]+(?P<name>.+?)[ \t]*#*")
_FENCE = re.compile(r"[ \t]*(```|~~~)")
_TABLE_ROW = re.compile(r"[ \t]*\|.*")
_ITEM = re.compile(r"[ \t]*(?:[-*+•·]|\d{1,3}[.、)）]|[（(]\d{1,3}[)）]|[①-⑳])[ \t]*\S.*")
_INDENTED = re.compile(r"(?:[ \t]{2,}|\t)\S.*")
_NUMERAL = "[一二三四五六七八九十百零〇\\d]{1,5}"
# Headings of a plain text, from the highest level down; they follow those of Markdown.
_NUMBERED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"第{_NUMERAL}[章编部].*",
        rf"第{_NUMERAL}节.*",
        rf"第{_NUMERAL}条.*",
        r"[一二三四五六七八九十]{1,3}、.*",
        r"[（(][一二三四五六七八九十]{1,3}[)）].*",
    )
)
_LONGEST_HEADING = 30
_SENTENCE_END = tuple("。；;，,！!？?…")
_BREATH = re.compile(r"[\s，,；;、：:]")

Block = Literal["text", "list", "table", "code"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch ``[start, end)`` of a text and the headings above it, the highest first."""

    start: int
    end: int
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    start: int
    end: int
    """Without the line break and the white space before it."""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    start: int
    end: int
    block: Block
    lines: tuple[_Line, ...]


def pieces_of(text: str, *, longest: int) -> tuple[Piece, ...]:
    """Return the pieces in order, each at most ``longest`` characters; headings are no piece."""
    return tuple(
        Piece(start=start, end=end, headings=headings)
        for headings, stretches in _sections(text)
        for start, end in _packed(_fitting(text, stretches, longest), longest)
    )


def _sections(text: str) -> Iterator[tuple[tuple[str, ...], list[_Stretch]]]:
    path: list[tuple[int, str]] = []
    lines: list[_Line] = []
    fenced = False
    for line in _lines(text):
        fenced ^= _FENCE.match(line.text) is not None
        heading = None if fenced else _heading(line.text)
        if heading is None:
            lines.append(line)
            continue
        yield tuple(name for _, name in path), _blocks(lines)
        lines = []
        path = [(level, name) for level, name in path if level < heading[0]] + [heading]
    yield tuple(name for _, name in path), _blocks(lines)


def _lines(text: str) -> Iterator[_Line]:
    start = 0
    for written in text.split("\n"):
        body = written.rstrip()
        yield _Line(start=start, end=start + len(body), text=body)
        start += len(written) + 1


def _heading(line: str) -> tuple[int, str] | None:
    """Return level and name of a heading, or None."""
    markdown = _MARKDOWN.fullmatch(line)
    if markdown:
        return len(markdown[1]), markdown["name"]
    name = line.strip()
    if len(name) > _LONGEST_HEADING or name.endswith(_SENTENCE_END):
        return None
    for level, pattern in enumerate(_NUMBERED, start=7):
        if pattern.fullmatch(name):
            return level, name
    return None


def _blocks(lines: Iterable[_Line]) -> list[_Stretch]:
    """Join the lines of a paragraph, list, table or code block; an empty line parts them."""
    blocks: list[list[_Line]] = []
    kinds: list[Block] = []
    open_block = fenced = False
    for line in lines:
        fence = _FENCE.match(line.text) is not None
        kind = "code" if fenced or fence else _kind(line.text, kinds[-1] if open_block else "text")
        if not line.text and not fenced:
            open_block = False
        elif open_block and kind == kinds[-1]:
            blocks[-1].append(line)
        else:
            blocks.append([line])
            kinds.append(kind)
            open_block = True
        fenced ^= fence
    return [
        _Stretch(start=_first(block[0]), end=block[-1].end, block=kind, lines=tuple(block))
        for block, kind in zip(blocks, kinds, strict=True)
    ]


def _kind(line: str, before: Block) -> Block:
    if _TABLE_ROW.fullmatch(line):
        return "table"
    if _ITEM.fullmatch(line) or (before == "list" and _INDENTED.fullmatch(line)):
        return "list"
    return "text"


def _first(line: _Line) -> int:
    return line.end - len(line.text.lstrip())


def _fitting(text: str, stretches: Iterable[_Stretch], longest: int) -> Iterator[tuple[int, int]]:
    """Yield blocks whole where they fit, else their lines or sentences, else parts of those."""
    for stretch in stretches:
        if stretch.end - stretch.start <= longest:
            yield stretch.start, stretch.end
        elif stretch.block == "text":
            yield from _sentences(text, stretch.start, stretch.end, longest)
        else:
            for line in stretch.lines:
                yield from _sentences(text, _first(line), line.end, longest)


def _sentences(text: str, start: int, end: int, longest: int) -> Iterator[tuple[int, int]]:
    if end - start <= longest:
        if end > start:
            yield start, end
        return
    for sentence in split_sentences(text[start:end]):
        yield from _forced(text, start + sentence.start, start + sentence.end, longest)


def _forced(text: str, start: int, end: int, longest: int) -> Iterator[tuple[int, int]]:
    """Yield a sentence in parts that fit, cut at a breath in their second half if there is one."""
    while end - start > longest:
        breaths = [match.end() for match in _BREATH.finditer(text, start, start + longest)]
        cut = breaths[-1] if breaths and breaths[-1] > start + longest // 2 else start + longest
        yield start, start + len(text[start:cut].rstrip())
        start = cut + len(text[cut:end]) - len(text[cut:end].lstrip())
    if end > start:
        yield start, end


def _packed(stretches: Iterable[tuple[int, int]], longest: int) -> Iterator[tuple[int, int]]:
    """Join neighbours for as long as they fit together."""
    held: tuple[int, int] | None = None
    for start, end in stretches:
        if held and end - held[0] <= longest:
            held = held[0], end
            continue
        if held:
            yield held
        held = start, end
    if held:
        yield held
