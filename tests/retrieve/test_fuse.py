from collections.abc import Callable
from dataclasses import replace

import pytest

from assist.records import Entry
from assist.retrieve.evidence import Evidence
from assist.retrieve.fuse import fuse, shares
from assist.retrieve.rules import RetrievalRules, Weights


@pytest.fixture
def weights(rules: RetrievalRules) -> Weights:
    return rules.weights["faq"]


@pytest.fixture
def evidence(make_entry: Callable[..., Entry]) -> Evidence:
    return Evidence(
        entry=make_entry("a", "甲"),
        found={},
        legs={
            "dense_question": 0.6,
            "lexical_question": 0.3,
            "dense_passage": 0.4,
            "lexical_passage": 0.2,
        },
        consensus=0.5,
        coverage=0.7,
        negative=0.0,
        exact=0.0,
        profile=0.0,
        side=0.0,
    )


def test_the_score_is_what_all_legs_give_together(evidence: Evidence, weights: Weights) -> None:
    given = shares(evidence, weights)
    assert fuse(evidence, weights) == pytest.approx(weights.bias + sum(given.values()))
    assert given["dense_passage"] == pytest.approx(weights.dense_passage * 0.4)


@pytest.mark.parametrize(
    "better",
    [
        lambda evidence: replace(evidence, consensus=0.9),
        lambda evidence: replace(evidence, coverage=1.0),
        lambda evidence: replace(evidence, exact=1.0),
        lambda evidence: replace(evidence, profile=1.0),
        lambda evidence: replace(evidence, side=1.0),
    ],
    ids=["consensus", "coverage", "exact", "profile", "side"],
)
def test_more_evidence_raises_the_score(
    evidence: Evidence, weights: Weights, better: Callable[[Evidence], Evidence]
) -> None:
    assert fuse(better(evidence), weights) > fuse(evidence, weights)


def test_a_nearer_negative_question_and_the_other_side_lower_it(
    evidence: Evidence, weights: Weights
) -> None:
    assert fuse(replace(evidence, negative=0.3), weights) < fuse(evidence, weights)
    assert fuse(replace(evidence, side=-1.0), weights) < fuse(evidence, weights)
