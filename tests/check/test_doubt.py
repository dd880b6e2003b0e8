"""A fact is as sure as the least sure token that the model wrote for it."""

from math import log

import pytest

from assist.check.context import CheckContext
from assist.check.rules import CheckRules
from assist.check.uncertainty import uncertainty
from assist.records import Finding, Token


def tokens(*pieces: tuple[str, float]) -> tuple[Token, ...]:
    return tuple(Token(text=text, logprob=log(chance)) for text, chance in pieces)


def doubted(rules: CheckRules, text: str, *pieces: tuple[str, float]) -> list[Finding]:
    context = CheckContext(text=text, rules=rules, tokens=tokens(*pieces))
    return [finding for finding in uncertainty(context) if finding.rule == "low_confidence"]


def test_only_the_fact_with_an_unlikely_token_is_told(rules: CheckRules) -> None:
    pieces = (
        ("运费", 0.9),
        ("12", 0.3),
        ("元", 0.99),
        ("，", 0.1),
        ("3", 0.9),
        ("天", 0.9),
        ("到", 0.1),
    )
    (finding,) = doubted(rules, "运费12元，3天到", *pieces)
    assert (finding.text, finding.severity) == ("12元", "warn")


def test_the_same_words_in_a_thought_are_not_the_answer(rules: CheckRules) -> None:
    thought = (("<think>", 0.9), ("运费", 0.9), ("12", 0.1), ("元", 0.9), ("</think>", 0.9))
    assert doubted(rules, "运费12元", *thought, ("运费", 0.9), ("12", 0.9), ("元", 0.9)) == []


def test_marks_between_the_tokens_do_not_matter(rules: CheckRules) -> None:
    pieces = (("- 运费 **", 0.9), ("12", 0.3), ("** 元", 0.9), ("[1]", 0.9))
    assert [f.text for f in doubted(rules, "运费12元", *pieces)] == ["12元"]


@pytest.mark.parametrize("text", ["运费15元", "您好"], ids=["not the model's", "no fact"])
def test_what_the_model_did_not_write_is_left_alone(rules: CheckRules, text: str) -> None:
    assert doubted(rules, text, ("运费", 0.9), ("12", 0.3), ("元", 0.9)) == []
