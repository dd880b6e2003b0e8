from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np
import pytest

from assist.records import Candidate, Entry, Filter, Leg, Passage, SearchQuery
from assist.retrieve.evidence import Evidence, Index, gather
from assist.retrieve.profile import Profile
from assist.retrieve.reading import covered, searchable, sought
from assist.text.tokenise import analyse

NOBODY = Profile(has=(), sides=())
MakeIndex = Callable[..., Index]


@dataclass(slots=True)
class Closed:
    """An index whose passages nobody may read."""

    index: Index
    release: str = "rel_1"

    def search(self, leg: Leg, query: SearchQuery, filter: Filter, k: int) -> list[Candidate]:
        found = self.index.search(leg, query, filter, k)
        return [replace(candidate, read=self._refuse) for candidate in found]

    def entry(self, entry_id: str) -> Entry:
        return self.index.entry(entry_id)

    def frequency(self, term: str) -> int:
        return self.index.frequency(term)

    def _refuse(self) -> Passage:
        raise AssertionError("nobody asked for this passage")


def ask(index: Index, text: str, k: int = 10) -> Mapping[str, Evidence]:
    query = SearchQuery(text=text, terms=analyse(text), vector=np.zeros(4, dtype=np.float32))
    candidates: dict[Leg, int] = {
        "dense_question": k,
        "lexical_question": k,
        "dense_passage": k,
        "lexical_passage": k,
    }
    filter = Filter(at=datetime(2026, 11, 22, tzinfo=UTC))
    found = gather(index, query, filter, NOBODY, candidates)
    return {one.entry.id: one for one in found}


def test_the_best_passage_of_an_entry_counts_in_each_leg(
    make_entry: Callable[..., Entry], make_index: MakeIndex
) -> None:
    entries = [make_entry("a", "甲"), make_entry("b", "乙")]
    index = make_index(
        entries,
        {
            "dense_question": [
                ("a", "similar", "甲二", 0.9),
                ("b", "standard", "乙", 0.8),
                ("a", "standard", "甲", 0.7),
            ]
        },
    )
    found = ask(index, "问")
    assert found["a"].legs["dense_question"] == 0.9
    assert found["a"].found["dense_question"].passage.text == "甲二"
    assert [found[id].found["dense_question"].rank for id in "ab"] == [1, 2]


def test_consensus_is_the_mean_of_the_nearest_phrasings_of_an_entry(
    make_entry: Callable[..., Entry], make_index: MakeIndex
) -> None:
    entries = [make_entry("a", "甲", "甲二", "甲三", "甲四"), make_entry("b", "乙")]
    index = make_index(
        entries,
        {
            "dense_question": [
                ("a", "similar", "甲二", 0.9),
                ("b", "standard", "乙", 0.8),
                ("a", "standard", "甲", 0.6),
            ]
        },
    )
    found = ask(index, "问")
    assert found["b"].consensus == 0.8
    assert found["a"].consensus == pytest.approx((0.9 + 0.6 + 0.0) / 3)


def test_an_entry_beyond_a_full_list_may_have_as_much_as_the_last_found(
    make_entry: Callable[..., Entry], make_index: MakeIndex
) -> None:
    entries = [make_entry("a", "甲"), make_entry("b", "乙")]
    legs: dict[Leg, list[tuple[str, str, str, float]]] = {
        "dense_question": [("a", "standard", "甲", 0.9), ("a", "similar", "甲二", 0.5)],
        "dense_passage": [("b", "passage", "乙答", 0.4)],
    }
    assert ask(make_index(entries, legs), "问", k=2)["b"].legs["dense_question"] == 0.5
    assert ask(make_index(entries, legs), "问", k=3)["b"].legs["dense_question"] == 0.0


def test_bm25_is_measured_against_what_the_query_could_reach(
    make_entry: Callable[..., Entry], make_index: MakeIndex
) -> None:
    entries = [make_entry("a", "手机没信号"), make_entry("b", "没信号")]
    legs = {
        "lexical_question": [
            ("a", "standard", "手机没信号", 12.0),
            ("b", "standard", "没信号", 6.0),
        ]
    }
    whole = ask(make_index(entries, legs), "手机没信号")
    assert whole["a"].legs["lexical_question"] == pytest.approx(1.0)
    assert whole["b"].legs["lexical_question"] == pytest.approx(0.5)
    part = ask(make_index(entries, legs), "手机没信号而且屏幕上出现了奇怪的花纹")
    assert part["a"].legs["lexical_question"] < 0.5


def test_a_negative_question_speaks_against_its_entry_and_never_for_it(
    make_entry: Callable[..., Entry], make_index: MakeIndex
) -> None:
    entries = [make_entry("a", "甲"), make_entry("b", "乙")]
    index = make_index(
        entries,
        {
            "dense_question": [
                ("a", "negative", "像乙", 0.95),
                ("b", "standard", "乙", 0.9),
                ("a", "standard", "甲", 0.6),
            ]
        },
    )
    found = ask(index, "像乙")
    assert found["a"].legs["dense_question"] == 0.6
    assert found["a"].negative == pytest.approx(0.35)
    assert found["b"].negative == 0.0


def test_a_stored_phrasing_is_recognised_whatever_its_punctuation(
    make_entry: Callable[..., Entry], make_index: MakeIndex
) -> None:
    entries = [make_entry("a", "怎么查话费？"), make_entry("b", "怎么查流量？")]
    legs = {"dense_question": [("a", "standard", "x", 0.9), ("b", "standard", "y", 0.8)]}
    found = ask(make_index(entries, legs), "怎麼查 話費")
    assert (found["a"].exact, found["b"].exact) == (1.0, 0.0)


def test_coverage_counts_terms_anywhere_in_the_entry_but_not_inside_latin_words() -> None:
    words = searchable(["5G 畅享129套餐", "contain"])
    assert covered(sought(analyse("畅享129")), words) == 1.0
    assert covered(sought(("in",)), words) == 0.0
    assert covered((), words) == 0.0


def test_a_dense_leg_is_weighed_without_reading_what_it_found(
    make_entry: Callable[..., Entry], make_index: MakeIndex
) -> None:
    index = make_index([make_entry("a", "甲")], {"dense_question": [("a", "standard", "甲", 0.9)]})
    found = ask(Closed(index), "问")["a"].found["dense_question"]
    assert found.score == 0.9
    with pytest.raises(AssertionError, match="nobody asked"):
        assert found.passage


def test_nothing_found_is_no_evidence(make_index: MakeIndex) -> None:
    assert ask(make_index([], {}), "问") == {}
