"""What each threshold would answer and what it would get wrong, and how true the scores are."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from assist.evaluation.metrics import calibration_error, mean
from assist.evaluation.run import CaseResult

_STEPS = 20
_TENTHS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskPoint:
    """One threshold, over the cases that expect an answer or an abstention."""

    threshold: float
    coverage: float | None
    """Share of the answerable cases that are answered; None when there are none."""
    abstained: float | None
    """Share of the unanswerable cases that are not."""
    accuracy: float | None
    """Of all that is answered, the share whose first entry is a right one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReliabilityBin:
    """The cases whose first hit has a score in one tenth of the scale."""

    predicted: float
    """The mean score."""
    right: float
    """The share of the first hits that are right ones."""
    share: float
    """The share of all cases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    answerable: bool
    chance: float
    """That any entry answers."""
    first: float
    """That the first one does."""
    right: bool


def risk_points(results: Sequence[CaseResult]) -> tuple[RiskPoint, ...]:
    """Return a point for each threshold from 0 to 0.95; none when no case tells."""
    seen = _seen(results)
    steps = range(_STEPS) if seen else ()
    return tuple(_point(seen, step / _STEPS) for step in steps)


def expected_calibration_error(results: Sequence[CaseResult]) -> float | None:
    """Return by how much the first hits' scores are off; None when no case tells."""
    return calibration_error([(one.first, one.right) for one in _seen(results)])


def reliability(results: Sequence[CaseResult]) -> tuple[ReliabilityBin, ...]:
    """Return how often first hits of like scores are right; only the tenths that have any."""
    seen = _seen(results)
    by_tenth: dict[int, list[_Seen]] = {}
    for one in seen:
        by_tenth.setdefault(min(int(one.first * _TENTHS), _TENTHS - 1), []).append(one)
    return tuple(
        ReliabilityBin(
            predicted=fsum(one.first for one in those) / len(those),
            right=sum(one.right for one in those) / len(those),
            share=len(those) / len(seen),
        )
        for _, those in sorted(by_tenth.items())
    )


def _point(seen: Sequence[_Seen], threshold: float) -> RiskPoint:
    return RiskPoint(
        threshold=threshold,
        coverage=mean(float(one.chance >= threshold) for one in seen if one.answerable),
        abstained=mean(float(one.chance < threshold) for one in seen if not one.answerable),
        accuracy=mean(float(one.right) for one in seen if one.chance >= threshold),
    )


def _seen(results: Sequence[CaseResult]) -> list[_Seen]:
    """Return the cases that can be right or wrong: their entries are named, or there are none."""
    return [
        _Seen(
            answerable=bool(result.case.entries),
            chance=result.chance,
            first=result.first,
            right=bool(result.found) and result.found[0] in result.case.entries,
        )
        for result in results
        if result.chance is not None and result.first is not None
        if (result.case.expect == "abstain") != bool(result.case.entries)
        and result.case.expect in ("answer", "abstain")
    ]
