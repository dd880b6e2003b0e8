import pytest

from assist.retrieve.calibrate import Asked, lead, length, probabilities
from assist.retrieve.rules import Calibration

CURVE = Calibration(bias=-6.0, best=0.6, lead=0.0, strange=2.0, length=1.0, crowd=5.0)
PLAIN = Asked(strange=0.0, length=0.0)
LEADING = Calibration(bias=-2.0, best=0.0, lead=0.5, strange=0.0, length=0.0, crowd=5.0)


def test_no_score_has_no_probability() -> None:
    assert probabilities([], PLAIN, CURVE) == ()


def test_all_together_are_as_likely_as_the_best_score_says() -> None:
    assert sum(probabilities([10.0, 9.0, 2.0], PLAIN, CURVE)) == pytest.approx(0.5)


def test_near_ties_share_and_a_leader_takes_nearly_all() -> None:
    tied = probabilities([14.0, 14.0], PLAIN, CURVE)
    assert tied[0] == tied[1]
    ahead = probabilities([14.0, 9.0], PLAIN, CURVE)
    assert ahead[0] > 100 * ahead[1]


def test_a_higher_score_is_likelier_and_nothing_overflows() -> None:
    first, second, last = probabilities([800.0, 799.0, -800.0], PLAIN, CURVE)
    assert 1 >= first > second > last >= 0
    assert probabilities([-5000.0], PLAIN, CURVE) == pytest.approx((0.0,))


def test_a_question_of_things_unheard_of_is_less_likely_answered() -> None:
    known, strange = (
        probabilities([12.0, 3.0], Asked(strange=share, length=0.0), CURVE)[0]
        for share in (0.0, 1.0)
    )
    assert strange < known


def test_what_stands_out_of_the_crowd_is_likelier_than_one_of_many_that_are_near() -> None:
    crowd = [9.0] * 15
    assert probabilities([12.0, *[5.0] * 15], PLAIN, LEADING)[0] > 0.5
    assert sum(probabilities([10.0, *crowd], PLAIN, LEADING)) < 0.25


def test_the_lead_is_over_the_fifth_to_the_sixteenth_score() -> None:
    assert lead([20.0, 19.0, 18.0, 17.0, *[4.0] * 12, *[-9.0] * 10], crowd=5.0) == 16.0


def test_entries_that_a_small_knowledge_base_lacks_count_as_a_usual_crowd() -> None:
    assert lead([11.0], crowd=5.0) == 6.0
    assert lead([11.0, 11.0, 11.0, 11.0, 11.0, 5.0], crowd=5.0) == pytest.approx(5.5)


def test_of_two_questions_with_one_score_the_longer_is_likelier_answered() -> None:
    short, long = (
        probabilities([12.0, 3.0], Asked(strange=0.0, length=size), CURVE)[0] for size in (0.2, 0.6)
    )
    assert long > short


def test_length_counts_characters_and_latin_words_once_and_stays_below_one() -> None:
    assert length(()) == 0.0
    assert length(("退", "款", "退款", "退")) == length(("how", "refund")) == pytest.approx(2 / 22)
    assert 0.9 < length(chr(0x4E00 + at) for at in range(500)) < 1.0
