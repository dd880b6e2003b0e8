"""A Word document as Markdown: what it says now, without what was deleted or hidden."""

from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element

from assist.knowledge.extract.docx_styles import Styles, W, value_of
from assist.knowledge.extract.found import FoundText, Refused
from assist.knowledge.extract.outline import Outline

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Deletions, what was moved away, the code of a field, and the second copy of a text box.
_UNREAD = frozenset({f"{W}del", f"{W}moveFrom", f"{W}pPr", f"{W}instrText", _FALLBACK})
_SIGNS = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": " ", f"{W}noBreakHyphen": "-"}
_NO_TITLE = frozenset({"", "Word Document"})


def docx_text(file: BinaryIO) -> FoundText:
    """Return headings, paragraphs, lists and tables in their order. Raises Refused."""
    try:
        from docx import Document
        from docx.opc.constants import RELATIONSHIP_TYPE
    except ImportError as error:
        raise Refused("extra", ".docx") from error
    document = Document(file)
    parts = {
        name: relation.target_part.element
        for relation in document.part.rels.values()
        for name in ("STYLES", "NUMBERING")
        if relation.reltype == getattr(RELATIONSHIP_TYPE, name)
    }
    reader = _Reader(Styles(parts.get("STYLES"), parts.get("NUMBERING")))
    reader.read(document.element.body)
    title = (document.core_properties.title or "").strip()
    return FoundText(text=reader.outline.text(), title=None if title in _NO_TITLE else title)


class _Reader:
    def __init__(self, styles: Styles) -> None:
        self.outline = Outline()
        self._styles = styles
        self._counts: Counter[tuple[str, int]] = Counter()

    def read(self, blocks: Element) -> None:
        """Add the blocks of a body or of a content control."""
        for block in blocks:
            if block.tag == f"{W}p":
                self._paragraph(block)
            elif block.tag == f"{W}tbl":
                self.outline.table([list(_cells(row)) for row in _own(block, f"{W}tr")])
            elif block.tag not in _UNREAD:
                self.read(block)

    def _paragraph(self, paragraph: Element) -> None:
        text = _text(paragraph)
        if not text.strip():
            return
        form = self._styles.form_of(paragraph)
        if form.heading:
            self.outline.heading(form.heading, text)
        elif form.number is None:
            self.outline.paragraph(text)
        elif not form.is_numbered:
            self.outline.item(text, depth=form.depth, mark="-")
        else:
            self.outline.item(
                text, depth=form.depth, mark=f"{self._next(form.number, form.depth)}."
            )

    def _next(self, number: str, depth: int) -> int:
        for deeper in [key for key in self._counts if key[0] == number and key[1] > depth]:
            del self._counts[deeper]
        self._counts[number, depth] += 1
        return self._counts[number, depth]


def _text(element: Element) -> str:
    return "".join(_pieces(element))


def _pieces(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag not in _UNREAD and not _is_hidden(child):
            yield from _pieces(child)
            if child.tag == f"{W}p":
                yield "\n"


def _is_hidden(run: Element) -> bool:
    mark = run.find(f"{W}rPr/{W}vanish")
    return mark is not None and value_of(mark) not in {"0", "false"}


def _own(parent: Element, tag: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, also those inside content controls."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}ins"}:
            yield from _own(child, tag)


def _cells(row: Element) -> Iterator[str]:
    for cell in _own(row, f"{W}tc"):
        yield _text(cell)
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        yield from [""] * (int(value_of(span) or 1) - 1)
