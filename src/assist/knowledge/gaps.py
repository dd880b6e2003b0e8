"""Questions that found nothing, gathered by what they ask, so that people see what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt

from assist.records import Floats
from assist.store.drafts import Asked
from assist.text.normalise import fold
from assist.text.personal import find_personal

_ALIKE = 0.75
"""Cosine from which a question asks what the first of a gap asked."""
_EXAMPLES = 5
_BLOCK = 512
_MASK = "***"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    id: str
    """That of its first draft, so it stays while the gap grows."""
    question: str
    """The one that is nearest to all the others."""
    count: int
    examples: tuple[str, ...]
    """Different questions, the most central first; personal data is masked."""
    first_at: datetime
    last_at: datetime


def cluster_gaps(questions: Sequence[Asked], vectors: Floats) -> tuple[Gap, ...]:
    """Return the gaps, the largest first; ``vectors`` has a row of length 1 for each question."""
    order = sorted(range(len(questions)), key=lambda at: (questions[at].at, questions[at].draft_id))
    if not order:
        return ()
    leaders = _leaders(vectors[order])
    by_leader = np.argsort(leaders, kind="stable")
    cuts = np.flatnonzero(np.diff(leaders[by_leader])) + 1
    places = np.array(order)[by_leader]
    gaps = [
        _gap([questions[at] for at in members], vectors[members])
        for members in np.split(places, cuts)
    ]
    return tuple(sorted(gaps, key=lambda gap: (-gap.count, gap.first_at, gap.id)))


def _leaders(rows: Floats) -> npt.NDArray[np.intp]:
    """Return for each row the nearest earlier row that leads and is alike; or itself."""
    found = np.arange(len(rows))
    leading: list[int] = []
    for start in range(0, len(rows), _BLOCK):
        block = rows[start : start + _BLOCK]
        near = _nearest(block @ rows[leading].T)
        own = block @ block.T
        fresh: list[int] = []
        for place, leader in enumerate(near.tolist()):
            # Those that no earlier block leads settle it among themselves, in their order.
            among = int(_nearest(own[place : place + 1, fresh])[0]) if leader < 0 else -1
            if leader >= 0:
                found[start + place] = leading[leader]
            elif among >= 0:
                found[start + place] = start + fresh[among]
            else:
                fresh.append(place)
        leading += [start + place for place in fresh]
    return found


def _nearest(cosines: Floats) -> npt.NDArray[np.intp]:
    """Return the place of the nearest leader for each row, -1 where none is near enough."""
    if cosines.shape[1] == 0:
        return np.full(len(cosines), -1)
    best = cosines.argmax(axis=1)
    near = cosines[np.arange(len(cosines)), best] >= _ALIKE
    return np.where(near, best, -1)


def _gap(members: Sequence[Asked], rows: Floats) -> Gap:
    """Return the gap of questions in the order in which they were asked."""
    centre = rows.mean(axis=0)
    by_centrality = np.argsort(-(rows @ centre), kind="stable")
    different: dict[str, str] = {}
    for at in by_centrality:
        asked = _masked(members[at].question)
        different.setdefault(fold(asked), asked)
    examples = tuple(different.values())[:_EXAMPLES]
    return Gap(
        id=f"gap_{members[0].draft_id.removeprefix('drf_')}",
        question=examples[0],
        count=len(members),
        examples=examples,
        first_at=members[0].at,
        last_at=members[-1].at,
    )


def _masked(text: str) -> str:
    pieces = []
    at = 0
    for found in find_personal(text):
        pieces += [text[at : found.start], _MASK]
        at = found.end
    return "".join([*pieces, text[at:]])
