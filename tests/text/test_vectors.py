"""Sentences are embedded once while they are remembered."""

from collections.abc import Sequence

import numpy as np

from assist.records import Floats
from assist.text.vectors import SentenceVectors


class Counting:
    """Embeds a text as its length, and keeps what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, texts: Sequence[str]) -> Floats:
        self.asked += texts
        return np.array([[len(text)] for text in texts], dtype=np.float32)


def test_each_text_gets_its_own_vector_and_is_embedded_once() -> None:
    encode = Counting()
    vectors = SentenceVectors("counting", encode, kept=8)
    assert {t: v[0] for t, v in vectors.of(["abc", "a", "abc"]).items()} == {"a": 1, "abc": 3}
    assert {t: v[0] for t, v in vectors.of(["a", "ab"]).items()} == {"a": 1, "ab": 2}
    assert sorted(encode.asked) == ["a", "ab", "abc"]


def test_what_was_not_wanted_for_long_is_forgotten() -> None:
    encode = Counting()
    vectors = SentenceVectors("counting", encode, kept=2)
    for texts in (["a"], ["ab"], ["a"], ["abc"], ["a"], ["ab"]):
        vectors.of(texts)
    assert encode.asked == ["a", "ab", "abc", "ab"]


def test_more_than_is_kept_is_given_all_the_same() -> None:
    assert len(SentenceVectors("counting", Counting(), kept=1).of(["a", "ab", "abc"])) == 3
