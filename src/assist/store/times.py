"""Moments as UTC text of one width, so that columns sort by time."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def text_of(moment: datetime) -> str:
    """Return ``2026-11-22T03:00:00.000000+00:00`` for an aware moment of any zone."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def moment_of(text: str) -> datetime:
    """Return what ``text_of`` wrote."""
    return datetime.fromisoformat(text)
