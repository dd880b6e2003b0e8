"""Rows in a text file: one JSON object a line, or cells between separators."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from itertools import islice

from assist.knowledge.extract.found import FoundRow
from assist.knowledge.extract.table import Fault, Line, recognised, rows_under_header
from assist.knowledge.extract.text_file import decode
from assist.knowledge.extract.values import ColumnTwice, cells_of

_SEPARATORS = ",\t;|"
_LINES_LOOKED_AT = 20
_DEEPEST = 12
"""Levels of a JSON row; no vendor needs half of it."""


def json_rows(content: bytes) -> Iterator[FoundRow]:
    """Yield a row for each line that holds anything."""
    # Not splitlines(): U+2028 and its like may stand inside a JSON string.
    for number, line in enumerate(decode(content).split("\n"), start=1):
        if line.strip():
            yield _json_row(number, line)


def csv_rows(content: bytes) -> Iterator[FoundRow]:
    """Yield a row for each one under the header that holds anything. Raises Refused."""
    text = decode(content)
    lines = _csv_lines(text, _separator(text))
    yield from rows_under_header(lines, is_certain=True) or ()


def _json_row(number: int, line: str) -> FoundRow:
    try:
        row = json.loads(line, object_pairs_hook=_unique)
        if not isinstance(row, dict):
            return FoundRow(line=number, wrong="not_object")
        _require_flat(row, _DEEPEST)
        return FoundRow(line=number, cells=cells_of(row.items()))
    except ColumnTwice as error:
        return FoundRow(line=number, wrong="line", detail=f"{error} stands twice")
    except (ValueError, RecursionError) as error:
        return FoundRow(line=number, wrong="line", detail=str(error))


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    cells = dict(pairs)
    if len(cells) < len(pairs):
        raise ValueError("a key stands twice")
    return cells


def _require_flat(value: object, levels: int) -> None:
    if not isinstance(value, Mapping | list):
        return
    if not levels:
        raise ValueError("nested too deep")
    for item in value.values() if isinstance(value, Mapping) else value:
        _require_flat(item, levels - 1)


def _csv_lines(text: str, separator: str) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator)
    while True:
        line = reader.line_num + 1
        try:
            yield line, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, Fault(code="line", detail=str(error))


def _separator(text: str) -> str:
    """Return the sign between the names of columns; a comma unless another one shows more."""
    first = list(islice(io.StringIO(text), _LINES_LOOKED_AT))
    return max(
        _SEPARATORS,
        key=lambda sign: max((recognised(line.split(sign)) for line in first), default=0),
    )
