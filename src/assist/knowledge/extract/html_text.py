"""A web page as Markdown, as far as a reader sees it."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from assist.knowledge.extract.found import FoundText
from assist.knowledge.extract.outline import Outline, tidy

_UNSEEN = frozenset({
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "audio", "video",
    "canvas", "select", "button", "textarea", "nav",
})  # fmt: skip
_VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
})  # fmt: skip
# An end tag may be left out, so a new one of these ends the one before it.
_OPEN_ENDED = frozenset({"p", "li", "dt", "dd", "td", "th", "tr", "option"})
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hr",
    "html", "main", "p", "section", "summary", "title", "ul", "ol", "li", "table", "tr", "td",
    "th", "tbody", "thead", "tfoot", "pre", "h1", "h2", "h3", "h4", "h5", "h6",
})  # fmt: skip
_HEADING = re.compile(r"h([1-6])")
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:font-size|opacity)\s*:\s*0(?![.\d])", re.I
)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_MOST_SPANNED = 50


def html_text(page: str) -> FoundText:
    """Return the text of a page; what is hidden from a reader is left out, a prompt too."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    reader.finish()
    return FoundText(text=reader.outline.text(), title=tidy(reader.title) or None)


@dataclass(slots=True)
class _List:
    is_numbered: bool
    count: int = 0


@dataclass(slots=True)
class _Table:
    rows: list[list[str]] = field(default_factory=list)
    cell: list[str] | None = None
    span: tuple[int, int] = (1, 1)
    """Columns and rows of the cell that is open."""
    hanging: dict[int, tuple[int, str]] = field(default_factory=dict)
    """Cells that reach down into the next rows, by their column."""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.outline = Outline()
        self.title = ""
        self._words: list[str] = []
        self._skipped = ""
        self._depth = 0
        self._in_title = False
        self._heading = 0
        self._is_code = False
        self._lists: list[_List] = []
        self._is_item = False
        self._mark = ""
        self._tables: list[_Table] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._skipped:
            self._skip_start(tag, attrs)
            return
        if tag in _BLOCKS:
            self._flush()
        if tag in _UNSEEN or (tag not in _VOID and _is_hidden(attrs)):
            self._skipped, self._depth = tag, 1
        elif tag == "br":
            self._words.append("\v")
        else:
            self._open(tag, True)
            self._start_table_part(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self._skipped:
            self._depth -= tag == self._skipped
            self._skipped = self._skipped if self._depth else ""
            return
        if tag in _BLOCKS:
            self._flush()
        self._open(tag, False)
        if self._tables:
            self._end_table_part(tag)

    def _open(self, tag: str, is_open: bool) -> None:
        """Remember in what the next words stand."""
        heading = _HEADING.fullmatch(tag)
        if heading:
            self._heading = int(heading[1]) if is_open else 0
        elif tag == "title":
            self._in_title = is_open
        elif tag == "pre":
            self._is_code = is_open
        elif tag in {"ul", "ol"}:
            self._in_list(tag, is_open)
        elif tag == "li":
            self._is_item = is_open
            if is_open:
                self._mark = self._next_mark()

    def _in_list(self, tag: str, is_open: bool) -> None:
        if is_open:
            self._lists.append(_List(is_numbered=tag == "ol"))
        elif self._lists:
            self._lists.pop()
            self._is_item = False

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
        elif not self._skipped:
            self._words.append(data if self._is_code else _BLANKS.sub(" ", data))

    def finish(self) -> None:
        """Close what the page left open."""
        self._flush()
        while self._tables:
            self._end_table_part("table")

    def _skip_start(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != self._skipped:
            return
        if tag not in _OPEN_ENDED:
            self._depth += 1
        elif not _is_hidden(attrs):
            self._skipped = ""
            self.handle_starttag(tag, attrs)

    def _flush(self) -> None:
        text = "".join(self._words)
        text = text.replace("\v", "\n")
        self._words.clear()
        if not text.strip():
            return
        if self._tables and self._tables[-1].cell is not None:
            self._tables[-1].cell.append(tidy(text))
        elif self._heading:
            self.outline.heading(self._heading, text)
        elif self._is_code:
            self.outline.code(text)
        elif self._is_item:
            self.outline.item(text, depth=max(len(self._lists) - 1, 0), mark=self._mark)
            self._mark = " "
        else:
            self.outline.paragraph(text)

    def _next_mark(self) -> str:
        inmost = self._lists[-1] if self._lists else _List(is_numbered=False)
        inmost.count += 1
        return f"{inmost.count}." if inmost.is_numbered else "-"

    def _start_table_part(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._tables.append(_Table())
        elif self._tables and tag == "tr":
            self._end_cell()
            self._tables[-1].rows.append([])
        elif self._tables and tag in {"td", "th"}:
            self._end_cell()
            self._tables[-1].cell = []
            self._tables[-1].span = _number(attrs, "colspan"), _number(attrs, "rowspan")

    def _end_table_part(self, tag: str) -> None:
        if tag in {"td", "th", "tr", "table"}:
            self._end_cell()
        if tag != "table":
            return
        table = self._tables.pop()
        if self._tables and self._tables[-1].cell is not None:
            self._tables[-1].cell.extend(" ".join(row) for row in table.rows)
        else:
            self.outline.table(table.rows)

    def _end_cell(self) -> None:
        table = self._tables[-1]
        if table.cell is None:
            return
        text = " ".join(table.cell)
        table.cell = None
        if not table.rows:
            table.rows.append([])
        row = table.rows[-1]
        _hang(table, row)
        columns, rows = table.span
        if rows > 1:
            table.hanging[len(row)] = (rows - 1, text)
        row.extend([text, *[""] * (columns - 1)])


def _hang(table: _Table, row: list[str]) -> None:
    """Repeat in a row what stands in the cells above that reach into it."""
    while len(row) in table.hanging:
        left, text = table.hanging.pop(len(row))
        if left > 1:
            table.hanging[len(row)] = (left - 1, text)
        row.append(text)


def _is_hidden(attrs: list[tuple[str, str | None]]) -> bool:
    return any(
        name == "hidden" or (name == "style" and _HIDDEN_STYLE.search(value or ""))
        for name, value in attrs
    )


def _number(attrs: list[tuple[str, str | None]], name: str) -> int:
    value = dict(attrs).get(name) or "1"
    return min(max(int(value), 1), _MOST_SPANNED) if value.isdecimal() else 1
