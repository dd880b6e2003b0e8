from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

import numpy as np
import pytest

from assist.records import Customer, Entry, Filter, Leg, LegShare, Question, Retrieval, SearchQuery
from assist.retrieve.evidence import Index
from assist.retrieve.rules import RetrievalRules
from assist.retrieve.search import retrieve
from assist.text.tokenise import analyse

NOW = datetime(2026, 11, 22, tzinfo=UTC)


class RecordingIndex(Index, Protocol):
    asked: list[tuple[Leg, Filter, int]]


MakeIndex = Callable[..., RecordingIndex]


def search(index: Index, rules: RetrievalRules, question: Question) -> Retrieval:
    query = SearchQuery(
        text=question.text,
        terms=analyse(question.text),
        vector=np.zeros(4, dtype=np.float32),
    )
    return retrieve(index, query, question, rules, NOW)


@pytest.fixture
def entries(make_entry: Callable[..., Entry]) -> list[Entry]:
    return [
        make_entry("a", "后付费号码欠费多久会停机？", "129套餐没交费几号停", answer="25 日停机。"),
        make_entry("b", "预付费卡余额不足什么时候停机？", answer="余额用完停机。"),
        make_entry("c", "怎么查话费余额？", answer="APP 首页可查。"),
    ]


@pytest.fixture
def index(entries: list[Entry], make_index: MakeIndex) -> Index:
    return make_index(
        entries,
        {
            "dense_question": [
                ("a", "standard", entries[0].question, 0.8),
                ("b", "standard", entries[1].question, 0.79),
                ("a", "similar", "129套餐没交费几号停", 0.78),
                ("c", "standard", entries[2].question, 0.3),
            ],
            "lexical_question": [
                ("a", "similar", "129套餐没交费几号停", 9.0),
                ("b", "standard", entries[1].question, 8.9),
            ],
            "dense_passage": [
                ("a", "passage", "25 日停机。", 0.5),
                ("b", "passage", "余额用完停机。", 0.5),
            ],
        },
    )


def test_hits_are_ranked_one_an_entry_with_their_legs(index: Index, rules: RetrievalRules) -> None:
    found = search(index, rules, Question(text="欠费几号停机"))
    assert [hit.entry.id for hit in found.hits] == ["a", "b", "c"]
    assert found.search_query == "欠费几号停机"
    assert found.release == "rel_1"
    best = found.hits[0]
    assert best.passage.text == "后付费号码欠费多久会停机？"
    assert best.matched == "standard"
    assert [(leg.leg, leg.rank) for leg in best.legs] == [
        ("dense_question", 1),
        ("lexical_question", 1),
        ("dense_passage", 1),
    ]
    assert all(leg.share > 0 for leg in best.legs)


def test_scores_are_probabilities_of_which_only_one_holds(
    index: Index, rules: RetrievalRules
) -> None:
    scores = [hit.score for hit in search(index, rules, Question(text="欠费几号停机")).hits]
    assert sorted(scores, reverse=True) == scores
    assert 0 < sum(scores) <= 1


def test_near_twins_ask_back_and_are_sufficient_together(
    index: Index, rules: RetrievalRules
) -> None:
    found = search(index, rules, Question(text="欠费几号停机"))
    assert found.sufficient
    assert found.clarify is not None
    assert found.clarify.options == ("后付费", "预付费")


@pytest.mark.parametrize(
    ("plan", "first"), [("5G 畅享 129", "a"), ("老友卡", "b")], ids=["postpaid", "prepaid"]
)
def test_the_customers_plan_decides_between_near_twins(
    index: Index, rules: RetrievalRules, plan: str, first: str
) -> None:
    question = Question(text="欠费几号停机", customer=Customer(attributes={"套餐": plan}))
    found = search(index, rules, question)
    assert found.hits[0].entry.id == first
    assert found.clarify is None


