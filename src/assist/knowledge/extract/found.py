"""What is found in a file, as it crosses from the limited process to its parent."""

from dataclasses import dataclass, field
from typing import Literal

RefusalCode = Literal[
    "unreadable", "type", "file_size", "encoding", "broken_utf8", "not_text", "no_text",
    "text_size", "column_twice", "no_columns", "extra", "ole", "archive_bad", "archive_entries",
    "archive_ratio", "archive_size", "archive_name", "archive_nested", "doctype", "encrypted",
    "scanned", "rows", "damaged", "memory", "time", "output", "front_matter",
]  # fmt: skip
RowCode = Literal["line", "not_object", "too_many_cells", "uncomputed", "cell_error", "no_header"]


class Refused(Exception):
    """The file as a whole cannot be taken."""

    def __init__(self, code: RefusalCode, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}")
        self.code: RefusalCode = code
        self.detail = detail


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRow:
    """A row by the fields of an entry, or what is wrong with it."""

    line: int
    sheet: str | None = None
    """The sheet's name when the file has several."""
    cells: dict[str, object] = field(default_factory=dict)
    wrong: RowCode | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundText:
    """The text of a document, in the Markdown that ``structure`` cuts."""

    text: str
    title: str | None = None
    """What the file itself calls the document."""


Found = FoundRow | FoundText
