"""A file read and compared with what is known: what an import of it will do."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from assist.errors import ImportRefused
from assist.knowledge.duplicates import adopt_ids, clashes
from assist.knowledge.limits import Limits
from assist.knowledge.rows import Row
from assist.knowledge.sandbox import read_file
from assist.publish.report import ImportReport, RowReport
from assist.records import Entry, Language
from assist.store.entries import EntryStore

ImportMode = Literal["append", "replace"]

_UNCHANGED: dict[Language, str] = {"zh": "与现有条目相同", "en": "the entry says this already"}
_NOTHING_REMOVED: dict[Language, str] = {
    "zh": "有行失败，因此没有删除任何条目；请改正后再导入",
    "en": "a row failed, so nothing is removed: correct it and import again",
}
_EMPTY: dict[Language, str] = {
    "zh": "{}：文件里没有条目，不能用它替换全部知识",
    "en": "{}: there is no entry in it to put in the place of all others",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    entries: tuple[Entry, ...]
    """What is to be stored."""
    rows: tuple[RowReport, ...]
    replaces: bool
    """Whether every entry that is not in the file goes."""
    removed: tuple[str, ...]
    """Those that would go if it happened now."""
    notes: tuple[str, ...]

    def report(self, *, saved: int, removed: tuple[str, ...]) -> ImportReport:
        """Return what became of the file."""
        return ImportReport(rows=self.rows, saved=saved, removed=removed, notes=self.notes)


def plan_import(
    path: Path,
    mode: ImportMode,
    store: EntryStore,
    *,
    zone: ZoneInfo,
    language: Language,
    limits: Limits,
) -> Plan:
    """Return what an import of the file will do; nothing is done yet.

    A row that failed may be that of any entry, so then nothing is removed. Raises ImportRefused.
    """
    existing = tuple(store.every())
    read = tuple(read_file(path, zone=zone, language=language, limits=limits))
    rows = adopt_ids(read, existing)
    entries = tuple(row.entry for row in rows if row.entry is not None)
    has_failed = len(entries) < len(rows)
    replaces = mode == "replace" and not has_failed
    if replaces and not entries:
        raise ImportRefused(_EMPTY[language].format(path.name))
    unchanged = store.unchanged(entries)
    alike = clashes(rows, () if replaces else existing, language=language)
    return Plan(
        entries=tuple(entry for entry in entries if replaces or entry.id not in unchanged),
        rows=tuple(_reported(rows, unchanged, alike, language)),
        replaces=replaces,
        removed=store.others(entry.id for entry in entries) if replaces else (),
        notes=(_NOTHING_REMOVED[language],) if mode == "replace" and has_failed else (),
    )


def _reported(
    rows: Sequence[Row], unchanged: Collection[str], alike: Mapping[int, str], language: Language
) -> Iterator[RowReport]:
    for at, row in enumerate(rows):
        if row.entry is None:
            status: Literal["ok", "skipped", "failed"] = "failed"
            reason = row.reason
        elif row.entry.id in unchanged:
            status, reason = "skipped", _UNCHANGED[language]
        else:
            status, reason = "ok", alike.get(at)
        yield RowReport(
            line=row.line,
            sheet=row.sheet,
            id=row.entry.id if row.entry else None,
            status=status,
            reason=reason,
        )
