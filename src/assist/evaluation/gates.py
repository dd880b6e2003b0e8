"""Least values that a run must reach."""

from collections.abc import Sequence
from dataclasses import dataclass

from assist.evaluation.report import Report
from assist.evaluation.run import LOWER_IS_BETTER, METRICS

GATED = tuple(name for name in METRICS if name not in LOWER_IS_BETTER)
"""Metrics of which more is better."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    metric: str
    least: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GateFailed:
    gate: Gate
    value: float | None
    """None when no case was scored: a gate that measured nothing has not been passed."""


def failed_gates(report: Report, gates: Sequence[Gate]) -> tuple[GateFailed, ...]:
    """Return the gates that the run did not reach."""
    values = [(gate, report.metrics[gate.metric]) for gate in gates]
    return tuple(
        GateFailed(gate=gate, value=value)
        for gate, value in values
        if value is None or value < gate.least
    )
