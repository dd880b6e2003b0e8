from collections.abc import Callable

import pytest

from assist.evaluation.metrics import (
    citation_precision,
    mean,
    ndcg,
    percentile,
    recall_at,
    reciprocal_rank,
    says_all,
    says_none,
    ungrounded,
)
from assist.records import Finding


def test_recall_counts_a_case_once_however_many_right_entries_are_found() -> None:
    assert recall_at(3, ("x", "a", "b"), ("a", "b")) == 1.0


def test_recall_looks_no_further_than_k() -> None:
    assert recall_at(1, ("x", "a"), ("a",)) == 0.0
    assert recall_at(2, ("x", "a"), ("a",)) == 1.0


def test_reciprocal_rank_is_that_of_the_first_right_entry() -> None:
    assert reciprocal_rank(("x", "a", "b"), ("b", "a")) == 0.5


def test_reciprocal_rank_ends_at_k() -> None:
    assert reciprocal_rank(("x", "y", "a"), ("a",), k=2) == 0.0


def test_ndcg_by_hand() -> None:
    # DCG = 1/log2(3) + 1/log2(4) = 0.6309 + 0.5; the ideal is 1/log2(2) + 1/log2(3) = 1.6309.
    assert ndcg(("x", "a", "b"), ("a", "b")) == pytest.approx(1.13093 / 1.63093, abs=1e-5)


def test_ndcg_of_the_ideal_order_is_one_also_with_more_right_entries_than_places() -> None:
    assert ndcg(("a", "b"), ("a", "b", "c", "d"), k=2) == pytest.approx(1.0)


@pytest.mark.parametrize(
    "score",
    [
        recall_at(5, ("a",), ()),
        reciprocal_rank(("a",), ()),
        ndcg(("a",), ()),
        citation_precision(("a",), ()),
        citation_precision((), ("a",)),
        says_all("text", ()),
        says_none("text", ()),
        mean([None]),
    ],
)
def test_nothing_to_measure_is_unscored_and_not_zero(score: float | None) -> None:
    assert score is None


def test_citation_precision_counts_entries_and_not_marks() -> None:
    assert citation_precision(("a", "a", "x"), ("a", "b")) == 0.5


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("每月20GB流量", "20 GB"),
        ("每月２０ｇｂ流量", "20GB"),
        ("优惠价 4,599 元。", "4599元"),
        ("退貨運費由我們承擔", "退货运费"),
        ("3，000 元", "3000元"),
    ],
)
def test_a_phrase_is_said_whatever_its_width_case_script_and_blanks(text: str, phrase: str) -> None:
    assert says_all(text, (phrase,)) == 1.0
    assert says_none(text, (phrase,)) == 0.0


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("每月120GB流量", "20GB"),
        ("4,599 元", "599 元"),
        ("每分钟 0.99 元", "99 元"),
        ("共 30 次", "共 3"),
        ("共 3.5 次", "共 3"),
    ],
)
def test_a_number_is_not_said_by_a_longer_number_that_holds_its_digits(
    text: str, phrase: str
) -> None:
    assert says_none(text, (phrase,)) == 1.0


def test_a_number_may_end_a_sentence() -> None:
    assert says_all("客服电话 10000. 再见", ("10000",)) == 1.0


def test_every_phrase_must_be_said_and_none_that_must_not() -> None:
    assert says_all("甲乙", ("甲", "丙")) == 0.0
    assert says_none("甲乙", ("丙", "乙")) == 0.0


def test_only_a_grounding_finding_that_asks_for_a_look_is_an_ungrounded_number(
    finding: Callable[..., Finding],
) -> None:
    assert ungrounded([finding("grounding", "warn")]) == 1.0
    assert ungrounded([finding("grounding", "block")]) == 1.0
    assert ungrounded([finding("grounding", "info"), finding("length", "warn")]) == 0.0


def test_the_mean_leaves_out_what_is_unscored() -> None:
    assert mean([1.0, None, 0.0]) == 0.5


def test_percentiles_are_values_that_were_measured() -> None:
    values = [5.0, 1.0, 4.0, 2.0, 3.0]
    assert [percentile(values, q) for q in (0, 20, 50, 95, 100)] == [1.0, 1.0, 3.0, 5.0, 5.0]
