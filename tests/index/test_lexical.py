import math

import numpy as np
import pytest

from assist.index.lexical import Lexical, build_lexical, lexical_from

DOCUMENTS = [
    ("退货", "七天", "七天"),
    ("换货", "十五天"),
    (),
    ("退货", "运费", "退货", "上门", "取件"),
]
ALL = np.ones(len(DOCUMENTS), dtype=bool)


def bm25(query: list[str], document: tuple[str, ...]) -> float:
    """Return the textbook score, with Robertson's idf, k1 = 1.2 and b = 0.75."""
    average = sum(map(len, DOCUMENTS)) / len(DOCUMENTS)
    score = 0.0
    for term in query:
        frequency = sum(term in other for other in DOCUMENTS)
        idf = math.log(1 + (len(DOCUMENTS) - frequency + 0.5) / (frequency + 0.5))
        count = document.count(term)
        score += idf * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * len(document) / average))
    return score


def found(index: Lexical, *terms: str, k: int = 10) -> dict[int, float]:
    rows, scores = index.search(terms, np.ones(index.size, dtype=bool), k)
    return dict(zip(rows.tolist(), scores.tolist(), strict=True))


@pytest.mark.parametrize("query", [["退货"], ["七天", "退货"], ["运费", "十五天", "没有"]])
def test_scores_are_those_of_the_textbook(query: list[str]) -> None:
    expected = {row: bm25(query, document) for row, document in enumerate(DOCUMENTS)}
    matches = {row: score for row, score in expected.items() if score}
    scores = found(build_lexical(DOCUMENTS), *query)
    assert scores == pytest.approx(matches, rel=1e-5)
    assert list(scores) == sorted(matches, key=lambda row: -matches[row])


def test_a_document_without_any_term_is_not_found() -> None:
    index = build_lexical(DOCUMENTS)
    assert found(index, "没有") == {}
    assert found(index) == {}
    assert found(build_lexical([]), "退货") == {}


def test_only_the_best_k_of_the_allowed_are_returned() -> None:
    index = build_lexical(DOCUMENTS)
    best = next(iter(found(index, "退货")))
    assert list(found(index, "退货", k=1)) == [best]
    allowed = ALL.copy()
    allowed[best] = False
    assert index.search(["退货"], allowed, 1)[0].tolist() == [({0, 3} - {best}).pop()]


def test_among_many_documents_the_best_k_are_the_same_and_equals_stand_by_row() -> None:
    draw = np.random.default_rng(5)
    words = [f"w{number}" for number in range(60)]
    documents = [draw.choice(words, draw.integers(1, 9)).tolist() for _ in range(3000)]
    index = build_lexical(documents)
    every, all_scores = index.search(words[:6], None, len(documents))
    rows, scores = index.search(words[:6], None, 25)
    assert rows.tolist() == every[:25].tolist()
    assert scores.tolist() == all_scores[:25].tolist()
    ordered = sorted(zip((-all_scores).tolist(), every.tolist(), strict=True))
    assert every.tolist() == [row for _, row in ordered]


def test_documents_of_the_overlay_score_as_if_they_stood_in_the_base() -> None:
    base = build_lexical(DOCUMENTS)
    twin = build_lexical([DOCUMENTS[3]], base.statistics())
    assert found(twin, "退货", "上门")[0] == pytest.approx(found(base, "退货", "上门")[3])


def test_a_term_that_the_base_lacks_weighs_as_one_seen_once() -> None:
    base = build_lexical(DOCUMENTS)
    overlay = build_lexical([("新词",), ("十五天",)], base.statistics())
    assert found(overlay, "新词")[0] == pytest.approx(found(overlay, "十五天")[1])


def test_an_overlay_over_nothing_finds_its_documents() -> None:
    overlay = build_lexical([("退货",)], build_lexical([]).statistics())
    assert found(overlay, "退货")[0] > 0


def test_joined_and_thinned_documents_score_as_if_built_at_once() -> None:
    statistics = build_lexical(DOCUMENTS).statistics()
    parts = [build_lexical(DOCUMENTS[:2], statistics), build_lexical(DOCUMENTS[2:], statistics)]
    joined = parts[0].plus(parts[1])
    for terms in (["退货"], ["七天", "换货"], ["取件"]):
        assert found(joined, *terms) == pytest.approx(found(build_lexical(DOCUMENTS), *terms))
    thinned = joined.kept(np.array([False, True, True, True]))
    assert found(thinned, "退货") == pytest.approx({2: found(joined, "退货")[3]})
    assert found(thinned, "七天") == {}


def test_the_arrays_hold_everything() -> None:
    index = build_lexical(DOCUMENTS)
    copy = lexical_from(index.arrays("x"), "x")
    assert found(copy, "退货", "运费") == found(index, "退货", "运费")
    assert copy.statistics().average_length == index.statistics().average_length
    assert lexical_from(build_lexical([]).arrays("x"), "x").size == 0
