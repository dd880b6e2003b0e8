"""Dates as people write them in a file: business days of one zone, or exact instants."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_LAST_SECOND = time(23, 59, 59)

When = datetime | date | str


class DateWrong(ValueError):
    """A date that cannot be taken, with the field it stands in."""

    def __init__(self, field: str, reason: Literal["date", "order"]) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """When an entry holds, in UTC, and when it is to be looked at again."""

    effective_from: datetime | None
    effective_to: datetime | None
    review_by: date | None


def read_dates(
    effective_from: When | None, effective_to: When | None, review_by: When | None, zone: ZoneInfo
) -> Dates:
    """Return the dates; a day begins with its first second and ends with its last in ``zone``.

    Raises DateWrong.
    """
    start = _instant("effective_from", effective_from, zone, time.min)
    end = _instant("effective_to", effective_to, zone, _LAST_SECOND)
    if start and end and end < start:
        raise DateWrong("effective_to", "order")
    try:
        due = None if review_by is None else _day(review_by)
    except ValueError as error:
        raise DateWrong("review_by", "date") from error
    return Dates(effective_from=start, effective_to=end, review_by=due)


def _instant(field: str, value: When | None, zone: ZoneInfo, hour: time) -> datetime | None:
    if value is None:
        return None
    try:
        if isinstance(value, str) and not _DAY.fullmatch(value.strip()):
            value = datetime.fromisoformat(value.strip())
        if not isinstance(value, datetime):
            value = datetime.combine(_day(value), hour)
        if value.tzinfo is None:
            value = value.replace(tzinfo=zone)
        return value.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise DateWrong(field, "date") from error


def _day(value: When) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    day = _DAY.fullmatch(value.strip())
    if day:
        return date(int(day[1]), int(day[2]), int(day[3]))
    return datetime.fromisoformat(value.strip()).date()
