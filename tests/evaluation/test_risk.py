from collections.abc import Callable, Sequence
from typing import Any

import pytest

from assist.evaluation.cases import Case
from assist.evaluation.metrics import calibration_error
from assist.evaluation.risk import (
    RiskPoint,
    expected_calibration_error,
    reliability,
    risk_points,
)
from assist.evaluation.run import CaseResult

Make = Callable[..., Any]


def result(case: Case, chance: float | None, found: Sequence[str]) -> CaseResult:
    return CaseResult(case=case, chance=chance, first=chance, found=tuple(found))


@pytest.fixture
def results(case: Make) -> list[CaseResult]:
    return [
        result(case("1", "退货", entries=["a"]), 0.9, "ab"),
        result(case("2", "换货", entries=["a"]), 0.6, "ba"),
        result(case("3", "天气", expect="abstain"), 0.7, "b"),
        result(case("4", "股票", expect="abstain"), 0.1, ""),
        result(case("5", "停机", expect="clarify", entries=["a"]), 0.2, "a"),
        result(case("6", "坏了", entries=["a"]), None, ""),
    ]


def at(points: Sequence[RiskPoint], threshold: float) -> tuple[float | None, ...]:
    point = next(point for point in points if point.threshold == threshold)
    return point.coverage, point.abstained, point.accuracy


def test_a_higher_threshold_answers_less_and_abstains_more(results: list[CaseResult]) -> None:
    points = risk_points(results)
    assert at(points, 0.0) == (1.0, 0.0, 0.25)
    assert at(points, 0.5) == (1.0, 0.5, 1 / 3)
    assert at(points, 0.65) == (0.5, 0.5, 0.5)
    assert at(points, 0.75) == (0.5, 1.0, 1.0)
    assert at(points, 0.95) == (0.0, 1.0, None)


def test_only_cases_that_expect_an_answer_or_none_tell(case: Make) -> None:
    clarify = result(case("1", "停机", expect="clarify", entries=["a"]), 0.2, "a")
    raised = result(case("2", "坏了", entries=["a"]), None, "")
    assert risk_points([clarify, raised]) == ()
    assert expected_calibration_error([clarify, raised]) is None


def test_without_unanswerable_cases_no_share_of_them_is_told(case: Make) -> None:
    points = risk_points([result(case("1", "退货", entries=["a"]), 0.9, "a")])
    assert at(points, 0.5) == (1.0, None, 1.0)


def test_calibration_error_is_the_mean_gap_by_bins() -> None:
    assert calibration_error([(0.75, True), (0.75, True), (0.75, True), (0.75, False)]) == 0.0
    assert calibration_error([(0.9, False), (1.0, False)]) == pytest.approx(0.95)
    # In one bin too high and in another too low do not make up for each other.
    assert calibration_error([(0.9, False), (0.1, True)]) == pytest.approx(0.9)
    assert calibration_error([]) is None


def test_the_error_is_taken_of_the_first_hits(results: list[CaseResult]) -> None:
    assert expected_calibration_error(results) == pytest.approx((0.1 + 0.6 + 0.7 + 0.1) / 4)


def test_reliability_sets_scores_beside_what_came_true_by_tenths(case: Make) -> None:
    asked = [case(str(at), "退货", entries=["a"]) for at in range(3)]
    first, second, third = reliability(
        [
            result(asked[0], 0.72, "a"),
            result(asked[1], 0.78, "b"),
            result(asked[2], 1.0, "a"),
            result(case("4", "天气", expect="abstain"), 0.0, ""),
        ]
    )
    assert (first.predicted, first.right, first.share) == (0.0, 0.0, 0.25)
    assert second.predicted == pytest.approx(0.75)
    assert (second.right, second.share) == (0.5, 0.5)
    assert (third.predicted, third.right, third.share) == (1.0, 1.0, 0.25)
    assert reliability([]) == ()
