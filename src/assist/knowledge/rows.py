"""Sheets of entries: what was found in them as rows, and entries written as a sheet."""

import codecs
import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from assist.knowledge.category import one_line
from assist.knowledge.extract.formula import guarded
from assist.knowledge.extract.found import FoundRow
from assist.knowledge.refusals import row_reason
from assist.knowledge.sheet import LIST_BREAK, TAG_BREAK, entry_of
from assist.knowledge.workbook import workbook_of
from assist.records import Entry, Language

_COLUMNS = (
    "id", "kind", "category", "question", "similar_questions", "negative_questions", "answers",
    "note", "links", "tags", "owner", "status", "effective_from", "effective_to", "review_by",
    "source", "version", "created_at", "updated_at",
)  # fmt: skip
_ID_TWICE: dict[Language, str] = {
    "zh": "编号“{}”在文件里已出现在{}",
    "en": "the id “{}” stands in {} already",
}
_LINE: dict[Language, str] = {"zh": "第 {} 行", "en": "line {}"}
_SHEET: dict[Language, str] = {"zh": "工作表“{}”{}", "en": "{1} of the sheet “{0}”"}
_IN_SHEET: dict[Language, str] = {"zh": "工作表“{}”：{}", "en": "sheet “{}”: {}"}

Format = Literal["jsonl", "csv", "xlsx"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    line: int
    """Where the row begins in the file, from 1."""
    entry: Entry | None
    reason: str | None
    """Why there is no entry."""
    sheet: str | None = None
    """The sheet's name when the file has several."""
    has_id: bool = True
    """Whether the file gave the entry's id; else it is a new one."""


def rows_of(
    found: Iterable[FoundRow], *, zone: ZoneInfo, language: Language = "zh"
) -> Iterator[Row]:
    """Return the rows; a bad one says why and stops no other.

    Days without an hour are days of ``zone``.
    """
    places: dict[str, str] = {}
    for row in found:
        entry, reason = None, None
        if row.wrong:
            reason = row_reason(row.wrong, row.detail, language)
        else:
            entry, reason = entry_of(row.cells, zone=zone, language=language)
        if entry and entry.id in places:
            reason = _ID_TWICE[language].format(entry.id, places[entry.id])
            entry = None
        elif entry:
            places[entry.id] = place_of(row.line, row.sheet, language)
        if reason and row.sheet:
            reason = _IN_SHEET[language].format(row.sheet, reason)
        yield Row(
            line=row.line,
            entry=entry,
            reason=reason,
            sheet=row.sheet,
            has_id=row.cells.get("id") is not None,
        )


def place_of(line: int, sheet: str | None, language: Language) -> str:
    """Return where a row stands, to be read in a sentence."""
    place = _LINE[language].format(line)
    return _SHEET[language].format(sheet, place) if sheet else place


def write_rows(entries: Iterable[Entry], format: Format) -> bytes:
    """Return the entries as a file that can be imported; no cell of it is run by a spreadsheet."""
    if format == "jsonl":
        lines = (json.dumps(_cells(entry), ensure_ascii=False) + "\n" for entry in entries)
        return "".join(lines).encode()
    written = map(_cells, entries)
    rows = ([_cell(name, cells[name]) for name in _COLUMNS] for cells in written)
    if format == "xlsx":
        return workbook_of(_COLUMNS, rows)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    writer.writerows(map(guarded, row) for row in rows)
    return codecs.BOM_UTF8 + out.getvalue().encode()


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
    text = one_line(value) if name == "category" else _lines(value, name)
    if text is None or text.startswith("["):
        return json.dumps(value, ensure_ascii=False)
    return text


def _lines(items: list[object], name: str) -> str | None:
    """Return texts one a line, or None when that could not be read back."""
    sign = TAG_BREAK if name == "tags" else LIST_BREAK
    texts = [item for item in items if isinstance(item, str) and not sign.search(item)]
    return "\n".join(texts) if len(texts) == len(items) else None
