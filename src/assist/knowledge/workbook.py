"""A workbook of one sheet, all of text, without a library: an export needs no extra."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from itertools import chain
from xml.sax.saxutils import escape

from assist.knowledge.extract.formula import guarded
from assist.knowledge.extract.places import letters

_LONGEST = 16_000
"""Characters of a cell; a spreadsheet takes 32,767 units, and a character may be two of them."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_SHEET = "xl/worksheets/sheet1.xml"
_HIGHEST_RATIO = 50
_PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/{_SHEET}" ContentType="{_TYPES}.worksheet+xml"/>'
        "</Types>"
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="knowledge" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}
# XML cannot hold these; the format writes them, and what looks like such a code, as a code.
_CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def workbook_of(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return an .xlsx file; a text too long for one cell goes on under "name+2", "name+3"…"""
    parted = [[_parts(cell) for cell in row] for row in rows]
    widths = [max((len(row[at]) for row in parted), default=1) for at in range(len(header))]
    names = [
        name if more == 1 else f"{name}+{more}"
        for name, width in zip(header, widths, strict=True)
        for more in range(1, width + 1)
    ]
    cells = (
        [part for at, width in enumerate(widths) for part in _filled(row[at], width)]
        for row in parted
    )
    lines = "".join(_row(number, row) for number, row in enumerate(chain([names], cells), start=1))
    size = f'<dimension ref="A1:{letters(len(names) - 1)}{len(parted) + 1}"/>'
    sheet = f'<worksheet xmlns="{_MAIN}">{size}<sheetData>{lines}</sheetData></worksheet>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in (*_PARTS.items(), (_SHEET, sheet)):
            _add(archive, name, (_HEAD + content).encode())
    return out.getvalue()


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    part = zipfile.ZipInfo(name, _EPOCH)
    # Sheets of ever the same words pack so well that they would be refused as a bomb.
    if len(zlib.compress(content)) * _HIGHEST_RATIO > len(content):
        part.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(part, content)


def _parts(cell: str) -> list[str]:
    starts = range(0, len(cell), _LONGEST)
    return [guarded(cell[at : at + _LONGEST]) for at in starts] or [""]


def _filled(parts: list[str], width: int) -> list[str]:
    return parts + [""] * (width - len(parts))


def _row(number: int, cells: Iterable[str]) -> str:
    told = (_cell(f"{letters(at)}{number}", text) for at, text in enumerate(cells) if text)
    return f'<row r="{number}">{"".join(told)}</row>'


def _cell(place: str, text: str) -> str:
    coded = _CODED.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return f'<c r="{place}" t="str"><v xml:space="preserve">{escape(coded)}</v></c>'
