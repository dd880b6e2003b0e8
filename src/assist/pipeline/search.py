"""From a question in its conversation to ranked hits: worded, embedded, searched, reranked."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from time import perf_counter

from anyio import to_thread

from assist.generate.model import ChatModel
from assist.index.embed import Embedder
from assist.index.live import LiveIndex
from assist.pipeline.rerank import rerank
from assist.pipeline.rewriting import leans, rewritten
from assist.pipeline.stopwatch import Stopwatch
from assist.records import Floats, Question, Retrieval, SearchQuery
from assist.retrieve.focus import titles_of
from assist.retrieve.query import complete
from assist.retrieve.rerank import Reranker
from assist.retrieve.search import filter_of, retrieve
from assist.rulebook import Rulebook
from assist.text.normalise import fold
from assist.text.tokenise import analyse
from assist.text.vectors import SentenceVectors

REWRITING = ("rewrite", "rewrite_failed")
"""The stage in which a model rewrites the question, by how it ended; not part of every draft."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """Finds what may answer, with all that may help it to."""

    index: LiveIndex
    embedder: Embedder
    vectors: SentenceVectors
    reranker: Reranker | None
    rewriting: bool
    """Whether a language model words a question that leans on its conversation."""
    llm_deadline_s: float

    async def found(
        self, question: Question, rules: Rulebook, model: ChatModel | None, watch: Stopwatch
    ) -> Retrieval:
        """Return what may answer. Raises ReleaseMissing, ProviderError."""
        index, at = self.index.snapshot, question.as_of or datetime.now(UTC)
        titles = titles_of(index, filter_of(question, at))
        text = await to_thread.run_sync(complete, question.text, question.conversation, titles)
        if self.rewriting and model is not None and leans(question, text):
            text = await self._rewritten(question, text, model, rules, watch)
        query = SearchQuery(text=text, terms=analyse(text), vector=await self._embedded(fold(text)))
        keep = rules.retrieval.reranker.candidates if self.reranker is not None else 0
        search = partial(retrieve, index, query, question, rules.retrieval, at, keep=keep)
        found = await to_thread.run_sync(search)
        return await rerank(found, question, self.reranker, rules.retrieval)

    async def _embedded(self, text: str) -> Floats:
        # A question of one sentence was embedded when it was held against known injections.
        known = self.vectors.known(text) if self.vectors.id == self.embedder.id else None
        if known is not None:
            return known
        row: Floats = (await self.embedder.embed([text], kind="query"))[0]
        return row

    async def _rewritten(
        self,
        question: Question,
        completed: str,
        model: ChatModel,
        rules: Rulebook,
        watch: Stopwatch,
    ) -> str:
        began = perf_counter()
        text = await rewritten(question, model, rules.prompts, budget_s=self.llm_deadline_s)
        watch.stages[REWRITING[text is None]] = round((perf_counter() - began) * 1000, 2)
        return completed if text is None else text
