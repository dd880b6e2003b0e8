"""``assist reindex``: a release of everything published, if need be behind a gate."""

from collections.abc import Awaitable, Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Annotated

import typer
from pydantic import TypeAdapter

from assist.cli.evaluate import gate_of
from assist.cli.exits import NO
from assist.cli.options import ACTOR, Data, Json, settings_of, with_assistant
from assist.cli.output import Show, note, progress_bar, say, say_json
from assist.errors import IndexUnusable, JobCancelled, JobRunning
from assist.evaluation.cases import Case, read_cases
from assist.evaluation.compare import CaseChange, compare
from assist.evaluation.gates import Gate, GateFailed, failed_gates
from assist.evaluation.markdown import share
from assist.evaluation.report import Report, make_report
from assist.evaluation.run import run_cases
from assist.pipeline.pipeline import Pipeline
from assist.publish.works import Work
from assist.records import Job, Language, Release
from assist.wiring import Assistant, tried

Approve = Callable[[Release], Awaitable[bool]]
_RELEASE = TypeAdapter(Release)
_JOINED: dict[Language, str] = {
    "zh": "已有构建任务在运行，等待它结束：{}",
    "en": "a build is under way; waiting for it: {}",
}
_REFUSED: dict[Language, str] = {
    "zh": "未启用新版本 {}，继续使用原版本",
    "en": "the release {} was not activated; what served before serves on",
}
_GATE: dict[Language, str] = {
    "zh": "未过门槛：{} 为 {}，低于 {:g}",
    "en": "failed: {} is {}, not {:g}",
}
_BROKEN: dict[Language, str] = {
    "zh": "变差的用例 {}（{}）：{}",
    "en": "worse: {} ({}): {}",
}
_ERRORS: dict[Language, str] = {
    "zh": "{} 个用例出错，无法评分",
    "en": "{} cases raised and are not scored",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the gate said about a new release."""

    passed: bool
    failed: tuple[GateFailed, ...]
    errors: int
    worse: tuple[CaseChange, ...]
    """The cases that the release which serves gets right and the new one does not."""


def reindex(
    gates: Annotated[
        list[Gate] | None,
        typer.Argument(parser=gate_of, metavar="[METRIC=NUMBER]…", help="What --gate is to reach."),
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="Embed unchanged texts again too.")] = False,
    activate: Annotated[
        bool, typer.Option("--activate/--no-activate", help="Whether the release then serves.")
    ] = True,
    gate: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            dir_okay=False,
            metavar="DATASET",
            help="Activate only if these cases reach each METRIC=NUMBER after it, else exit 1.",
        ),
    ] = None,
    data: Data = None,
    json: Json = False,
) -> None:
    """Build a release of everything published; unchanged texts are not embedded again."""
    if (gate is None) != (not gates):
        raise typer.BadParameter("--gate takes a dataset and at least one METRIC=NUMBER")
    settings = settings_of(data)
    cases = read_cases(gate) if gate is not None else ()
    verdicts: list[Verdict] = []

    async def work(assistant: Assistant) -> Release:
        async def approve(release: Release) -> bool:
            verdict = await _judged(assistant, release, cases, tuple(gates or ()))
            verdicts.append(verdict)
            return verdict.passed

        return await _built(assistant, full, activate, approve if cases else None)

    release = with_assistant(settings, work, load=False)
    verdict = verdicts[0] if verdicts else None
    if json:
        say_json(_RELEASE.dump_python(release) | ({"gate": verdict} if verdict else {}))
    else:
        _show(release)
    if verdict is not None and not verdict.passed:
        _explain(release, verdict, settings.language)
        raise typer.Exit(NO)


async def _built(
    assistant: Assistant, full: bool, activate: bool, approve: Approve | None
) -> Release:
    with progress_bar("embed") as show:
        match await assistant.works.reindexing(
            full=full, activate=activate, approve=approve, actor=ACTOR
        ):
            case Work() as work:
                built: Release = await work.run(show)
                return built
            case Job() as job:
                if approve is not None:
                    raise JobRunning(f"a build without this gate is under way: {job.id}")
                return await _joined(assistant, job, show)


async def _joined(assistant: Assistant, job: Job, show: Show) -> Release:
    note(_JOINED[assistant.settings.language].format(job.id))
    ended = await assistant.works.ended(job, show)
    if ended.status != "done":
        raise JobCancelled(f"the build {job.id} failed: {ended.error}")
    release: Release = _RELEASE.validate_python(ended.result)
    return release


async def _judged(
    assistant: Assistant, release: Release, cases: Sequence[Case], gates: tuple[Gate, ...]
) -> Verdict:
    after = await _report(await tried(assistant, release), cases)
    failed = failed_gates(after, gates)
    # Cases that raised are in no average, so a gate cannot vouch for them.
    passed = not failed and not after.errors
    worse = () if passed else await _worse(assistant, after, {gate.metric for gate in gates})
    return Verdict(passed=passed, failed=failed, errors=after.errors, worse=worse)


async def _worse(
    assistant: Assistant, after: Report, gated: AbstractSet[str]
) -> tuple[CaseChange, ...]:
    pointer = assistant.releases.active()
    if pointer is None:
        return ()
    try:
        serving = await tried(assistant, assistant.releases.get(pointer[0]))
    except IndexUnusable:
        return ()  # what cannot be asked got nothing right
    before = await _report(serving, [result.case for result in after.cases])
    return tuple(one for one in compare(before, after).changed if gated & set(one.worse))


async def _report(pipeline: Pipeline, cases: Sequence[Case]) -> Report:
    started_at, start = datetime.now(UTC), perf_counter()
    with progress_bar("gate") as show:
        results = await run_cases(pipeline, cases, at_once=4, progress=show)
    return make_report(
        results, dataset="gate", started_at=started_at, seconds=perf_counter() - start
    )


def _show(release: Release) -> None:
    say(f"release   {release.id}")
    say(f"entries   {release.entries}")
    say(f"passages  {release.passages}")
    say(f"embedded  {release.embedded}")
    say(f"reused    {release.reused}")
    say(f"seconds   {release.seconds:.2f}")


def _explain(release: Release, verdict: Verdict, language: Language) -> None:
    for one in verdict.failed:
        note(_GATE[language].format(one.gate.metric, share(one.value), one.gate.least))
    if verdict.errors:
        note(_ERRORS[language].format(verdict.errors))
    for case in verdict.worse:
        note(_BROKEN[language].format(case.id, ", ".join(case.worse), case.question))
    note(_REFUSED[language].format(release.id))
