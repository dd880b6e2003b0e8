"""Rows of cells under the row that names their columns."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from assist.knowledge.extract.columns import IGNORED, REPEATABLE, field_of
from assist.knowledge.extract.formula import unguarded
from assist.knowledge.extract.found import FoundRow, Refused, RowCode
from assist.knowledge.extract.values import cells_of

_ROWS_ABOVE = 20
"""How far down a header may stand: titles and hints for the person who fills in come before it."""
_CONTINUED = re.compile(r"(?P<name>.+)\+\d{1,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A cell without a value, and why."""

    code: RowCode
    detail: str


Cell = str | Fault
Line = tuple[int, Sequence[Cell] | Fault]
"""Where a row begins, from 1, and its cells; a Fault when it could not be read."""


def rows_under_header(
    lines: Iterable[Line], *, sheet: str | None = None, is_certain: bool
) -> Iterator[FoundRow] | None:
    """Return the rows that hold anything; None when no row is a header.

    ``is_certain`` takes the first row for the header if none looks like one. Raises Refused.
    """
    told = (line for line in lines if isinstance(line[1], Fault) or any(map(_is_told, line[1])))
    first = list(islice(told, _ROWS_ABOVE))
    rows = [
        [] if isinstance(cells, Fault) else [_text(cell).strip() for cell in cells]
        for _, cells in first
    ]
    found = _header(rows)
    if not rows:
        return iter(())
    if found is None:
        if not is_certain:
            return None
        found = 0, rows[0]
    at, header = found
    _require_single(header)
    return _rows(chain(first[at + 1 :], told), header, sheet)


def recognised(names: Iterable[str]) -> int:
    """Return how many names are those of columns."""
    return sum(field_of(name) is not None for name in names)


def _header(rows: Sequence[Sequence[str]]) -> tuple[int, list[str]] | None:
    """Return the place and the names of the header; its names may stand in two rows."""
    for at, row in enumerate(rows):
        below = rows[at + 1] if at + 1 < len(rows) else []
        told = [name for name in below if name]
        if told and recognised(told) == len(told):
            width = max(len(row), len(below))
            pairs = zip(_wide(row, width), _wide(below, width), strict=True)
            both = [low or high for high, low in pairs]
            if _is_header(both) and recognised(row):
                return at + 1, both
        if _is_header(row):
            return at, list(row)
    return None


def _wide(row: Sequence[str], width: int) -> list[str]:
    return [*row, *[""] * (width - len(row))]


def _is_header(names: Sequence[str]) -> bool:
    fields = {field_of(name) for name in names if name}
    return "question" in fields and bool(fields & {"answers", "channel_answers"})


def _require_single(header: Sequence[str]) -> None:
    seen: set[str] = set()
    for name in filter(None, header):
        field = field_of(name) or name
        if field in seen and field not in REPEATABLE:
            raise Refused("column_twice", name)
        seen.add(field)


def _rows(lines: Iterable[Line], header: Sequence[str], sheet: str | None) -> Iterator[FoundRow]:
    for line, cells in lines:
        fault = cells if isinstance(cells, Fault) else _fault(header, cells)
        if fault:
            yield FoundRow(line=line, sheet=sheet, wrong=fault.code, detail=fault.detail)
        elif not isinstance(cells, Fault):
            named = _named(header, list(map(_text, cells)))
            yield FoundRow(line=line, sheet=sheet, cells=cells_of(named))


def _fault(header: Sequence[str], cells: Sequence[Cell]) -> Fault | None:
    if any(map(_is_told, cells[len(header) :])):
        return Fault(code="too_many_cells", detail="")
    for name, cell in zip(header, cells, strict=False):
        if isinstance(cell, Fault) and field_of(name) != IGNORED:
            return cell
    return None


def _named(header: Sequence[str], cells: Sequence[str]) -> list[tuple[str, str]]:
    """Return names and cells; "answers+2" goes on where "answers" had to end."""
    held: dict[int, str] = {}
    place: dict[str, int] = {}
    for at, (name, cell) in enumerate(zip(header, map(unguarded, cells), strict=False)):
        more = _CONTINUED.fullmatch(name)
        if more and more["name"] in place:
            held[place[more["name"]]] += cell
        else:
            place[name] = at
            held[at] = cell
    return [(header[at] or f"#{at + 1}", cell) for at, cell in held.items() if cell.strip()]


def _is_told(cell: Cell) -> bool:
    return isinstance(cell, Fault) or bool(cell.strip())


def _text(cell: Cell) -> str:
    return "" if isinstance(cell, Fault) else cell
