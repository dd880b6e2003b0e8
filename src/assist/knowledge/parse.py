"""The limited process: one file on the standard input, what is in it as JSON lines on the output.

``python -m assist.knowledge.parse .xlsx '{"memory_bytes": 1073741824, …}' < file``
"""

import csv
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import BinaryIO

from assist.knowledge.confine import confine
from assist.knowledge.extract.archive import check_archive
from assist.knowledge.extract.docx_text import docx_text
from assist.knowledge.extract.found import Found, FoundRow, FoundText, Refused
from assist.knowledge.extract.html_text import html_text
from assist.knowledge.extract.lines import csv_rows, json_rows
from assist.knowledge.extract.pdf_text import pdf_text
from assist.knowledge.extract.text_file import decode, plain_text
from assist.knowledge.extract.xlsx_rows import xlsx_rows
from assist.knowledge.limits import Limits


def found_in(file: BinaryIO, suffix: str, limits: Limits) -> Iterator[Found]:
    """Yield the rows of a sheet or the one text of a document. Raises Refused."""
    match suffix:
        case ".jsonl":
            yield from json_rows(file.read())
        case ".csv":
            yield from csv_rows(file.read())
        case ".xlsx":
            check_archive(file, limits)
            yield from xlsx_rows(file)
        case _:
            yield _checked(_text_in(file, suffix, limits), limits)


def main(suffix: str, written_limits: str) -> None:
    """Write what is found, then ``end``; or why the file is refused."""
    limits = Limits(**json.loads(written_limits))
    # The optional helpers of openpyxl cost more time than a small sheet takes.
    if suffix == ".xlsx":
        sys.modules.update(dict.fromkeys(("numpy", "lxml")))  # type: ignore[arg-type]
    csv.field_size_limit(limits.file_bytes)
    confine(limits)
    try:
        for found in found_in(sys.stdin.buffer, suffix, limits):
            _say("row" if isinstance(found, FoundRow) else "text", asdict(found))
        _say("end", True)
    except Refused as error:
        _say("refused", {"code": error.code, "detail": error.detail})
    except MemoryError:
        _say("refused", {"code": "memory", "detail": ""})
    sys.stdout.flush()


def _text_in(file: BinaryIO, suffix: str, limits: Limits) -> FoundText:
    match suffix:
        case ".md" | ".txt":
            return FoundText(text=plain_text(file.read()))
        case ".html" | ".htm":
            return html_text(decode(file.read(), is_html=True))
        case ".docx":
            check_archive(file, limits)
            return docx_text(file)
        case ".pdf":
            return pdf_text(file)
    raise Refused("type", suffix)


def _checked(found: FoundText, limits: Limits) -> FoundText:
    if not found.text.strip():
        raise Refused("no_text")
    if len(found.text) > limits.text_characters:
        raise Refused("text_size", str(limits.text_characters))
    return found


def _say(kind: str, content: object) -> None:
    sys.stdout.write(json.dumps({kind: content}) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
