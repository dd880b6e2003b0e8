from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assist.errors import FileInvalid
from assist.evaluation.cases import Case
from assist.evaluation.compare import compare
from assist.evaluation.gates import Gate, failed_gates
from assist.evaluation.markdown import markdown
from assist.evaluation.report import Report, make_report, misses, read_report, report_json
from assist.evaluation.risk import ReliabilityBin
from assist.evaluation.run import METRICS, Answering, run_cases
from assist.evaluation.words import WORDS
from assist.records import Language

Make = Callable[..., Any]
STARTED = datetime(2026, 11, 22, 3, tzinfo=UTC)


async def report_of(pipeline: Answering, cases: Sequence[Case]) -> Report:
    results = await run_cases(pipeline, cases)
    return make_report(results, dataset="cases.jsonl", started_at=STARTED, seconds=1.5)


@pytest.fixture
def cases(case: Make) -> list[Case]:
    return [
        case("1", "退货", entries=["a"], must_say=["7 天"], tags=["paraphrase"]),
        case("2", "天气", expect="abstain", tags=["out_of_scope"]),
        case("3", "坏", tags=["paraphrase"]),
    ]


@pytest.fixture
async def report(pipeline: Make, reply: Make, cases: list[Case]) -> Report:
    replies = {
        "退货": reply(text="您好，7 天内可退。", found=("a",), cited=("a",)),
        "天气": reply(text="您好，|可退|。", found=("x",), cited=("x",)),
    }
    return await report_of(pipeline(replies), cases)


def test_averages_say_over_how_many_cases_they_were_taken(report: Report) -> None:
    assert (report.metrics["recall@1"], report.scored["recall@1"]) == (1.0, 1)
    assert (report.metrics["decision_accuracy"], report.scored["decision_accuracy"]) == (0.5, 2)
    assert (report.metrics["must_not_say"], report.scored["must_not_say"]) == (None, 0)
    assert report.errors == 1


def test_decisions_are_counted_against_what_was_expected(report: Report) -> None:
    assert report.decisions == {"answer": {"answer": 1, "error": 1}, "abstain": {"answer": 1}}


def test_a_tag_has_the_averages_of_its_cases(report: Report) -> None:
    assert report.tags["paraphrase"].cases == 2
    assert report.tags["paraphrase"].metrics["decision_accuracy"] == 1.0
    assert report.tags["out_of_scope"].metrics["recall@1"] is None


def test_the_report_says_what_was_measured_with_what(report: Report) -> None:
    origin = report.origin
    assert (origin.release, origin.rules, origin.embedder) == ("rel_1", "abc", "fake")
    assert (origin.llm, origin.started_at, origin.cases) == ("extractive", STARTED, 3)


def test_latency_is_that_of_the_draft_and_of_its_stages(report: Report) -> None:
    assert list(report.latency_ms) == ["draft", "retrieve"]
    assert report.latency_ms["retrieve"] == {"p50": 2.0, "p95": 2.0, "p99": 2.0}


def test_a_case_misses_what_it_failed_outright(report: Report) -> None:
    assert [misses(result) for result in report.cases] == [(), ("decision_accuracy",), ("error",)]


async def test_an_ungrounded_number_is_a_miss(
    pipeline: Make, reply: Make, case: Make, finding: Make
) -> None:
    fake = pipeline({"q": reply(findings=(finding(text="30 元"),))})
    report = await report_of(fake, [case("1", "q")])
    assert misses(report.cases[0]) == ("ungrounded_number",)
    assert "30 元" in markdown(report, "zh")


def test_a_report_can_be_read_back(report: Report, tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_bytes(report_json(report))
    assert read_report(path) == report


@pytest.mark.parametrize("content", ["{}", "[", "\x00"])
def test_what_is_not_a_report_is_refused_by_name(tmp_path: Path, content: str) -> None:
    path = tmp_path / "other.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(FileInvalid, match=r"other\.json: not a report"):
        read_report(path)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_markdown_shows_every_metric_and_every_failing_case(
    report: Report, language: Language
) -> None:
    text = markdown(report, language)
    assert all(f"`{name}`" in text for name in METRICS)
    assert "### 2: decision_accuracy" in text
    assert "### 3: error" in text
    assert "### 1" not in text
    assert WORDS["failures"][language] + " (2)" in text


def test_text_from_outside_does_not_break_a_table(report: Report) -> None:
    assert "\\|可退\\|" in markdown(report, "zh")


def test_scores_are_drawn_beside_what_came_true(report: Report) -> None:
    half = ReliabilityBin(predicted=0.75, right=0.5, share=1.0)
    text = markdown(replace(report, reliability=(half,)), "en")
    assert "| 0.750 | 0.500 | 1.000 | `██████████░░░░░┃░░░░` |" in text


async def test_a_comparison_shows_what_changed_in_which_case(
    pipeline: Make, reply: Make, cases: list[Case], report: Report
) -> None:
    replies = {
        "退货": reply(text="您好，7 天内可退。", found=("x", "a"), cited=("a",)),
        "天气": reply(decision="abstain", text="您好，请稍等。"),
    }
    after = await report_of(pipeline(replies), cases)
    comparison = compare(report, after)
    deltas = {delta.metric: delta.change for delta in comparison.deltas}
    assert deltas["recall@1"] == -1.0
    assert deltas["decision_accuracy"] == 0.5
    assert deltas["must_not_say"] is None
    worse, better = comparison.changed
    assert (worse.id, worse.worse, worse.better) == ("1", ("recall@1", "mrr@10", "ndcg@10"), ())
    assert (better.before, better.after, better.better) == (
        "answer",
        "abstain",
        ("decision_accuracy",),
    )
    assert "answer → abstain" in markdown(after, "en", comparison)


async def test_only_cases_that_both_runs_asked_alike_are_compared(
    pipeline: Make, reply: Make, case: Make, report: Report
) -> None:
    fake = pipeline({"退货": reply(), "天气": reply()})
    edited = [case("1", "退货", entries=["b"]), case("2", "天气", "abstain", tags=["out_of_scope"])]
    assert compare(report, await report_of(fake, edited)).common == 1


def test_a_run_compared_with_itself_has_not_changed(report: Report) -> None:
    assert compare(report, report).changed == ()


async def test_an_ungrounded_number_gone_is_an_improvement(
    pipeline: Make, reply: Make, case: Make, finding: Make
) -> None:
    before = await report_of(pipeline({"q": reply(findings=(finding(),))}), [case("1", "q")])
    after = await report_of(pipeline({"q": reply()}), [case("1", "q")])
    (changed,) = compare(before, after).changed
    assert (changed.better, changed.worse) == (("ungrounded_number",), ())


def test_a_gate_fails_below_its_value_and_where_nothing_was_measured(report: Report) -> None:
    gates = [
        Gate(metric="recall@1", least=1.0),
        Gate(metric="decision_accuracy", least=0.51),
        Gate(metric="must_not_say", least=0.0),
    ]
    failed = failed_gates(report, gates)
    assert [(one.gate.metric, one.value) for one in failed] == [
        ("decision_accuracy", 0.5),
        ("must_not_say", None),
    ]


def test_everything_in_a_report_has_a_name_in_both_languages() -> None:
    assert set(METRICS) <= set(WORDS)
    assert all(set(texts) == {"zh", "en"} for texts in WORDS.values())
