from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from assist.records import Entry, Hit, Passage, Question, Retrieval
from assist.retrieve.rerank import reordered
from assist.retrieve.rules import RetrievalRules

MakeEntry = Callable[..., Entry]
ASKED = Question(text="运费谁出")


def found(entries: Sequence[Entry], *scores: float) -> Retrieval:
    hits = tuple(
        Hit(
            entry=entry,
            passage=Passage(
                id=f"psg_{entry.id}",
                entry_id=entry.id,
                entry_version=1,
                kind="standard",
                text=entry.question,
            ),
            matched="standard",
            score=score,
        )
        for entry, score in zip(entries, scores, strict=True)
    )
    return Retrieval(
        search_query=ASKED.text,
        hits=hits,
        chance=sum(scores),
        sufficient=True,
        clarify=None,
        release="rel_1",
    )


@pytest.fixture
def entries(make_entry: MakeEntry) -> list[Entry]:
    return [
        make_entry(id, question) for id, question in (("a", "退货"), ("b", "邮费"), ("c", "保修"))
    ]


def order(retrieval: Retrieval) -> list[str]:
    return [hit.entry.id for hit in retrieval.hits]


def test_a_hit_that_the_reranker_is_sure_of_comes_first(
    entries: list[Entry], rules: RetrievalRules
) -> None:
    before = found(entries, 0.5, 0.2, 0.1)
    after = reordered(before, (0.1, 0.9, 0.1), "tei:m", ASKED, rules)
    assert order(after) == ["b", "a", "c"]
    assert after.reranker == "tei:m"


def test_the_hits_keep_what_they_have_together_and_whether_it_is_enough(
    entries: list[Entry], rules: RetrievalRules
) -> None:
    for enough in (True, False):
        before = replace(found(entries, 0.5, 0.2, 0.1), sufficient=enough)
        after = reordered(before, (0.0, 1.0, 0.0), "tei:m", ASKED, rules)
        assert sum(hit.score for hit in after.hits) == pytest.approx(0.8)
        assert (after.chance, after.sufficient) == (before.chance, enough)


def test_a_reranker_that_likes_all_alike_changes_nothing(
    entries: list[Entry], rules: RetrievalRules
) -> None:
    before = found(entries, 0.5, 0.2, 0.1)
    after = reordered(before, (0.7, 0.7, 0.7), "tei:m", ASKED, rules)
    assert [hit.score for hit in after.hits] == pytest.approx([0.5, 0.2, 0.1])


def test_the_odds_between_two_hits_change_by_the_weight(
    entries: list[Entry], rules: RetrievalRules
) -> None:
    rules = rules.model_copy(update={"reranker": rules.reranker.model_copy(update={"weight": 2.0})})
    after = reordered(found(entries, 0.4, 0.4, 0.1), (1.0, 0.5, 0.0), "m", ASKED, rules)
    first, second, _ = (hit.score for hit in after.hits)
    assert first / second == pytest.approx(2.718, abs=1e-3)


def test_what_the_reranker_did_not_see_stays_as_likely_and_may_pass(
    entries: list[Entry], rules: RetrievalRules
) -> None:
    after = reordered(found(entries, 0.4, 0.3, 0.2), (1.0, 0.0), "m", ASKED, rules)
    assert order(after) == ["a", "c", "b"]
    assert {hit.entry.id: hit.score for hit in after.hits}["c"] == 0.2


def test_each_hit_shows_what_the_reranker_gave_to_it(
    entries: list[Entry], rules: RetrievalRules
) -> None:
    after = reordered(found(entries, 0.4, 0.3, 0.2), (0.1, 0.9, 0.5), "m", ASKED, rules)
    shown = {hit.entry.id: hit.legs[-1] for hit in after.hits}
    assert {id: (leg.leg, leg.rank) for id, leg in shown.items()} == {
        "b": ("reranker", 1),
        "c": ("reranker", 2),
        "a": ("reranker", 3),
    }
    assert shown["b"].share == pytest.approx(0.9 * rules.reranker.weight)


def test_hits_that_no_longer_tie_are_not_asked_back_about(
    make_entry: MakeEntry, rules: RetrievalRules
) -> None:
    twins = [make_entry("post", "后付费停机怎么恢复"), make_entry("pre", "预付费停机怎么恢复")]
    even = reordered(found(twins, 0.45, 0.45), (0.5, 0.5), "m", ASKED, rules)
    assert even.clarify is not None
    assert reordered(found(twins, 0.45, 0.45), (1.0, 0.0), "m", ASKED, rules).clarify is None


def test_hits_that_cannot_answer_at_all_stay_as_they_are(
    entries: list[Entry], rules: RetrievalRules
) -> None:
    before = found(entries, 0.0, 0.0, 0.0)
    assert reordered(before, (0.0, 1.0, 0.0), "m", ASKED, rules) == before
