"""``assist evaluate``: how good the drafts are on cases with known answers."""

from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Annotated

import typer

from assist.cli.exits import NO
from assist.cli.options import Data, Json, settings_of, with_assistant
from assist.cli.output import note, progress_bar, say_json, say_table
from assist.evaluation.cases import read_cases
from assist.evaluation.compare import Comparison, compare
from assist.evaluation.gates import GATED, Gate, failed_gates
from assist.evaluation.markdown import change, markdown, share
from assist.evaluation.report import Report, make_report, read_report, report_json
from assist.evaluation.run import METRICS, run_cases
from assist.wiring import Assistant


def gate_of(text: str) -> Gate:
    """Return ``recall@5=0.9`` as a gate. Raises BadParameter."""
    metric, _, least = text.partition("=")
    if metric not in GATED:
        raise typer.BadParameter(f"{metric!r} is none of {', '.join(GATED)}")
    try:
        value = float(least)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is not METRIC=NUMBER") from error
    if not 0 <= value <= 1:
        raise typer.BadParameter(f"{least} is not between 0 and 1")
    return Gate(metric=metric, least=value)


def evaluate(
    dataset: Annotated[
        Path,
        typer.Argument(metavar="DATASET", exists=True, dir_okay=False, help="JSONL of cases."),
    ],
    against: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="JSON of an earlier run to compare with."),
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder for the JSON and Markdown.")] = Path("results"),
    fail_under: Annotated[
        list[Gate] | None,
        typer.Option(
            parser=gate_of, metavar="METRIC=NUMBER", help="Exit 1 when a metric is below this."
        ),
    ] = None,
    at_once: Annotated[
        int, typer.Option(min=1, max=64, help="Cases at a time; with 1 the latency is honest.")
    ] = 1,
    data: Data = None,
    json: Json = False,
) -> None:
    """Draft every case of a dataset, score it, and write a report."""
    settings = settings_of(data)
    cases = read_cases(dataset)
    earlier = read_report(against) if against is not None else None

    async def work(assistant: Assistant) -> Report:
        started_at, start = datetime.now(UTC), perf_counter()
        with progress_bar("evaluate") as show:
            results = await run_cases(assistant.pipeline, cases, at_once=at_once, progress=show)
        return make_report(
            results,
            dataset=dataset.name,
            started_at=started_at,
            seconds=perf_counter() - start,
        )

    report = with_assistant(settings, work)
    comparison = compare(earlier, report) if earlier is not None else None
    written = _write(report, markdown(report, settings.language, comparison), out, dataset.stem)
    if json:
        say_json(report)
    else:
        _show(report, comparison)
        _show_risk(report)
    note(f"{written}.json, {written}.md")
    _judge(report, tuple(fail_under or ()))


def _write(report: Report, text: str, folder: Path, stem: str) -> Path:
    """Write both files and return their path without suffix."""
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{stem}-{report.origin.started_at:%Y%m%dT%H%M%SZ}"
    (folder / f"{name}.json").write_bytes(report_json(report))
    (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder / name


def _show(report: Report, comparison: Comparison | None) -> None:
    head = ["metric", "value", "scored"]
    rows = [[name, share(report.metrics[name]), str(report.scored[name])] for name in METRICS]
    if comparison is not None:
        head.append("change")
        for row, delta in zip(rows, comparison.deltas, strict=True):
            row.append(change(delta.change))
    say_table(head, rows)
    say_table(
        ("latency", *next(iter(report.latency_ms.values()))),
        [
            (stage, *(f"{value:.1f} ms" for value in points.values()))
            for stage, points in report.latency_ms.items()
        ],
    )


def _show_risk(report: Report) -> None:
    # Every other step is enough for a terminal; the report has them all.
    say_table(
        ("threshold", "answerable answered", "unanswerable abstained", "answered right"),
        [
            (f"{at.threshold:.1f}", share(at.coverage), share(at.abstained), share(at.accuracy))
            for at in report.risk[2::2]
        ],
    )
    note(f"expected calibration error: {share(report.calibration_error)}")


def _judge(report: Report, gates: tuple[Gate, ...]) -> None:
    """Name the gates that were not reached and exit 1 if there are any."""
    if report.errors:
        note(f"{report.errors} of {report.origin.cases} cases raised and are not scored")
    failed = failed_gates(report, gates)
    for one in failed:
        note(f"failed: {one.gate.metric} is {share(one.value)}, not {one.gate.least:g}")
    # Cases that raised are in no average, so a gate cannot vouch for them.
    if failed or (gates and report.errors):
        raise typer.Exit(NO)
