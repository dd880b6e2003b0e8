"""Clauses that were made up are told by their words and their sense."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from assist.check.rules import CheckRules
from assist.check.sense import SIGNS, SenseLine, new_words, signs_of
from assist.providers.builtin_embedder import BuiltinEmbedder, encode
from assist.records import Finding, Floats
from assist.text.vectors import SentenceVectors

Judge = Callable[..., tuple[Finding, ...]]
PASSAGE = "年费会员每单减5元运费。退款在三个工作日内到账。"


def vectors() -> SentenceVectors:
    return SentenceVectors(BuiltinEmbedder.id, encode, kept=64)


def refuse(texts: Sequence[str]) -> Floats:
    raise AssertionError("nothing is to be embedded")


def test_a_made_up_clause_is_found_where_it_stands(judge: Judge) -> None:
    made_up = "我们还会赠送一张全年通用的停车券"
    text = f"年费会员每单减5元运费，{made_up}。"
    found = judge("grounding", text, (1,), passages={1: PASSAGE}, vectors=vectors())
    assert [(f.rule, text[f.start : f.end]) for f in found] == [("unsupported", made_up)]


def test_without_vectors_of_the_fitted_embedder_nothing_is_judged_by_sense(judge: Judge) -> None:
    text = "年费会员每单减5元运费，我们还会赠送一张全年通用的停车券。"
    for known in (None, SentenceVectors("another", refuse, kept=8)):
        assert judge("grounding", text, (1,), passages={1: PASSAGE}, vectors=known) == ()


def test_words_of_the_source_alone_are_never_embedded(judge: Judge, rules: CheckRules) -> None:
    unused = SentenceVectors(rules.sense.fitted_with, refuse, kept=8)
    assert judge("grounding", PASSAGE, (1,), passages={1: PASSAGE}, vectors=unused) == ()


def test_new_words_are_those_that_no_source_has() -> None:
    assert new_words("每单减5元，还送生日礼盒", ["每单减5元运费"]) == ("还", "送", "生日", "礼盒")
    assert new_words("We refund gifts within days", ["Refunds take a day."]) == ("gifts",)
    assert new_words("减5元运费", ["每单减5元运费"]) == ()
    assert new_words("好的", ["减5元运费"]) == ()


def test_likeness_is_that_of_the_nearest_sentence_of_all_sources() -> None:
    clause, far, near = "钱三天内退给您", "门店周日休息。", "退款在三个工作日内到账。"
    asked = "什么时候退钱"
    rows = vectors().of([clause, far, near, asked])
    one, _ = signs_of(clause, clause, clause, [near], "", "zh", rows)
    many, _ = signs_of(clause, clause, clause, [far, far + near], asked, "zh", rows)
    names = dict(zip(SIGNS, range(len(SIGNS)), strict=True))
    assert many[names["likeness"]] == pytest.approx(one[names["likeness"]], abs=1e-4)
    assert one[names["asked"]] == 0 < many[names["asked"]]


def test_the_line_adds_up_its_signs_and_the_vector() -> None:
    line = SenseLine(
        fitted_with="two",
        signs=dict.fromkeys(SIGNS, 1.0),
        bias=-1.0,
        threshold=0.0,
        scale=0.5,
        weights="Av4=",  # 2 and -2
    )
    signs = np.array([1, 0, 0, 0, 0, 2, 0], dtype=np.float32)
    assert line.score(signs, np.array([1, 0.5], dtype=np.float32)) == pytest.approx(2.5)
