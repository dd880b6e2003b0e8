"""What one row of a knowledge sheet may hold, and why a row is refused."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import PydanticCustomError

from assist.ids import new_id
from assist.knowledge.category import MOST_LEVELS, levels_of
from assist.knowledge.dates import DateWrong, When, read_dates
from assist.records import Answer, Entry, EntryKind, EntryStatus, Language
from assist.text.language import language_of

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
LIST_BREAK = re.compile(r"[\n|]")
TAG_BREAK = re.compile(r"[\n|,，、;；]")
LONGEST_TEXT = 2_000_000
"""Characters; a document is a row of a sheet once it is exported."""
_REASONS: dict[str, dict[Language, str]] = {
    "missing": {"zh": "缺少“{field}”", "en": "“{field}” is missing"},
    "extra_forbidden": {"zh": "不认识的列“{field}”", "en": "unknown column “{field}”"},
    "string_too_short": {"zh": "“{field}”是空的", "en": "“{field}” is empty"},
    "too_short": {"zh": "“{field}”是空的", "en": "“{field}” is empty"},
    "string_too_long": {"zh": "“{field}”太长", "en": "“{field}” is too long"},
    "too_long": {"zh": "“{field}”的项目太多", "en": "“{field}” has too many items"},
    "string_pattern_mismatch": {
        "zh": "“{field}”只能用字母、数字和 _ . : -，最多 64 个",
        "en": "“{field}” takes letters, digits and _ . : - only, at most 64",
    },
    "string_unicode": {
        "zh": "“{field}”含有无效字符",
        "en": "“{field}” holds an invalid character",
    },
    "control": {"zh": "“{field}”含有控制字符", "en": "“{field}” holds a control character"},
    "date": {
        "zh": "“{field}”不是日期，请写成 2026-11-22",
        "en": "“{field}” is not a date; write it as 2026-11-22",
    },
    "order": {
        "zh": "“effective_to”早于“effective_from”",
        "en": "“effective_to” is before “effective_from”",
    },
}
_OTHER_REASON: dict[Language, str] = {
    "zh": "“{field}”不合要求：{detail}",
    "en": "“{field}”: {detail}",
}
_MOST_REASONS = 5


def _plain(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _CONTROL.search(text):
        raise PydanticCustomError("control", "holds a control character")
    return text


def _items(value: object, sign: re.Pattern[str] = LIST_BREAK) -> object:
    """Take a cell as a list: JSON, or items separated by a sign."""
    if not isinstance(value, str):
        return value
    if value.lstrip().startswith("["):
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            pass  # an ordinary text may begin with a bracket
    return [item.strip() for item in sign.split(value) if item.strip()]


def _tags(value: object) -> object:
    return _items(value, TAG_BREAK)


def _levels(value: object) -> object:
    if isinstance(value, str) and not value.lstrip().startswith("["):
        return levels_of(value)
    return _items(value)


def _answers(value: object) -> object:
    if isinstance(value, str):
        listed = _items(value) if value.lstrip().startswith("[") else None
        value = listed if isinstance(listed, list) and value.rstrip().endswith("]") else [value]
    if isinstance(value, list):
        return [{"text": item} if isinstance(item, str) else item for item in value]
    return value


def _text(most: int) -> object:
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=most)


_Name = Annotated[str, _text(100), AfterValidator(_plain)]
_Question = Annotated[str, _text(500), AfterValidator(_plain)]
_Body = Annotated[str, _text(LONGEST_TEXT), AfterValidator(_plain)]
_Link = Annotated[str, _text(2_000), AfterValidator(_plain)]
_Tags = Annotated[tuple[_Name, ...], BeforeValidator(_tags), Field(max_length=50)]
_Questions = Annotated[tuple[_Question, ...], BeforeValidator(_items), Field(max_length=200)]
_Links = Annotated[tuple[_Link, ...], BeforeValidator(_items), Field(max_length=50)]


class AnswerCell(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    text: _Body
    channel: _Name | None = None
    language: Language | None = None
    """Read off the text when it is not given."""


class SheetRow(BaseModel):
    """One row as it stands in a file.

    Unknown columns are refused: a slip in a column's name must not lose the day an offer ends.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:-]{1,64}$")] | None = None
    kind: EntryKind = "faq"
    category: Annotated[
        tuple[_Name, ...], BeforeValidator(_levels), Field(max_length=MOST_LEVELS)
    ] = ()
    question: _Question
    similar_questions: _Questions = ()
    negative_questions: _Questions = ()
    answers: Annotated[
        tuple[AnswerCell, ...], BeforeValidator(_answers), Field(min_length=1, max_length=20)
    ]
    note: _Body | None = None
    links: _Links = ()
    tags: _Tags = ()
    owner: _Name | None = None
    status: EntryStatus = "published"
    effective_from: When | None = None
    effective_to: When | None = None
    review_by: When | None = None
    source: _Question | None = None
    # An export carries these; the store gives its own.
    version: int | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, row: object) -> object:
        """Take a null for a column left out."""
        if not isinstance(row, dict):
            return row
        return {key: value for key, value in row.items() if value is not None}


def entry_of(
    cells: Mapping[str, object], *, zone: ZoneInfo, language: Language
) -> tuple[Entry | None, str | None]:
    """Return the row as an entry, or None and the reason in ``language``."""
    try:
        return _entry(SheetRow.model_validate(dict(cells)), zone), None
    except ValidationError as error:
        reasons = [
            _reason(found["type"], ".".join(map(str, found["loc"])), found["msg"], language)
            for found in error.errors(include_url=False, include_input=False, include_context=False)
        ]
        joint = "；" if language == "zh" else "; "
        return None, joint.join(dict.fromkeys(reasons[:_MOST_REASONS]))
    except DateWrong as error:
        return None, _reason(error.reason, error.field, "", language)


def _reason(kind: str, field: str, detail: str, language: Language) -> str:
    words = _REASONS.get(kind, _OTHER_REASON)[language]
    return words.format(field=field or "row", detail=detail)


def _entry(row: SheetRow, zone: ZoneInfo) -> Entry:
    now = datetime.now(UTC)
    dates = read_dates(row.effective_from, row.effective_to, row.review_by, zone)
    return Entry(
        id=row.id or new_id("ent"),
        kind=row.kind,
        category=row.category,
        question=row.question,
        similar_questions=row.similar_questions,
        negative_questions=row.negative_questions,
        answers=tuple(
            Answer(
                text=cell.text,
                channel=cell.channel,
                language=cell.language or language_of(cell.text),
            )
            for cell in row.answers
        ),
        note=row.note,
        links=row.links,
        tags=row.tags,
        owner=row.owner,
        status=row.status,
        effective_from=dates.effective_from,
        effective_to=dates.effective_to,
        review_by=dates.review_by,
        source=row.source,
        created_at=now,
        updated_at=now,
    )
