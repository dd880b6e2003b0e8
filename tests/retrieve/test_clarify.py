from collections.abc import Callable
from dataclasses import replace

import pytest

from assist.records import Clarify, Customer, Entry, Hit, Passage, Question, Turn
from assist.retrieve.clarify import clarify
from assist.retrieve.rules import RetrievalRules


def hit(entry: Entry, score: float) -> Hit:
    passage = Passage(
        id="psg_1", entry_id=entry.id, entry_version=1, kind="standard", text=entry.question
    )
    return Hit(entry=entry, passage=passage, matched="standard", score=score)


@pytest.fixture
def twins(make_entry: Callable[..., Entry]) -> tuple[Entry, Entry]:
    return (
        make_entry("a", "后付费号码欠费多久会停机？", "129套餐几号停"),
        make_entry("b", "预付费卡余额不足什么时候停机？"),
    )


def ask(rules: RetrievalRules, hits: list[Hit], question: Question | None = None) -> Clarify | None:
    question = question or Question(text="欠费多久停机")
    return clarify(hits, question, question.text, rules)


def test_near_ties_on_two_sides_of_a_condition_ask_for_it(
    twins: tuple[Entry, Entry], rules: RetrievalRules
) -> None:
    asked = ask(rules, [hit(twins[0], 0.45), hit(twins[1], 0.4)])
    assert asked is not None
    assert asked.options == ("后付费", "预付费")
    assert "付费方式" in asked.question
    assert all(option in asked.question for option in asked.options)


def test_the_question_is_asked_in_the_customers_language(
    twins: tuple[Entry, Entry], rules: RetrievalRules
) -> None:
    question = Question(text="When will my line be cut off?")
    asked = ask(rules, [hit(twins[0], 0.45), hit(twins[1], 0.4)], question)
    assert asked is not None
    assert asked.question.isascii()
    assert "how you pay" in asked.question


@pytest.mark.parametrize(
    "known",
    [
        Question(text="青春卡欠费多久停机"),
        Question(text="欠费多久停机", conversation=(Turn(role="customer", text="我是预付费的"),)),
        Question(text="欠费多久停机", customer=Customer(attributes={"套餐": "5G 畅享 129"})),
        Question(text="欠费多久停机", customer=Customer(tags=("后付费",))),
    ],
    ids=["question", "conversation", "attributes", "tags"],
)
def test_nothing_is_asked_that_is_known_already(
    twins: tuple[Entry, Entry], rules: RetrievalRules, known: Question
) -> None:
    assert ask(rules, [hit(twins[0], 0.45), hit(twins[1], 0.4)], known) is None


def test_a_clear_leader_needs_no_question(
    twins: tuple[Entry, Entry], rules: RetrievalRules
) -> None:
    assert ask(rules, [hit(twins[0], 0.9), hit(twins[1], 0.05)]) is None


def test_unlikely_hits_are_not_worth_a_question(
    twins: tuple[Entry, Entry], rules: RetrievalRules
) -> None:
    assert ask(rules, [hit(twins[0], 0.06), hit(twins[1], 0.05)]) is None


def test_hits_on_different_things_are_no_condition(
    make_entry: Callable[..., Entry], rules: RetrievalRules
) -> None:
    hits = [hit(make_entry("a", "怎么查话费？"), 0.4), hit(make_entry("b", "宽带怎么移机？"), 0.4)]
    assert ask(rules, hits) is None


def test_three_kinds_of_one_thing_give_three_options(
    make_entry: Callable[..., Entry], rules: RetrievalRules
) -> None:
    hits = [
        hit(make_entry(speed, f"{speed} 宽带怎么收费？"), 0.25)
        for speed in ("300M", "500M", "1000M")
    ]
    asked = ask(rules, hits, Question(text="装宽带一个月多少钱"))
    assert asked is not None
    assert asked.options == ("300M", "500M", "1000M")


def test_a_kind_that_is_less_likely_is_offered_too_once_there_is_something_to_ask(
    make_entry: Callable[..., Entry], rules: RetrievalRules
) -> None:
    scores = {"300M": 0.45, "500M": 0.3, "1000M": 0.05}
    hits = [hit(make_entry(speed, f"{speed} 宽带怎么收费？"), scores[speed]) for speed in scores]
    asked = ask(rules, hits, Question(text="装宽带一个月多少钱"))
    assert asked is not None
    assert asked.options == ("300M", "500M", "1000M")
    assert ask(rules, [hits[0], hits[2]], Question(text="装宽带一个月多少钱")) is None


def test_a_difference_without_a_name_is_shown_by_its_words(
    make_entry: Callable[..., Entry], rules: RetrievalRules
) -> None:
    hits = [
        hit(make_entry("a", "金卡会员每年可以免费停车几次？"), 0.4),
        hit(make_entry("b", "银卡会员每年可以免费停车几次？"), 0.38),
    ]
    asked = ask(rules, hits, Question(text="会员一年能停几次车"))
    assert asked is not None
    assert asked.options == ("金卡", "银卡")
    further = [hits[0], replace(hits[1], score=0.15)]
    assert ask(rules, further, Question(text="会员一年能停几次车")) is None


def test_no_hits_no_question(rules: RetrievalRules) -> None:
    assert ask(rules, []) is None
