"""Question in, draft out: the order of the stages, and nothing else."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from itertools import combinations
from time import perf_counter
from typing import Protocol

from anyio import to_thread

from assist.check.conflict import conflict_findings
from assist.check.context import CheckContext
from assist.check.quality import score_quality
from assist.check.runner import run_checks, verdict
from assist.errors import ModelUnknown
from assist.generate.compose import compose
from assist.generate.model import ChatModel
from assist.generate.sources import citations_of, sources_of
from assist.ids import new_id
from assist.index.embed import Embedder
from assist.index.live import LiveIndex
from assist.knowledge.conflicts import find_conflicts
from assist.pipeline.answer import EXTRACTIVE, Written, answer, scripted, unwritten
from assist.pipeline.judge import Task, marked, quoted
from assist.pipeline.rerank import rerank
from assist.pipeline.rewriting import leans, rewritten
from assist.pipeline.vectors import SentenceVectors
from assist.records import (
    CheckName,
    Conflict,
    CustomerState,
    Decision,
    Draft,
    Finding,
    Floats,
    Language,
    Provenance,
    Question,
    Retrieval,
    SearchQuery,
    Sentence,
    Turn,
    Understanding,
    Verdict,
)
from assist.retrieve.focus import titles_of
from assist.retrieve.query import complete
from assist.retrieve.rerank import Reranker
from assist.retrieve.search import filter_of, retrieve
from assist.review.confidence import confidence_of
from assist.review.routing import route
from assist.rulebook import Rulebook
from assist.text.language import language_of
from assist.text.likeness import Place, pieces_of
from assist.text.normalise import fold
from assist.text.tokenise import analyse
from assist.understand.understanding import understand

REWRITING = ("rewrite", "rewrite_failed")
"""The stage in which a model rewrites the question, by how it ended; not part of every draft."""


class Listener(Protocol):
    """Hears how a draft comes about."""

    async def started(self, draft: Draft) -> None:
        """Hear what is known before the first sentence."""
        ...

    async def sentence(self, n: int, sentence: Sentence) -> None:
        """Hear a sentence, numbered from 1, that passed the checks."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    findings: tuple[Finding, ...]
    verdict: Verdict
    rules: str
    """Version of the rules that judged."""


@dataclass(frozen=True, slots=True)
class _Stopwatch:
    began: float = field(default_factory=perf_counter)
    stages: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        start = perf_counter()
        yield
        self.stages[name] = round((perf_counter() - start) * 1000, 2)

    def spent_s(self, *names: str) -> float:
        return sum(self.stages.get(name, 0.0) for name in names) / 1000

    def read(self) -> dict[str, float]:
        return self.stages | {"total": round((perf_counter() - self.began) * 1000, 2)}


