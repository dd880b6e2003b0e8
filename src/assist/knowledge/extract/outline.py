"""A document's headings, paragraphs, lists and tables as Markdown."""

import re
from collections.abc import Sequence

_BLANKS = re.compile(r"[^\S\n]+")
_UNREADABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufeff\ufffe\uffff\ud800-\udfff]")
_DEEPEST_HEADING = 6


def tidy(text: str) -> str:
    """Return the text with single blanks, without empty lines and without control characters."""
    plain = _UNREADABLE.sub("", text.replace("\xa0", " "))
    lines = (_BLANKS.sub(" ", line).strip() for line in plain.split("\n"))
    return "\n".join(line for line in lines if line)


class Outline:
    """Blocks in the order in which they are added; neighbouring items make one list."""

    def __init__(self) -> None:
        self._blocks: list[tuple[bool, str]] = []

    def heading(self, level: int, text: str) -> None:
        """Add a heading of level 1 to 6."""
        line = tidy(text).replace("\n", " ")
        self._add(f"{'#' * min(max(level, 1), _DEEPEST_HEADING)} {line}" if line else "")

    def paragraph(self, text: str) -> None:
        """Add a paragraph; its line breaks stay."""
        self._add(tidy(text))

    def item(self, text: str, *, depth: int, mark: str) -> None:
        """Add an item of a list; ``depth`` is 0 in the outermost, ``mark`` is "-" or "3."."""
        body = tidy(text)
        inner = "  " * depth
        lines = body.replace("\n", f"\n{inner}  ")
        self._add(f"{inner}{mark} {lines}" if body else "", is_item=True)

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """Add a table whose first row is its header; one of a single column is paragraphs."""
        told = [[tidy(cell).replace("\n", " ") for cell in row] for row in rows]
        told = [row for row in told if any(row)]
        width = max(map(len, told), default=0)
        if width <= 1:
            for row in told:
                self.paragraph(row[0])
            return
        lines = [_table_line([*row, *[""] * (width - len(row))]) for row in told]
        self._add("\n".join([lines[0], _table_line(["---"] * width), *lines[1:]]))

    def code(self, text: str) -> None:
        """Add a text whose blanks matter."""
        body = _UNREADABLE.sub("", text).strip("\n")
        self._add(f"```\n{body}\n```" if body.strip() else "")

    def text(self) -> str:
        """Return the blocks with an empty line between them."""
        told: list[str] = []
        after_item = False
        for is_item, block in self._blocks:
            if told:
                told.append("\n" if is_item and after_item else "\n\n")
            told.append(block)
            after_item = is_item
        return "".join(told)

    def _add(self, block: str, *, is_item: bool = False) -> None:
        if block:
            self._blocks.append((is_item, block))


def _table_line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
