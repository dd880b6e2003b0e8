"""Two runs side by side, over the cases that both have."""

from collections.abc import Sequence
from dataclasses import dataclass

from assist.evaluation.report import ERROR, Origin, Report, averages
from assist.evaluation.run import LOWER_IS_BETTER, METRICS, CaseResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Delta:
    metric: str
    before: float | None
    after: float | None

    @property
    def change(self) -> float | None:
        """After minus before; None when either is unscored."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseChange:
    id: str
    question: str
    before: str
    """The earlier decision, or ``error``."""
    after: str
    better: tuple[str, ...]
    worse: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    against: Origin
    common: int
    deltas: tuple[Delta, ...]
    changed: tuple[CaseChange, ...]


def compare(before: Report, after: Report) -> Comparison:
    """Return how the later run differs; a case counts as the same when its text is the same."""
    earlier = {result.case.id: result for result in before.cases}
    pairs = [
        (earlier[result.case.id], result)
        for result in after.cases
        if result.case.id in earlier and earlier[result.case.id].case == result.case
    ]
    old = averages([pair[0] for pair in pairs])
    new = averages([pair[1] for pair in pairs])
    return Comparison(
        against=before.origin,
        common=len(pairs),
        deltas=tuple(Delta(metric=name, before=old[name], after=new[name]) for name in METRICS),
        changed=_changes(pairs),
    )


def _changes(pairs: Sequence[tuple[CaseResult, CaseResult]]) -> tuple[CaseChange, ...]:
    changes: list[CaseChange] = []
    for before, after in pairs:
        steps = {name: _step(name, before, after) for name in METRICS}
        change = CaseChange(
            id=after.case.id,
            question=after.case.question,
            before=before.decision or ERROR,
            after=after.decision or ERROR,
            better=tuple(name for name, step in steps.items() if step > 0),
            worse=tuple(name for name, step in steps.items() if step < 0),
        )
        if change.better or change.worse or change.before != change.after:
            changes.append(change)
    return tuple(changes)


def _step(metric: str, before: CaseResult, after: CaseResult) -> float:
    """Return by how much a case got better; 0 when it is unscored on either side."""
    old, new = before.scores.get(metric), after.scores.get(metric)
    if old is None or new is None:
        return 0.0
    return old - new if metric in LOWER_IS_BETTER else new - old
