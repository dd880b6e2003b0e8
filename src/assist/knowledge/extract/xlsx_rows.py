"""Rows of a workbook; nothing in it is computed."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from itertools import repeat
from typing import BinaryIO, Protocol

from assist.knowledge.extract.found import FoundRow, Refused
from assist.knowledge.extract.places import letters
from assist.knowledge.extract.table import Cell, Fault, Line, rows_under_header

_LAST_ROW = 1_048_576
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CHUNK = 1 << 20


class _SheetCell(Protocol):
    value: object
    data_type: str


class _Sheet(Protocol):
    def reset_dimensions(self) -> None: ...

    def iter_rows(self) -> Iterator[Sequence[_SheetCell]]: ...


def xlsx_rows(file: BinaryIO) -> Iterator[FoundRow]:
    """Yield the rows of every visible sheet that has a header. Raises Refused."""
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise Refused("extra", ".xlsx") from error
    values = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    formulas = None
    if _has_formulas(file):
        formulas = load_workbook(file, read_only=True, data_only=False, keep_links=False)
    sheets = [sheet for sheet in values.worksheets if sheet.sheet_state == "visible"]
    without = []
    for sheet in sheets:
        written = formulas[sheet.title] if formulas else None
        rows = rows_under_header(
            _lines(sheet, written),
            sheet=sheet.title if len(sheets) > 1 else None,
            is_certain=False,
        )
        if rows is None:
            without.append(FoundRow(line=1, sheet=sheet.title, wrong="no_header"))
        else:
            yield from rows
    if len(without) == len(sheets):
        raise Refused("no_columns")
    yield from without


def _lines(sheet: _Sheet, written: _Sheet | None) -> Iterator[Line]:
    """Yield the rows; ``written`` is the same sheet with formulas instead of their values."""
    sheet.reset_dimensions()  # they are what the file says of itself
    beside: Iterator[Sequence[_SheetCell]] = repeat(())
    if written:
        written.reset_dimensions()
        beside = written.iter_rows()
    for line, (cells, formulas) in enumerate(zip(sheet.iter_rows(), beside, strict=False), 1):
        if line > _LAST_ROW:
            raise Refused("rows", str(_LAST_ROW))
        computed = {at for at, cell in enumerate(formulas) if cell.data_type == "f"}
        yield line, [_cell(cell, at, line, at in computed) for at, cell in enumerate(cells)]


def _cell(cell: _SheetCell, column: int, line: int, is_computed: bool) -> Cell:
    if cell.data_type == "e":
        return Fault(code="cell_error", detail=f"{letters(column)}{line} {cell.value}")
    if cell.value is not None:
        return _text(cell.value)
    # A formula that came to an empty text has the type of a text, also without a value.
    if is_computed and cell.data_type == "n":
        return Fault(code="uncomputed", detail=f"{letters(column)}{line}")
    return ""


def _text(value: object) -> str:
    if isinstance(value, str):
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        is_day = value.time() == time.min
        return (value.date() if is_day else value.replace(microsecond=0)).isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def _has_formulas(file: BinaryIO) -> bool:
    with zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                with archive.open(name) as content:
                    before = b""
                    while chunk := content.read(_CHUNK):
                        if _FORMULA.search(before + chunk):
                            return True
                        before = chunk[-32:]
    return False
