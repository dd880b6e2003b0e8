from collections.abc import Callable
from typing import Any

import pytest

from assist.errors import ProviderDown
from assist.evaluation.cases import Case
from assist.evaluation.run import METRICS, Answering, run_cases

Make = Callable[..., Any]


async def test_a_case_is_scored_on_ranks_decision_citations_and_wording(
    pipeline: Make, reply: Make, case: Make
) -> None:
    asked = case(
        "1", "退货", entries=["a"], must_say=["7 天"], must_not_say=["15 天"], tags=["paraphrase"]
    )
    fake = pipeline({"退货": reply(text="您好，7天内可退。", found=("x", "a"), cited=("a", "x"))})
    (result,) = await run_cases(fake, [asked])
    assert result.scores == {
        "recall@1": 0.0,
        "recall@3": 1.0,
        "recall@5": 1.0,
        "mrr@10": 0.5,
        "ndcg@10": pytest.approx(0.63093, abs=1e-5),
        "decision_accuracy": 1.0,
        "citation_precision": 0.5,
        "must_say": 1.0,
        "must_not_say": 1.0,
        "ungrounded_number": 0.0,
    }
    assert tuple(result.scores) == METRICS


async def test_citations_are_scored_only_where_the_draft_answers(
    pipeline: Make, reply: Make, case: Make
) -> None:
    fake = pipeline({"q": reply(decision="clarify", cited=("x",))})
    (result,) = await run_cases(fake, [case("1", "q", entries=["a"])])
    assert result.scores["citation_precision"] is None
    assert result.scores["decision_accuracy"] == 0.0


async def test_a_case_that_raises_is_kept_with_its_reason_and_stops_no_other(
    pipeline: Make, reply: Make, case: Make
) -> None:
    fake = pipeline({"好": reply()})
    failed, done = await run_cases(fake, [case("1", "坏"), case("2", "好")])
    assert failed.error == "ProviderDown: the endpoint is away"
    assert failed.scores == {}
    assert done.error is None


async def test_when_every_case_raises_so_does_the_run(pipeline: Make, case: Make) -> None:
    with pytest.raises(ProviderDown):
        await run_cases(pipeline({}), [case("1", "坏"), case("2", "坏")])


async def test_results_stand_in_the_order_of_the_cases_with_many_at_once(
    pipeline: Make, reply: Make, case: Make
) -> None:
    cases = [case(str(n), f"q{n}") for n in range(20)]
    fake = pipeline({f"q{n}": reply() for n in range(20)})
    results = await run_cases(fake, cases, at_once=8)
    assert [result.case.id for result in results] == [str(n) for n in range(20)]


async def test_the_draft_comes_before_the_search_so_that_nothing_is_warm_for_it(
    pipeline: Make, reply: Make, case: Make
) -> None:
    fake = pipeline({"q": reply()})
    await run_cases(fake, [case("1", "q")])
    assert [question.top_k for question in fake.asked] == [5, 10]


@pytest.mark.parametrize(("at_once", "most"), [(1, 1), (3, 3)])
async def test_no_more_cases_run_at_a_time_than_allowed(
    pipeline: Make, reply: Make, case: Make, at_once: int, most: int
) -> None:
    fake = pipeline({"q": reply()})
    await run_cases(fake, [case(str(n), "q") for n in range(9)], at_once=at_once)
    assert fake.most == most


async def test_progress_counts_up_to_all_cases(pipeline: Make, reply: Make, case: Make) -> None:
    seen: list[tuple[int, int]] = []
    fake: Answering = pipeline({"q": reply()})
    cases: list[Case] = [case("1", "q"), case("2", "q")]
    await run_cases(fake, cases, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 2), (2, 2)]
