import pytest

from assist.retrieve.calibrate import probabilities
from assist.retrieve.rules import Calibration

CURVE = Calibration(bias=-6.0, slope=0.6)


def test_no_score_has_no_probability() -> None:
    assert probabilities([], CURVE) == ()


def test_all_together_are_as_likely_as_the_best_score_says() -> None:
    assert sum(probabilities([10.0, 9.0, 2.0], CURVE)) == pytest.approx(0.5)


def test_near_ties_share_and_a_leader_takes_nearly_all() -> None:
    tied = probabilities([14.0, 14.0], CURVE)
    assert tied[0] == tied[1]
    ahead = probabilities([14.0, 9.0], CURVE)
    assert ahead[0] > 100 * ahead[1]


def test_a_higher_score_is_likelier_and_nothing_overflows() -> None:
    first, second, last = probabilities([800.0, 799.0, -800.0], CURVE)
    assert 1 >= first > second > last >= 0
    assert probabilities([-5000.0], CURVE) == pytest.approx((0.0,))
