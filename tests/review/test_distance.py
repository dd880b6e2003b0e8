"""Levenshtein distance against the textbook table."""

from hypothesis import given
from hypothesis import strategies as st

from assist.review.distance import edit_distance


def by_table(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for above, first in enumerate(one, start=1):
        before, row = row, [above]
        for at, second in enumerate(other, start=1):
            row.append(min(before[at] + 1, row[-1] + 1, before[at - 1] + (first != second)))
    return row[-1]


@given(st.text("ab退", max_size=12), st.text("ab退", max_size=12))
def test_the_distance_is_that_of_the_table(one: str, other: str) -> None:
    assert edit_distance(one, other) == by_table(one, other)


def test_one_code_point_is_one_step() -> None:
    assert edit_distance("退款👍🏽", "退款👍") == 1


def test_the_longest_texts_are_compared() -> None:
    text = "退款三天内到账" * 600
    assert edit_distance(text, text[7:] + "。") == 7
