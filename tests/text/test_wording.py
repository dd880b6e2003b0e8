"""What the wording of a text hashes to."""

import pytest

from assist.text.wording import buckets, marks_pattern

MARKS = marks_pattern({"machine": "ai|模型|\\bbots?\\b", "duty": "请|\\bmust\\b"})
SIZE = 1 << 20


def shared(one: str, other: str) -> int:
    return len(set(buckets(one, MARKS, SIZE)) & set(buckets(other, MARKS, SIZE)))


def test_marked_words_count_as_one_another() -> None:
    assert shared("模型请", "ai请") > shared("模型请", "他请")


def test_which_mark_comes_first_counts() -> None:
    assert shared("模型要请甲乙", "ai要请丙丁") > shared("模型要请甲乙", "丙丁要请ai")


def test_every_figure_is_one_word() -> None:
    assert list(buckets("付300元", MARKS, SIZE)) == list(buckets("付9元", MARKS, SIZE))
    assert list(buckets("付三元", MARKS, SIZE)) != list(buckets("付9元", MARKS, SIZE))


def test_a_text_without_words_hashes_to_its_edges_only() -> None:
    assert len(buckets("", MARKS, SIZE)) == 1


def test_buckets_are_distinct_and_below_the_size() -> None:
    found = list(buckets("bots must say that the bot must say it again " * 9, MARKS, 64))
    assert found == sorted(set(found))
    assert all(0 <= bucket < 64 for bucket in found)


@pytest.mark.parametrize("pattern", ["(", "a*", "(?:a{0,9}){0,9}"])
def test_a_mark_needs_a_bounded_pattern(pattern: str) -> None:
    with pytest.raises(ValueError, match="machine"):
        marks_pattern({"machine": pattern})
