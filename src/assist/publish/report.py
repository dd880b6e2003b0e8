"""What became of each row of a file."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Literal

RowStatus = Literal["ok", "skipped", "failed"]
_MOST = 1_000
"""Rows, and removed entries, that a job's result names; it counts them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowReport:
    line: int
    sheet: str | None = None
    """The sheet's name when the file has several."""
    id: str | None
    status: RowStatus
    reason: str | None
    """Why it failed or was skipped; for a row that was taken, which question it repeats."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    rows: tuple[RowReport, ...]
    saved: int
    removed: tuple[str, ...]
    """Entries that ``replace`` takes out because the file does not hold them."""
    notes: tuple[str, ...] = ()
    """What an admin should know about the file as a whole."""

    def counts(self) -> dict[str, int]:
        """Return how many rows ended in each way."""
        counts = {"ok": 0, "skipped": 0, "failed": 0}
        for row in self.rows:
            counts[row.status] += 1
        return counts

    def result(self) -> Mapping[str, object]:
        """Return what a job keeps: all counts, and the rows that were not simply taken."""
        told = [asdict(row) for row in self.rows if row.status != "ok" or row.reason]
        return {
            **self.counts(),
            "saved": self.saved,
            "rows": told[:_MOST],
            "removed_count": len(self.removed),
            "removed": self.removed[:_MOST],
            "notes": self.notes,
        }