def test_what_the_plan_adds_is_shown_in_the_shares(index: Index, rules: RetrievalRules) -> None:
    anyone = search(index, rules, Question(text="欠费几号停机")).hits[0]
    known = search(
        index,
        rules,
        Question(text="欠费几号停机", customer=Customer(attributes={"套餐": "5G 畅享 129"})),
    ).hits[0]
    weights = rules.weights["faq"]
    assert "profile" not in {part.leg for part in anyone.legs}
    assert known.legs[:-1] == anyone.legs
    added = weights.profile + weights.side
    assert known.legs[-1] == LegShare(leg="profile", rank=0, score=2.0, share=added)


def test_what_the_tier_adds_is_shown_as_well(
    make_entry: Callable[..., Entry], make_index: MakeIndex, rules: RetrievalRules
) -> None:
    entry = make_entry("a", "钻石会员有哪些权益？")
    index = make_index([entry], {"dense_question": [("a", "standard", entry.question, 0.7)]})
    hit = search(index, rules, Question(text="会员权益", customer=Customer(tier="钻石"))).hits[0]
    assert hit.legs[-1].leg == "profile"
    assert hit.legs[-1].share == pytest.approx(rules.weights["faq"].profile)


def test_an_entry_for_another_side_shows_what_it_lost(index: Index, rules: RetrievalRules) -> None:
    question = Question(text="欠费几号停机", customer=Customer(attributes={"套餐": "老友卡"}))
    other = next(hit for hit in search(index, rules, question).hits if hit.entry.id == "a")
    assert other.legs[-1].leg == "profile"
    assert other.legs[-1].share < 0


def test_top_k_bounds_the_hits_but_not_the_decision(index: Index, rules: RetrievalRules) -> None:
    found = search(index, rules, Question(text="欠费几号停机", top_k=1))
    assert len(found.hits) == 1
    assert found.sufficient
    assert found.clarify is not None


def test_weak_evidence_is_not_sufficient(
    entries: list[Entry], make_index: MakeIndex, rules: RetrievalRules
) -> None:
    index = make_index(entries, {"dense_question": [("c", "standard", entries[2].question, 0.2)]})
    found = search(index, rules, Question(text="明天会下雨吗"))
    assert not found.sufficient
    assert found.hits[0].score < rules.threshold


def test_nothing_found_is_not_sufficient(make_index: MakeIndex, rules: RetrievalRules) -> None:
    found = search(make_index([], {}), rules, Question(text="明天会下雨吗"))
    assert found.hits == ()
    assert not found.sufficient
    assert found.clarify is None


def test_the_questions_limits_reach_every_leg(
    entries: list[Entry], make_index: MakeIndex, rules: RetrievalRules
) -> None:
    index = make_index(entries, {})
    then = datetime(2026, 7, 1, tzinfo=UTC)
    search(index, rules, Question(text="停机", categories=("故障排除",), channel="app", as_of=then))
    asked = [(filter.at, filter.categories, filter.channel) for _, filter, _ in index.asked]
    assert set(asked) == {(then, ("故障排除",), "app")}
    search(index, rules, Question(text="停机", top_k=50))
    assert index.asked[-1][1].at == NOW
    assert max(k for _, _, k in index.asked) >= 50


def test_a_negative_question_keeps_its_entry_from_the_top(
    entries: list[Entry], make_index: MakeIndex, rules: RetrievalRules
) -> None:
    question = "青春卡没钱了什么时候停"
    index = make_index(
        entries,
        {
            "dense_question": [
                ("a", "negative", question, 1.0),
                ("a", "standard", entries[0].question, 0.75),
                ("b", "standard", entries[1].question, 0.7),
            ]
        },
    )
    assert search(index, rules, Question(text=question)).hits[0].entry.id == "b"


