"""What a run showed: averages, and every case behind them, with where they come from."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from assist import __version__
from assist.errors import FileInvalid
from assist.evaluation.metrics import mean, percentile
from assist.evaluation.risk import (
    ReliabilityBin,
    RiskPoint,
    expected_calibration_error,
    reliability,
    risk_points,
)
from assist.evaluation.run import LOWER_IS_BETTER, METRICS, CaseResult

ERROR = "error"
"""Stands for the decision of a case that raised."""
_MISS = ("recall@5", "decision_accuracy", "citation_precision", "must_say", "must_not_say")
_PERCENTILES = (50, 95, 99)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What was measured, with what, and when."""

    dataset: str
    cases: int
    cases_sha256: str
    """Of what the cases say, not of how the file is laid out."""
    program: str
    release: str
    rules: str
    embedder: str
    llm: str
    started_at: datetime
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TagSummary:
    cases: int
    metrics: Mapping[str, float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    origin: Origin
    metrics: Mapping[str, float | None]
    """Means over the scored cases; None when no case was scored."""
    scored: Mapping[str, int]
    errors: int
    latency_ms: Mapping[str, Mapping[str, float]]
    """Percentiles of the whole draft as its caller waits for it, and of each stage within it."""
    decisions: Mapping[str, Mapping[str, int]]
    """Expected decision → what came instead → number of cases."""
    tags: Mapping[str, TagSummary]
    cases: tuple[CaseResult, ...]
    risk: tuple[RiskPoint, ...] = ()
    calibration_error: float | None = None
    reliability: tuple[ReliabilityBin, ...] = ()


_REPORT = TypeAdapter(Report)


def make_report(
    results: Sequence[CaseResult], *, dataset: str, started_at: datetime, seconds: float
) -> Report:
    """Return the report of a run's results, of which at least one has a draft."""
    return Report(
        origin=_origin(results, dataset=dataset, started_at=started_at, seconds=seconds),
        metrics=averages(results),
        scored={
            name: sum(result.scores.get(name) is not None for result in results) for name in METRICS
        },
        errors=sum(result.error is not None for result in results),
        latency_ms=_latency(results),
        decisions=_decisions(results),
        tags={
            tag: TagSummary(cases=len(tagged), metrics=averages(tagged))
            for tag, tagged in sorted(_by_tag(results).items())
        },
        cases=tuple(results),
        risk=risk_points(results),
        calibration_error=expected_calibration_error(results),
        reliability=reliability(results),
    )


def averages(results: Sequence[CaseResult]) -> dict[str, float | None]:
    """Return the mean of every metric over the cases that it scores."""
    return {name: mean(result.scores.get(name) for result in results) for name in METRICS}


def misses(result: CaseResult) -> tuple[str, ...]:
    """Return the metrics in which a case failed outright, or ``error``; nothing when it passed."""
    if result.error is not None:
        return (ERROR,)
    wrong = [name for name in _MISS if result.scores.get(name) == 0]
    return (*wrong, *(name for name in sorted(LOWER_IS_BETTER) if result.scores.get(name)))


def report_json(report: Report) -> bytes:
    """Return the report as ``read_report`` takes it."""
    return _REPORT.dump_json(report, indent=1)


def read_report(path: Path) -> Report:
    """Return an earlier report. Raises FileInvalid."""
    try:
        return _REPORT.validate_json(path.read_bytes())
    except OSError as error:
        raise FileInvalid(f"{path}: cannot be read: {error.strerror}") from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or "the file"
        raise FileInvalid(f"{path}: not a report of `evaluate`: {field}: {first['msg']}") from error


def _origin(
    results: Sequence[CaseResult], *, dataset: str, started_at: datetime, seconds: float
) -> Origin:
    digest = sha256()
    for result in results:
        digest.update(result.case.model_dump_json().encode() + b"\n")
    made = next(result.provenance for result in results if result.provenance is not None)
    return Origin(
        dataset=dataset,
        cases=len(results),
        cases_sha256=digest.hexdigest(),
        program=__version__,
        release=made.release,
        rules=made.rules,
        embedder=made.embedder,
        llm=made.llm,
        started_at=started_at,
        seconds=round(seconds, 3),
    )


def _latency(results: Sequence[CaseResult]) -> dict[str, dict[str, float]]:
    times: dict[str, list[float]] = {}
    for result in results:
        if result.draft_ms is None:
            continue
        times.setdefault("draft", []).append(result.draft_ms)
        for stage, taken in result.stages_ms.items():
            if stage != "total":
                times.setdefault(stage, []).append(taken)
    return {
        stage: {f"p{q}": percentile(taken, q) for q in _PERCENTILES}
        for stage, taken in times.items()
    }


def _decisions(results: Sequence[CaseResult]) -> dict[str, dict[str, int]]:
    counts: dict[str, Counter[str]] = {}
    for result in results:
        counts.setdefault(result.case.expect, Counter())[result.decision or ERROR] += 1
    return {expected: dict(got) for expected, got in counts.items()}


def _by_tag(results: Sequence[CaseResult]) -> dict[str, list[CaseResult]]:
    tagged: dict[str, list[CaseResult]] = {}
    for result in results:
        for tag in result.case.tags:
            tagged.setdefault(tag, []).append(result)
    return tagged
