"""Sheets of entries, read row by row and written so that they can be read again."""

import codecs
import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from assist.errors import FileTypeUnknown, ImportRefused
from assist.knowledge.category import one_line
from assist.knowledge.sheet import entry_of
from assist.knowledge.text_file import read_text
from assist.records import Entry, Language

_COLUMNS = (
    "id", "kind", "category", "question", "similar_questions", "negative_questions", "answers",
    "note", "links", "tags", "owner", "status", "effective_from", "effective_to", "review_by",
    "source", "version", "created_at", "updated_at",
)  # fmt: skip
_LIST_SIGN = re.compile(r"[\n|]")
# A spreadsheet would run such a cell as a formula, also behind quotes and blanks.
_FORMULA = re.compile(r"[\s']*[=+\-@＝＋－＠]|[\t\r]")
_NOT_JSON: dict[Language, str] = {"zh": "不是一个 JSON 对象", "en": "not a JSON object"}
_BAD_LINE: dict[Language, str] = {"zh": "这一行读不出来：{}", "en": "the line cannot be read: {}"}
_TOO_MANY: dict[Language, str] = {
    "zh": "单元格比表头多",
    "en": "more cells than the header has columns",
}
_ID_TWICE: dict[Language, str] = {
    "zh": "编号“{}”在文件里已出现在第 {} 行",
    "en": "the id “{}” stands in line {} already",
}

Cells = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    line: int
    """Where the row begins in the file, from 1."""
    entry: Entry | None
    reason: str | None
    """Why there is no entry."""


def read_rows(path: Path, *, zone: ZoneInfo, language: Language = "zh") -> Iterator[Row]:
    """Return the rows of a .jsonl or .csv file; a bad row says why and stops no other.

    Days without an hour are days of ``zone``. Raises FileTypeUnknown, ImportRefused.
    """
    match path.suffix.lower():
        case ".jsonl":
            found = _json_lines(read_text(path), language)
        case ".csv":
            found = _csv_lines(read_text(path), path.name, language)
        case other:
            raise FileTypeUnknown(f"{path.name}: no reader takes the suffix “{other}”")
    return _rows(found, zone, language)


def write_rows(entries: Iterable[Entry], format: Literal["jsonl", "csv"]) -> bytes:
    """Return the entries as a file that ``read_rows`` takes; a spreadsheet opens the CSV."""
    if format == "jsonl":
        lines = (json.dumps(_cells(entry), ensure_ascii=False) + "\n" for entry in entries)
        return "".join(lines).encode()
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    for entry in entries:
        cells = _cells(entry)
        writer.writerow([_guarded(_cell(name, cells[name])) for name in _COLUMNS])
    return codecs.BOM_UTF8 + out.getvalue().encode()


def _rows(
    found: Iterator[tuple[int, Cells | str]], zone: ZoneInfo, language: Language
) -> Iterator[Row]:
    lines: dict[str, int] = {}
    for line, cells in found:
        if isinstance(cells, str):
            yield Row(line=line, entry=None, reason=cells)
            continue
        entry, reason = entry_of(cells, zone=zone, language=language)
        if entry and lines.setdefault(entry.id, line) != line:
            reason = _ID_TWICE[language].format(entry.id, lines[entry.id])
            entry = None
        yield Row(line=line, entry=entry, reason=reason)


def _json_lines(text: str, language: Language) -> Iterator[tuple[int, Cells | str]]:
    # Not splitlines(): U+2028 and its like may stand inside a JSON string.
    for line, content in enumerate(text.split("\n"), start=1):
        if not content.strip():
            continue
        try:
            cells = json.loads(content, object_pairs_hook=_unique)
        except (ValueError, RecursionError) as error:
            yield line, _BAD_LINE[language].format(error)
            continue
        yield line, cells if isinstance(cells, dict) else _NOT_JSON[language]


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    cells = dict(pairs)
    if len(cells) < len(pairs):
        raise ValueError("a key stands twice")
    return cells


def _csv_lines(text: str, name: str, language: Language) -> Iterator[tuple[int, Cells | str]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] = []
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, _BAD_LINE[language].format(error)
            continue
        if header and any(cell.strip() for cell in row):
            cells = _csv_cells(header, row)
            yield line, _TOO_MANY[language] if cells is None else cells
        elif not header:
            header = [cell.strip().lower() for cell in row]
            if len(set(header)) < len(header):
                raise ImportRefused(f"{name}: a column name stands twice in the header")


def _csv_cells(header: list[str], row: list[str]) -> Cells | None:
    """Return the cells that hold anything by column, or None if one stands under no column."""
    if any(cell.strip() for cell in row[len(header) :]):
        return None
    named = zip(header, map(_unguarded, row), strict=False)
    return {name: cell for name, cell in named if cell.strip()}


def _cells(entry: Entry) -> dict[str, object]:
    return {
        "id": entry.id,
        "kind": entry.kind,
        "category": list(entry.category),
        "question": entry.question,
        "similar_questions": list(entry.similar_questions),
        "negative_questions": list(entry.negative_questions),
        "answers": [
            {"channel": answer.channel, "language": answer.language, "text": answer.text}
            for answer in entry.answers
        ],
        "note": entry.note,
        "links": list(entry.links),
        "tags": list(entry.tags),
        "owner": entry.owner,
        "status": entry.status,
        "effective_from": _instant(entry.effective_from),
        "effective_to": _instant(entry.effective_to),
        "review_by": entry.review_by.isoformat() if entry.review_by else None,
        "source": entry.source,
        "version": entry.version,
        "created_at": _instant(entry.created_at),
        "updated_at": _instant(entry.updated_at),
    }


def _instant(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else None


def _cell(name: str, value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, list):
        return str(value)
    text = one_line(value) if name == "category" else _lines(value)
    if text is None or text.startswith("["):
        return json.dumps(value, ensure_ascii=False)
    return text


def _lines(items: list[object]) -> str | None:
    """Return texts one a line, or None when that could not be read back."""
    texts = [item for item in items if isinstance(item, str) and not _LIST_SIGN.search(item)]
    return "\n".join(texts) if len(texts) == len(items) else None


def _guarded(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell
