"""What a filter asks of entries, in columns."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import numpy as np

from assist.index.strings import Array, Bools, Ints, Longs, ints, longs, strings_from, strings_of
from assist.records import Entry, Filter

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_ALWAYS = np.iinfo(np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What many entries have in common."""

    category: tuple[str, ...]
    channels: tuple[str | None, ...]
    """The channels it has answers for; None stands for all that have none of their own."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Entries:
    ids: tuple[str, ...]
    versions: tuple[int, ...]
    labels: tuple[Label, ...]
    label: Ints
    """For each entry, the row of its label."""
    begin: Longs
    """The first and the last millisecond since 1970 in which each entry holds."""
    end: Longs
    rows: Mapping[str, int] = field(init=False, repr=False)
    dated: Longs = field(init=False, repr=False)
    """The entries that do not hold for ever."""
    turns: Longs = field(init=False, repr=False)
    """The milliseconds in which any of them begins to hold or has just ended."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "rows", dict(zip(self.ids, range(len(self.ids)), strict=True)))
        begins, ends = self.begin > _ALWAYS.min, self.end < _ALWAYS.max
        object.__setattr__(self, "dated", np.flatnonzero(begins | ends))
        turns = np.unique(np.concatenate([self.begin[begins], self.end[ends] + 1]))
        object.__setattr__(self, "turns", turns)

    def __len__(self) -> int:
        return len(self.ids)

    def period(self, at: datetime) -> int:
        """Return the number of a stretch of time in which the same entries are in effect."""
        return int(self.turns.searchsorted(_milliseconds(at), side="right"))

    def out_of_date(self, at: datetime) -> Longs:
        """Return the rows of the entries that are not in effect at this instant."""
        now = _milliseconds(at)
        out = (now < self.begin[self.dated]) | (now > self.end[self.dated])
        return self.dated[out]

    def matching(self, filter: Filter) -> Bools:
        """Return for each entry whether its category and channels suit, whatever its dates."""
        suits = np.fromiter(
            (_suits(label, filter) for label in self.labels), dtype=bool, count=len(self.labels)
        )
        return suits[self.label]

    def kept(self, keep: Bools) -> "Entries":
        """Return the entries that are True."""
        stays = keep.tolist()
        return Entries(
            ids=tuple(id for id, stay in zip(self.ids, stays, strict=True) if stay),
            versions=tuple(v for v, stay in zip(self.versions, stays, strict=True) if stay),
            labels=self.labels,
            label=self.label[keep],
            begin=self.begin[keep],
            end=self.end[keep],
        )

    def plus(self, others: "Entries") -> "Entries":
        """Return these entries and then the others."""
        labels = {label: row for row, label in enumerate(self.labels)}
        theirs = [labels.setdefault(label, len(labels)) for label in others.labels]
        return Entries(
            ids=self.ids + others.ids,
            versions=self.versions + others.versions,
            labels=tuple(labels),
            label=np.concatenate([self.label, np.array(theirs, dtype=np.int32)[others.label]]),
            begin=np.concatenate([self.begin, others.begin]),
            end=np.concatenate([self.end, others.end]),
        )

    def arrays(self) -> dict[str, Array]:
        """Return what ``entries_from`` takes, beside ids and versions."""
        labels = [json.dumps([label.category, label.channels]) for label in self.labels]
        return strings_of(labels).arrays("entry_labels") | {
            "entry_label": self.label,
            "entry_begin": self.begin,
            "entry_end": self.end,
        }


def entries_from(arrays: dict[str, Array], versions: Mapping[str, int]) -> Entries:
    """Return the entries that ``arrays`` gave away, with their ids in the same order."""
    labels = (json.loads(text) for text in strings_from(arrays, "entry_labels").all())
    return Entries(
        ids=tuple(versions),
        versions=tuple(versions.values()),
        labels=tuple(
            Label(category=tuple(category), channels=tuple(channels))
            for category, channels in labels
        ),
        label=ints(arrays["entry_label"]),
        begin=longs(arrays["entry_begin"]),
        end=longs(arrays["entry_end"]),
    )


class EntryRows:
    """Entries on their way into columns."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._versions: list[int] = []
        self._labels: dict[Label, int] = {}
        self._label: list[int] = []
        self._begin: list[int] = []
        self._end: list[int] = []

    def add(self, entry: Entry) -> int:
        """Take an entry and return its row."""
        channels = dict.fromkeys(answer.channel for answer in entry.answers)
        label = Label(
            category=entry.category,
            channels=tuple(sorted(channels, key=lambda name: name or "")),
        )
        start, end = entry.effective_from, entry.effective_to
        self._ids.append(entry.id)
        self._versions.append(entry.version)
        self._label.append(self._labels.setdefault(label, len(self._labels)))
        self._begin.append(_milliseconds(start) if start else _ALWAYS.min)
        self._end.append(_milliseconds(end) if end else _ALWAYS.max)
        return len(self._ids) - 1

    def columns(self) -> Entries:
        return Entries(
            ids=tuple(self._ids),
            versions=tuple(self._versions),
            labels=tuple(self._labels),
            label=np.array(self._label, dtype=np.int32),
            begin=np.array(self._begin, dtype=np.int64),
            end=np.array(self._end, dtype=np.int64),
        )


def _suits(label: Label, filter: Filter) -> bool:
    if filter.categories and not set(filter.categories) & set(label.category):
        return False
    return filter.channel is None or bool({filter.channel, None} & set(label.channels))


def _milliseconds(at: datetime) -> int:
    return (at - _EPOCH) // _MILLISECOND
