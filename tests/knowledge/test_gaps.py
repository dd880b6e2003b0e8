"""Unanswered questions are counted by what they ask."""

from datetime import UTC, datetime, timedelta

import numpy as np

from assist.knowledge.gaps import cluster_gaps
from assist.records import Floats
from assist.store.drafts import Asked

START = datetime(2026, 11, 22, tzinfo=UTC)


def asked(number: int, question: str) -> Asked:
    at = START + timedelta(minutes=number)
    return Asked(draft_id=f"drf_{number:05}", question=question, at=at)


def rows(*angles: float) -> Floats:
    """Return points of the unit circle, at so many degrees."""
    radians = np.radians(np.array(angles, dtype=np.float32))
    return np.stack([np.cos(radians), np.sin(radians)], axis=1).astype(np.float32)


def test_alike_questions_are_one_gap_and_the_largest_comes_first() -> None:
    questions = [asked(n, text) for n, text in enumerate(["加班", "喂猫", "喂狗", "宠物吃什么"])]
    pets, work = cluster_gaps(questions, rows(90, 0, 20, 8))
    assert (pets.count, work.count) == (3, 1)
    assert pets.question == "宠物吃什么"
    assert pets.examples == ("宠物吃什么", "喂猫", "喂狗")
    assert (pets.first_at, pets.last_at) == (questions[1].at, questions[3].at)
    assert (pets.id, work.id) == ("gap_00001", "gap_00000")


def test_the_order_of_the_rows_changes_nothing() -> None:
    questions = [asked(n, f"问题 {n}") for n in range(40)]
    vectors = rows(*(n * 31 % 180 for n in range(40)))
    shuffled = np.random.default_rng(7).permutation(40)
    assert cluster_gaps(questions, vectors) == cluster_gaps(
        [questions[at] for at in shuffled], vectors[shuffled]
    )


def test_examples_differ_are_few_and_hide_personal_data() -> None:
    texts = [
        "我的号 13800138000 查不到",
        "我的号 13900139000 查不到",
        *(f"问 {n}" for n in range(9)),
    ]
    (gap,) = cluster_gaps([asked(n, text) for n, text in enumerate(texts)], rows(*([0] * 11)))
    assert gap.count == 11
    assert gap.examples == ("我的号 *** 查不到", "问 0", "问 1", "问 2", "问 3")


def test_many_questions_are_all_counted() -> None:
    vectors = rows(*(90.0 * (n % 3) + n % 10 for n in range(1500)))
    gaps = cluster_gaps([asked(n, f"问 {n}") for n in range(1500)], vectors)
    assert [gap.count for gap in gaps] == [500, 500, 500]


def test_no_questions_make_no_gaps() -> None:
    assert cluster_gaps([], np.zeros((0, 2), np.float32)) == ()