def test_a_question_about_what_is_over_is_not_answered_by_its_live_neighbours(
    make_entry: Callable[..., Entry], make_index: MakeIndex, rules: RetrievalRules
) -> None:
    live = make_entry("live", "充值怎么操作？")
    over = make_entry("over", "双十一充值送话费活动怎么参加？")
    near: dict[str, list[tuple[str, str, str, float]]] = {
        "dense_question": [("live", "standard", live.question, 0.62)],
        "lexical_question": [("live", "standard", live.question, 4.0)],
    }
    lapsed: dict[str, list[tuple[str, str, str, float]]] = {
        "dense_question": [("over", "standard", over.question, 0.95)],
        "lexical_question": [("over", "standard", over.question, 20.0)],
        "dense_passage": [("over", "passage", "充 100 送 20。", 0.6)],
        "lexical_passage": [("over", "passage", "充 100 送 20。", 9.0)],
    }
    asked = Question(text="双十一充值送话费活动怎么参加")
    alone = search(make_index([live, over], near), rules, asked)
    beside = search(make_index([live, over], near, lapsed), rules, asked)
    assert [hit.entry.id for hit in beside.hits] == ["live"]
    assert not beside.sufficient
    assert beside.hits[0].score < alone.hits[0].score / 10


def test_when_nothing_live_is_found_nothing_is_a_hit(
    make_entry: Callable[..., Entry], make_index: MakeIndex, rules: RetrievalRules
) -> None:
    over = make_entry("over", "双十一活动")
    index = make_index([over], {}, {"dense_question": [("over", "standard", "双十一活动", 0.9)]})
    found = search(index, rules, Question(text="双十一活动"))
    assert (found.hits, found.sufficient) == ((), False)


def test_a_name_that_stands_nowhere_lowers_the_score(
    make_entry: Callable[..., Entry], make_index: MakeIndex, rules: RetrievalRules
) -> None:
    entry = make_entry("a", "手机保修多久？")
    index = make_index([entry], {"dense_question": [("a", "standard", entry.question, 0.7)]})
    known, strange = (
        search(index, rules, Question(text=text)).hits[0].score for text in ("手机保修", "投影仪")
    )
    assert strange < known


def test_an_offer_that_is_on_is_answered_beside_one_that_is_over(
    make_entry: Callable[..., Entry], make_index: MakeIndex, rules: RetrievalRules
) -> None:
    on = make_entry("on", "双十二充值送话费活动怎么参加？")
    over = make_entry("over", "双十一充值送话费活动怎么参加？")

    def legs(entry: Entry, dense: float) -> dict[str, list[tuple[str, str, str, float]]]:
        return {
            "dense_question": [(entry.id, "standard", entry.question, dense)],
            "lexical_question": [(entry.id, "standard", entry.question, 20.0 * dense)],
            "dense_passage": [(entry.id, "passage", "充 100 送 20。", 0.6)],
        }

    index = make_index([on, over], legs(on, 0.99), legs(over, 0.85))
    found = search(index, rules, Question(text="双十二充值送话费活动怎么参加"))
    assert found.sufficient
    assert found.hits[0].entry.id == "on"


def test_the_one_threshold_decides_by_the_chance(index: Index, rules: RetrievalRules) -> None:
    asked = Question(text="欠费几号停机")
    chance = search(index, rules, asked).chance
    above, below = (rules.model_copy(update={"threshold": chance * part}) for part in (1.01, 0.99))
    assert not search(index, above, asked).sufficient
    assert search(index, below, asked).sufficient


def test_the_chance_is_that_of_all_live_entries_together(
    index: Index, rules: RetrievalRules
) -> None:
    whole = search(index, rules, Question(text="欠费几号停机", top_k=5))
    cut = search(index, rules, Question(text="欠费几号停机", top_k=1))
    assert whole.chance == pytest.approx(sum(hit.score for hit in whole.hits))
    assert cut.chance == pytest.approx(whole.chance)
    assert len(cut.hits) == 1


def test_a_crowd_of_unlikely_hits_is_no_answer(index: Index, rules: RetrievalRules) -> None:
    asked = Question(text="欠费几号停机")
    first = search(index, rules, asked).hits[0].score
    above, below = (rules.model_copy(update={"least": first * part}) for part in (1.1, 0.9))
    assert not search(index, above, asked).sufficient
    assert search(index, below, asked).sufficient
