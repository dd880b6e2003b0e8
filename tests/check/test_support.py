"""Whether sources bear a sentence out: by its words, and by the sense of their nearest sentence."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from assist.check.rules import CheckRules
from assist.check.support import borne_out, likeness
from assist.providers.builtin_embedder import BuiltinEmbedder, encode
from assist.records import Finding, Floats
from assist.text.vectors import SentenceVectors

Judge = Callable[..., tuple[Finding, ...]]
PASSAGE = "Parcels leave our warehouse within one day. Guests need not pay before they arrive."


def vectors() -> SentenceVectors:
    return SentenceVectors(BuiltinEmbedder.id, encode, kept=64)


def refuse(texts: Sequence[str]) -> Floats:
    raise AssertionError("nothing is to be embedded")


def test_likeness_is_that_of_the_nearest_sentence() -> None:
    known = vectors()
    alone = likeness("You can settle the bill on arrival.", [PASSAGE.split(". ")[1]], known)
    assert likeness("You can settle the bill on arrival.", [PASSAGE], known) == pytest.approx(alone)
    assert likeness("You can settle the bill on arrival.", [], known) == 0


def test_a_sentence_in_other_words_of_the_same_sense_is_borne_out(rules: CheckRules) -> None:
    for text, borne in (
        ("There is nothing to pay until arrival.", True),
        ("Our gardens were planted by monks.", False),
    ):
        assert borne_out(text, 0.3, [PASSAGE], rules.support, "en", vectors()) is borne


def test_a_sentence_of_the_sources_own_words_is_not_embedded(rules: CheckRules) -> None:
    unused = SentenceVectors(rules.support.fitted_with, refuse, kept=8)
    assert borne_out("运费由买家承担。", 1.0, ["运费由买家承担。"], rules.support, "zh", unused)


def test_without_vectors_of_the_fitted_embedder_words_alone_tell(rules: CheckRules) -> None:
    other = SentenceVectors("another", refuse, kept=8)
    for known in (None, other):
        assert not borne_out("x", 0.1, ["y"], rules.support, "zh", known)
        assert borne_out("x", 0.5, ["y"], rules.support, "zh", known)


def test_the_chance_grows_with_the_words_and_with_the_sense(rules: CheckRules) -> None:
    for line in rules.support.lines.values():
        chances = np.array([[line.chance(c / 4, s / 4) for s in range(5)] for c in range(5)])
        assert (np.diff(chances, axis=0) > 0).all()
        assert (np.diff(chances, axis=1) > 0).all()
        assert ((chances > 0) & (chances < 1)).all()
