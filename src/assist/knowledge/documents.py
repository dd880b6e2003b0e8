"""A longer text as one entry, with what its front matter says about it."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field

from assist.errors import FileInvalid, FileTypeUnknown, ImportRefused
from assist.ids import new_id
from assist.knowledge.category import MOST_LEVELS, levels_of
from assist.knowledge.dates import Dates, DateWrong, When, read_dates
from assist.knowledge.text_file import read_text
from assist.records import Answer, Entry, EntryStatus
from assist.text.language import language_of
from assist.yaml_file import FileModel, parse_yaml

_FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<yaml>.*?)(?<=\n)---[ \t]*(?:\n|\Z)", re.DOTALL)
_TITLE = re.compile(r"#[ \t]+(?P<title>.+?)[ \t#]*$", re.MULTILINE)
_SUFFIXES = (".md", ".txt")


def _levels(category: object) -> object:
    return levels_of(category) if isinstance(category, str) else category


class _FrontMatter(FileModel):
    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:-]{1,64}$")] | None = None
    title: Annotated[str, Field(min_length=1, max_length=500)] | None = None
    category: Annotated[
        tuple[str, ...], BeforeValidator(_levels), Field(max_length=MOST_LEVELS)
    ] = ()
    owner: str | None = None
    tags: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    status: EntryStatus = "published"
    effective_from: When | None = None
    effective_to: When | None = None
    review_by: When | None = None


def read_document(path: Path, *, zone: ZoneInfo) -> Entry:
    """Return a .md or .txt file as an entry of kind document.

    Raises FileTypeUnknown, ImportRefused, or FileInvalid when the front matter is wrong.
    """
    if path.suffix.lower() not in _SUFFIXES:
        raise FileTypeUnknown(f"{path.name}: a document is one of {' '.join(_SUFFIXES)}")
    text = read_text(path).replace("\r\n", "\n").replace("\r", "\n")
    if "\x00" in text:
        raise ImportRefused(f"{path.name} is not a text file")
    front, body = _parts(text, path.name)
    if not body:
        raise ImportRefused(f"{path.name}: there is no text in it")
    dates = _dates(front, zone, path.name)
    heading = _TITLE.match(body)
    now = datetime.now(UTC)
    return Entry(
        id=front.id or new_id("ent"),
        kind="document",
        category=front.category,
        question=front.title or (heading["title"] if heading else path.stem),
        answers=(Answer(text=body, language=language_of(body)),),
        links=front.links,
        tags=front.tags,
        owner=front.owner,
        status=front.status,
        effective_from=dates.effective_from,
        effective_to=dates.effective_to,
        review_by=dates.review_by,
        source=path.name,
        created_at=now,
        updated_at=now,
    )


def _parts(text: str, name: str) -> tuple[_FrontMatter, str]:
    front = _FRONT_MATTER.match(text)
    if front is None:
        return _FrontMatter(), text.strip()
    # The line before the YAML keeps the line numbers of an error those of the file.
    return parse_yaml("\n" + front["yaml"], _FrontMatter, name=name), text[front.end() :].strip()


def _dates(front: _FrontMatter, zone: ZoneInfo, name: str) -> Dates:
    try:
        return read_dates(front.effective_from, front.effective_to, front.review_by, zone)
    except DateWrong as error:
        why = "before effective_from" if error.reason == "order" else "not a date"
        raise FileInvalid(f"{name}: {error.field} is {why}") from error
