"""What a reranker changes in a draft, and what its failures do not."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from assist.errors import ProviderDown, ProviderError, ProviderReplyBad, ProviderTimeout
from assist.pipeline.pipeline import Pipeline
from assist.providers.builtin_embedder import BuiltinEmbedder, encode
from assist.records import Question
from assist.text.vectors import SentenceVectors
from assist.wiring import Assistant

ASKED = Question(text="畅享129套餐里有多少流量")


class Favouring:
    """Finds one entry's text likely and no other; or raises what it was given."""

    id = "favouring"

    def __init__(self, words: str, failure: ProviderError | None = None) -> None:
        self.asked: list[tuple[str, Sequence[str]]] = []
        self._words = words
        self._failure = failure

    async def rerank(self, query: str, texts: Sequence[str]) -> tuple[float, ...]:
        self.asked.append((query, texts))
        if self._failure is not None:
            raise self._failure
        return tuple(float(self._words in text) for text in texts)


def with_reranker(assistant: Assistant, reranker: Favouring) -> Pipeline:
    return Pipeline(
        index=assistant.index,
        embedder=assistant.models.embedder,
        rules=lambda: assistant.rules.current,
        model=None,
        language="zh",
        llm_deadline_s=5,
        vectors=SentenceVectors(BuiltinEmbedder.id, encode, kept=64),
        reranker=reranker,
    )


async def test_the_first_hit_may_change_and_the_draft_names_who_changed_it(
    assistant: Assistant,
) -> None:
    plain = await assistant.pipeline.search(ASKED)
    second = plain.hits[1].entry
    pipeline = with_reranker(assistant, Favouring(second.question))
    found = await pipeline.search(ASKED)
    assert found.hits[0].entry.id == second.id != plain.hits[0].entry.id
    assert (found.sufficient, found.chance) == (plain.sufficient, plain.chance)
    draft = await pipeline.draft(ASKED, actor="amy")
    assert draft.provenance.reranker == "favouring"


async def test_it_sees_more_hits_than_are_asked_for_and_what_each_would_answer(
    assistant: Assistant,
) -> None:
    reranker = Favouring("nothing")
    found = await with_reranker(assistant, reranker).search(replace(ASKED, top_k=2))
    query, texts = reranker.asked[0]
    assert query == ASKED.text
    assert len(texts) == assistant.rules.current.retrieval.reranker.candidates
    assert len(found.hits) == 2
    best = found.hits[0].entry
    assert best.question in texts[0]
    assert best.answers[0].text[:40] in texts[0]


async def test_it_never_sees_personal_data(assistant: Assistant) -> None:
    reranker = Favouring("nothing")
    question = Question(text="我的手机号13812345678欠费停机了怎么恢复")
    await with_reranker(assistant, reranker).search(question)
    assert "13812345678" not in reranker.asked[0][0]
    assert "停机" in reranker.asked[0][0]


@pytest.mark.parametrize(
    "failure", [ProviderTimeout("late"), ProviderDown("down"), ProviderReplyBad("NaN")]
)
async def test_when_it_fails_the_order_without_it_stands_and_it_is_logged_once(
    assistant: Assistant, failure: ProviderError
) -> None:
    plain = await assistant.pipeline.draft(ASKED, actor="amy")
    with capture_logs() as logs:
        draft = await with_reranker(assistant, Favouring("", failure)).draft(ASKED, actor="amy")
    assert draft.citations == plain.citations
    assert draft.provenance.reranker is None
    assert [(log["event"], log["reason"]) for log in logs] == [("reranker_failed", failure.message)]


async def test_one_hit_needs_no_order(assistant: Assistant) -> None:
    reranker = Favouring("nothing")
    nowhere = replace(ASKED, categories=("没有这个分类",))
    assert (await with_reranker(assistant, reranker).search(nowhere)).hits == ()
    assert reranker.asked == []


async def test_without_one_nothing_is_reordered(assistant: Assistant) -> None:
    assert assistant.models.reranker is None
    found = await assistant.pipeline.search(ASKED)
    assert found.reranker is None
    assert not [leg for hit in found.hits for leg in hit.legs if leg.leg == "reranker"]
