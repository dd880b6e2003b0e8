"""All that is live at one moment: a release, and over it what has changed since."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from assist.errors import EntryUnknown
from assist.index.allowed import Rows, rows_of
from assist.index.segment import Segment, is_live
from assist.index.strings import Bools
from assist.records import Candidate, Entry, Filter, Floats, Leg, SearchQuery

_FILTERS_KEPT = 128

ReadEntry = Callable[[str, int], Entry]
"""Returns an entry at a version."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Allowed:
    phrasings: Rows
    pieces: Rows


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class View:
    """A segment without the entries that were changed or deleted since it was built."""

    segment: Segment
    alive: Bools
    _kept: dict[tuple[object, ...], _Allowed] = field(default_factory=dict, repr=False)

    def search(self, leg: Leg, query: SearchQuery, filter: Filter, k: int) -> list[Candidate]:
        """Return the best allowed passages of one leg, best first."""
        allowed = self._allowed(filter)
        question = leg in {"dense_question", "lexical_question"}
        index = self.segment.phrasings if question else self.segment.pieces
        search = index.dense if leg.startswith("dense") else index.lexically
        rows, scores = search(query, allowed.phrasings if question else allowed.pieces, k)
        return index.columns.candidates(rows, scores, self.segment.entries)

    def without(self, ids: Iterable[str]) -> "View":
        """Return the view with these entries gone, too."""
        alive = self.alive.copy()
        rows = self.segment.entries.rows
        alive[[rows[id] for id in ids if id in rows]] = False
        return View(segment=self.segment, alive=alive)

    def plus(self, fresh: Segment) -> "View":
        """Return the view with the entries of ``fresh`` added."""
        if not len(fresh.entries):
            return self
        # Rows of the dead cost a little in each search, and their removal a copy of all the rest.
        crowded = 2 * int(self.alive.sum()) < len(self.alive)
        old = whole(self.segment.kept(self.alive)) if crowded else self
        alive = np.append(old.alive, np.ones(len(fresh.entries), dtype=bool))
        return View(segment=old.segment.plus(fresh), alive=alive)

    @property
    def passages(self) -> int:
        """How many passages the entries have."""
        sides = (self.segment.phrasings, self.segment.pieces)
        return sum(int(np.count_nonzero(self.alive[side.columns.entry])) for side in sides)

    def _allowed(self, filter: Filter) -> _Allowed:
        """Return the rows a filter leaves, which are the same for a whole period."""
        period = self.segment.entries.period(filter.at)
        key = (filter.categories, filter.channel, filter.lapsed, period)
        known = self._kept.get(key)
        if known is not None:
            return known
        entries = self.segment.entries.matching(filter) & self.alive
        in_time = np.full(len(entries), not filter.lapsed)
        in_time[self.segment.entries.out_of_date(filter.at)] = filter.lapsed
        entries &= in_time
        made = _Allowed(
            phrasings=rows_of(entries[self.segment.phrasings.columns.entry]),
            pieces=rows_of(entries[self.segment.pieces.columns.entry]),
        )
        if len(self._kept) >= _FILTERS_KEPT:
            self._kept.clear()
        self._kept[key] = made
        return made


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Snapshot:
    release: str
    base: View
    overlay: View
    changed: Mapping[str, Entry]
    """The entries of the overlay."""
    read: ReadEntry
    """For the entries of the release."""

    @property
    def passages_count(self) -> int:
        """How many passages a search without a filter may find, whatever their dates."""
        return self.base.passages + self.overlay.passages

    @property
    def entries_count(self) -> int:
        return int(self.base.alive.sum()) + len(self.changed)

    def search(self, leg: Leg, query: SearchQuery, filter: Filter, k: int) -> tuple[Candidate, ...]:
        """Return the best passages of one leg, best first; the question legs give negatives too."""
        found = self.base.search(leg, query, filter, k)
        if self.changed:
            found += self.overlay.search(leg, query, filter, k)
            found.sort(key=lambda candidate: -candidate.score)
        return tuple(found[:k])

    def entry(self, entry_id: str) -> Entry:
        """Return a live entry at its live version. Raises EntryUnknown."""
        if entry_id in self.changed:
            return self.changed[entry_id]
        row = self.base.segment.entries.rows.get(entry_id)
        if row is None or not self.base.alive[row]:
            raise EntryUnknown(f"no entry {entry_id} in the release {self.release}")
        return self.read(entry_id, self.base.segment.entries.versions[row])

    def frequency(self, term: str) -> int:
        """Return how many passages hold a term, those of the release that were changed included."""
        segments = (self.base.segment, self.overlay.segment)
        sides = (side for one in segments for side in (one.phrasings, one.pieces))
        return sum(side.lexical.frequency(term) for side in sides)

    def phrasings(self) -> Iterator[tuple[Entry, Floats]]:
        """Yield each live entry with the vectors of its own phrasings, one row a phrasing."""
        for view in (self.base, self.overlay):
            index, entries = view.segment.phrasings, view.segment.entries
            own = ~index.columns.negative
            for row in np.flatnonzero(view.alive).tolist():
                mine = own & (index.columns.entry == row)
                yield self.entry(entries.ids[row]), index.vectors[mine]

    def with_changes(self, changes: Mapping[str, Entry | None], fresh: Segment) -> "Snapshot":
        """Return a snapshot in which these entries are as they are now; None means deleted.

        ``fresh`` holds the published ones, weighed like this snapshot's base.
        """
        gone = {id for id in self.changed if id in changes}
        changed = {id: entry for id, entry in self.changed.items() if id not in gone}
        published = {id: entry for id, entry in changes.items() if is_live(entry)}
        return replace(
            self,
            base=self.base.without(changes),
            overlay=self.overlay.without(gone).plus(fresh),
            changed=changed | published,
        )


def whole(segment: Segment) -> View:
    """Return a view of every entry of a segment."""
    return View(segment=segment, alive=np.ones(len(segment.entries), dtype=bool))
