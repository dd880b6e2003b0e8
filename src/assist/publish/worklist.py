"""What the knowledge needs people for: entries that disagree, questions it cannot answer."""

from datetime import datetime

import numpy as np
from anyio import to_thread

from assist.index.embed import Embedder
from assist.index.live import LiveIndex
from assist.index.snapshot import Snapshot
from assist.knowledge.conflicts import find_conflicts
from assist.knowledge.gaps import Gap, cluster_gaps
from assist.knowledge.neighbours import near_by_vectors
from assist.records import Conflict, Entry, Floats
from assist.store.drafts import DraftStore
from assist.text.normalise import fold

_MOST_QUESTIONS = 10_000


class Worklist:
    """Looks for conflicts and gaps when asked; conflicts are kept until the knowledge changes."""

    def __init__(self, *, index: LiveIndex, embedder: Embedder, drafts: DraftStore) -> None:
        self._index = index
        self._embedder = embedder
        self._drafts = drafts
        self._seen: Snapshot | None = None
        self._conflicts: tuple[Conflict, ...] = ()

    async def conflicts(self, *, at: datetime) -> tuple[Conflict, ...]:
        """Return the pairs of live entries that cannot both be right. Raises IndexUnusable."""
        snapshot = self._index.snapshot
        if snapshot is not self._seen:
            found = await to_thread.run_sync(_conflicts_in, snapshot, at)
            self._seen, self._conflicts = snapshot, found
        return self._conflicts

    async def gaps(self, *, since: datetime) -> tuple[Gap, ...]:
        """Return the questions that were not answered, the most frequent first.

        Raises ProviderError.
        """
        questions = await to_thread.run_sync(
            lambda: self._drafts.asked_by_decision("abstain", since=since, limit=_MOST_QUESTIONS)
        )
        vectors = await self._embedder.embed(
            [fold(question.question) for question in questions], kind="query"
        )
        return await to_thread.run_sync(cluster_gaps, questions, vectors)


def _conflicts_in(snapshot: Snapshot, at: datetime) -> tuple[Conflict, ...]:
    entries: list[Entry] = []
    owners: list[int] = []
    rows: list[Floats] = []
    for entry, vectors in snapshot.phrasings():
        owners += [len(entries)] * len(vectors)
        entries.append(entry)
        rows.append(vectors)
    if not entries:
        return ()
    ids = [entry.id for entry in entries]
    near = near_by_vectors(ids, np.array(owners), np.concatenate(rows))
    return find_conflicts(entries, near, at=at)