class Pipeline:
    """Runs the stages; each draft is made with one rulebook and one snapshot of the index."""

    def __init__(
        self,
        *,
        index: LiveIndex,
        embedder: Embedder,
        rules: Callable[[], Rulebook],
        model: ChatModel | None,
        language: Language,
        llm_deadline_s: float,
        vectors: SentenceVectors,
        reranker: Reranker | None = None,
        rewriting: bool = False,
    ) -> None:
        self._index = index
        self._embedder = embedder
        self._rules = rules
        self._model = model
        self._language = language
        self._llm_deadline_s = llm_deadline_s
        self._reranker = reranker
        self._rewriting = rewriting
        self._vectors = vectors

    async def draft(
        self,
        question: Question,
        *,
        actor: str,
        instruction: str | None = None,
        listener: Listener | None = None,
    ) -> Draft:
        """Return a new draft, not yet stored.

        Raises ModelUnknown, ReleaseMissing, ProviderError (the embedder's; a language model that
        fails only degrades the draft).
        """
        model = self._model_named(question.llm)
        rules, watch = self._rules(), _Stopwatch()
        with watch.stage("understand"):
            seen = await to_thread.run_sync(self._understood, question, rules)
        with watch.stage("retrieve"):
            found = await self._found(question, rules, model, watch)
            task = await to_thread.run_sync(self._task, question, seen, found, rules, instruction)
        decision = decide(seen, found)
        first = self._assembled(task, found, unwritten(decision, model), watch, actor=actor)
        if listener is not None:
            await listener.started(first)
        with watch.stage("generate"):
            if decision == "answer":
                offer = listener.sentence if listener is not None else None
                left_s = self._llm_deadline_s - watch.spent_s(*REWRITING)
                written = await answer(task, model, deadline_s=left_s, offer=offer)
            else:
                written = scripted(task, decision, found.clarify)
        return replace(
            self._assembled(task, found, written, watch, actor=actor),
            id=first.id,
            created_at=first.created_at,
        )

    async def search(self, question: Question) -> Retrieval:
        """Find what may answer. Raises ReleaseMissing, ProviderError."""
        return await self._found(question, self._rules(), self._model, _Stopwatch())

    def understand(self, text: str, conversation: tuple[Turn, ...]) -> Understanding:
        """Read the customer's mood, risk and kind of question."""
        rules = self._rules()
        return understand(
            text,
            conversation,
            rules.understanding,
            self._language,
            vectors=self._vectors_of([text], "question", rules),
        )

    def check(
        self,
        text: str,
        *,
        question: str | None = None,
        passages: tuple[str, ...] = (),
        banned_words: tuple[str, ...] | None = None,
        checks: tuple[CheckName, ...] | None = None,
    ) -> Judged:
        """Judge any text; ``banned_words`` stands for the configured list in this call."""
        rules = self._rules()
        context = CheckContext(
            text=text,
            passages=dict(enumerate(passages, 1)),
            question=question,
            language=language_of(text),
            agent_language=self._language,
            set_phrases=rules.set_phrases,
            vectors=self._vectors_of(passages, "passage", rules),
            rules=rules.checks
            if banned_words is None
            else rules.checks.with_banned_words(banned_words),
        )
        findings = run_checks(context, checks)
        return Judged(findings=findings, verdict=verdict(findings), rules=rules.version)

    def judge(self, draft: Draft, asked: Question | None, text: str) -> tuple[Finding, ...]:
        """Return what the checks find in the text that a person wants to send for a draft."""
        asked, rules = asked or Question(text=draft.question), self._rules()
        passages = quoted(draft.citations)
        return run_checks(
            CheckContext(
                text=text,
                passages=passages,
                question=asked.text,
                conversation=asked.conversation,
                customer=asked.customer,
                channel=asked.channel,
                scenario=draft.scenario,
                decision=draft.decision,
                language=language_of(text),
                agent_language=self._language,
                set_phrases=rules.set_phrases,
                vectors=self._vectors_of(passages.values(), "passage", rules),
                rules=rules.checks,
            )
        )

    def _model_named(self, name: str | None) -> ChatModel | None:
        if name is None or (self._model is not None and name == self._model.name):
            return self._model
        if name == EXTRACTIVE:
            return None
        known = [EXTRACTIVE, *([self._model.name] if self._model else [])]
        raise ModelUnknown(f"llm must be null or one of: {', '.join(known)}.")

    def _understood(self, question: Question, rules: Rulebook) -> Understanding:
        seen = understand(
            question.text,
            question.conversation,
            rules.understanding,
            self._language,
            vectors=self._vectors_of([question.text], "question", rules),
            customer=question.customer,
        )
        if question.scenario != "auto":
            seen = replace(seen, scenario=question.scenario)
        if question.language != "auto":
            seen = replace(seen, language=question.language)
        return seen

    def _vectors_of(
        self, texts: Iterable[str], place: Place, rules: Rulebook
    ) -> Mapping[str, Floats]:
        """Return what tells how much the texts resemble injections, where the rules can use it."""
        if rules.checks.likeness.fitted_with != self._vectors.id:
            return {}
        return self._vectors.of(piece.text for text in texts for piece in pieces_of(text, place))

    async def _found(
        self, question: Question, rules: Rulebook, model: ChatModel | None, watch: _Stopwatch
    ) -> Retrieval:
        index, at = self._index.snapshot, question.as_of or datetime.now(UTC)
        titles = titles_of(index, filter_of(question, at))
        text = await to_thread.run_sync(complete, question.text, question.conversation, titles)
        if self._rewriting and model is not None and leans(question, text):
            text = await self._rewritten(question, text, model, rules, watch)
        query = SearchQuery(text=text, terms=analyse(text), vector=await self._embedded(fold(text)))
        keep = rules.retrieval.reranker.candidates if self._reranker is not None else 0
        search = partial(retrieve, index, query, question, rules.retrieval, at, keep=keep)
        found = await to_thread.run_sync(search)
        return await rerank(found, question, self._reranker, rules.retrieval)

    async def _embedded(self, text: str) -> Floats:
        # A question of one sentence was embedded when it was held against known injections.
        known = self._vectors.known(text) if self._vectors.id == self._embedder.id else None
        if known is not None:
            return known
        row: Floats = (await self._embedder.embed([text], kind="query"))[0]
        return row

    async def _rewritten(
        self,
        question: Question,
        completed: str,
        model: ChatModel,
        rules: Rulebook,
        watch: _Stopwatch,
    ) -> str:
        began = perf_counter()
        budget_s = self._llm_deadline_s
        text = await rewritten(question, model, rules.prompts, budget_s=budget_s)
        watch.stages[REWRITING[text is None]] = round((perf_counter() - began) * 1000, 2)
        return completed if text is None else text

    def _task(
        self,
        question: Question,
        seen: Understanding,
        found: Retrieval,
        rules: Rulebook,
        instruction: str | None,
    ) -> Task:
        sources = sources_of(found.hits, channel=question.channel, language=seen.language)
        return Task(
            question=question,
            search_query=found.search_query,
            seen=seen,
            language=seen.language,
            agent_language=self._language,
            sources=sources,
            rules=rules,
            vectors=self._vectors_of((source.text for source in sources), "passage", rules),
            instruction=instruction,
        )

    def _conflicts(
        self, question: Question, found: Retrieval, written: Written
    ) -> tuple[Conflict, ...]:
        """Return where an entry that the draft cites disagrees with another one that was found.

        Documents are left out: they say too many things to be held against one answer.
        """
        used = {n for sentence in written.sentences for n in sentence.citations}
        found_entries = [hit.entry for hit in found.hits if hit.entry.kind == "faq"]
        cited = {hit.entry.id for n, hit in enumerate(found.hits, 1) if n in used}
        pairs = [
            (one.id, other.id)
            for one, other in combinations(found_entries, 2)
            if {one.id, other.id} & cited
        ]
        return find_conflicts(found_entries, lambda: pairs, at=question.as_of or datetime.now(UTC))

    def _assembled(
        self, task: Task, found: Retrieval, written: Written, watch: _Stopwatch, *, actor: str
    ) -> Draft:
        rules, seen, question = task.rules, task.seen, task.question
        sentences = marked(written.sentences, written.findings)
        supported = [sentence.supported for sentence in sentences if sentence.citations]
        share = sum(supported) / len(supported) if supported else 1.0
        confidence = confidence_of(
            found.hits[0].score if found.hits else 0.0,
            decision=written.decision,
            supported=share,
            language=self._language,
        )
        created_at = datetime.now(UTC)
        conflicts = self._conflicts(question, found, written)
        findings = written.findings + conflict_findings(
            conflicts, compose(sentences), language=self._language
        )
        return Draft(
            id=new_id("drf"),
            version=1,
            status="pending",
            decision=written.decision,
            question=question.text,
            search_query=found.search_query,
            text=compose(sentences),
            sentences=sentences,
            citations=citations_of(sentences, task.sources),
            confidence=confidence,
            quality=score_quality(findings, relevance=confidence.score, supported=share),
            findings=findings,
            review=route(
                decision=written.decision,
                findings=findings,
                confidence=confidence,
                understanding=seen,
                customer=question.customer,
                degraded=written.degraded,
                conflicts=conflicts,
                rules=rules.routing,
                now=created_at,
                language=self._language,
            ),
            customer=CustomerState(
                emotion=seen.emotion,
                alert=seen.alert,
                escalate=seen.escalate,
                question_class=seen.question_class,
            ),
            scenario=seen.scenario,
            clarify=found.clarify if written.decision == "clarify" else None,
            conflicts=conflicts,
            provenance=Provenance(
                llm=written.llm,
                prompt=written.prompt,
                release=found.release,
                rules=rules.version,
                embedder=self._embedder.id,
                attempts=written.attempts,
                degraded=written.degraded,
                reranker=found.reranker,
            ),
            timings_ms=watch.read(),
            created_at=created_at,
            created_by=actor,
        )


def decide(seen: Understanding, found: Retrieval) -> Decision:
    """Return what kind of draft this becomes: a person's safety first, then what is known."""
    if seen.escalate.required:
        return "escalate"
    if found.clarify is not None:
        return "clarify"
    return "answer" if found.sufficient else "abstain"
