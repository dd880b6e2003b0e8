"""A longer text as one entry, with what its front matter says about it."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import yaml
from pydantic import BeforeValidator, Field

from assist.errors import FileInvalid
from assist.ids import new_id
from assist.knowledge.category import MOST_LEVELS, levels_of
from assist.knowledge.dates import Dates, DateWrong, When, read_dates
from assist.knowledge.extract.found import FoundText
from assist.knowledge.refusals import refusal
from assist.knowledge.rows import Row
from assist.records import Answer, Entry, EntryStatus, Language
from assist.text.language import language_of
from assist.yaml_file import FileModel, parse_yaml

_FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<yaml>.*?)(?<=\n)---[ \t]*(?:\n|\Z)", re.DOTALL)
_TITLE = re.compile(r"#[ \t]+(?P<title>.+?)[ \t#]*$", re.MULTILINE)
_WITH_FRONT_MATTER = frozenset({".md", ".txt"})
_LONGEST_FRONT_MATTER = 20_000
_MOST_BRACKETS = 50
_LONGEST_TITLE = 500


class _FrontMatterWrong(Exception):
    """What the front matter says cannot be taken."""


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


def document_row(found: FoundText, name: str, *, zone: ZoneInfo, language: Language = "zh") -> Row:
    """Return the text of the file ``name`` as a row with an entry of kind document.

    Only Markdown and plain text begin with front matter. Raises ImportRefused.
    """
    path = Path(name)
    try:
        front, body = _FrontMatter(), found.text
        if path.suffix.lower() in _WITH_FRONT_MATTER:
            front, body = _parts(found.text, name)
        dates = _dates(front, zone)
    except FileInvalid as error:
        why = error.message.removeprefix(name).lstrip(",: ")
        raise refusal("front_matter", name, language, why) from error
    except (_FrontMatterWrong, RecursionError) as error:
        raise refusal("front_matter", name, language, str(error)) from error
    if not body:
        raise refusal("no_text", name, language)
    heading = _TITLE.match(body)
    title = front.title or (heading["title"] if heading else found.title) or path.stem
    now = datetime.now(UTC)
    entry = Entry(
        id=front.id or new_id("ent"),
        kind="document",
        category=front.category,
        question=title[:_LONGEST_TITLE],
        answers=(Answer(text=body, language=language_of(body)),),
        links=front.links,
        tags=front.tags,
        owner=front.owner,
        status=front.status,
        effective_from=dates.effective_from,
        effective_to=dates.effective_to,
        review_by=dates.review_by,
        source=name,
        created_at=now,
        updated_at=now,
    )
    return Row(line=1, entry=entry, reason=None, has_id=front.id is not None)


def _parts(text: str, name: str) -> tuple[_FrontMatter, str]:
    front = _FRONT_MATTER.match(text)
    if front is None:
        return _FrontMatter(), text.strip()
    _require_plain(front["yaml"])
    # The line before the YAML keeps the line numbers of an error those of the file.
    return parse_yaml("\n" + front["yaml"], _FrontMatter, name=name), text[front.end() :].strip()


def _dates(front: _FrontMatter, zone: ZoneInfo) -> Dates:
    try:
        return read_dates(front.effective_from, front.effective_to, front.review_by, zone)
    except DateWrong as error:
        why = "before effective_from" if error.reason == "order" else "not a date"
        raise _FrontMatterWrong(f"{error.field} is {why}") from error


def _require_plain(yaml_text: str) -> None:
    """Refuse what makes a few lines stand for millions of values."""
    if len(yaml_text) > _LONGEST_FRONT_MATTER:
        raise _FrontMatterWrong(f"more than {_LONGEST_FRONT_MATTER} characters")
    if yaml_text.count("[") + yaml_text.count("{") > _MOST_BRACKETS:
        raise _FrontMatterWrong(f"more than {_MOST_BRACKETS} opening brackets")
    try:
        tokens = tuple(yaml.scan(yaml_text))
    except yaml.YAMLError:
        return  # parse_yaml says what and where
    if any(isinstance(token, yaml.AnchorToken | yaml.AliasToken) for token in tokens):
        raise _FrontMatterWrong("anchors and aliases are not taken")
