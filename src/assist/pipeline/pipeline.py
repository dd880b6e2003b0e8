"""Question in, draft out: the order of the stages, and nothing else."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from anyio import to_thread

from assist.check.context import CheckContext
from assist.check.runner import run_checks, verdict
from assist.errors import ModelUnknown
from assist.generate.model import ChatModel
from assist.generate.sources import sources_of
from assist.index.embed import Embedder
from assist.index.live import LiveIndex
from assist.pipeline.answer import EXTRACTIVE, answer, scripted, unwritten
from assist.pipeline.assemble import assembled
from assist.pipeline.judge import Task, quoted
from assist.pipeline.search import REWRITING, Search
from assist.pipeline.stopwatch import Stopwatch
from assist.records import (
    CheckName,
    Decision,
    Draft,
    Finding,
    Language,
    Question,
    Retrieval,
    Sentence,
    Turn,
    Understanding,
    Verdict,
)
from assist.retrieve.rerank import Reranker
from assist.rulebook import Rulebook
from assist.text.language import language_of
from assist.text.vectors import SentenceVectors
from assist.understand.understanding import understand


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
        self._search = Search(
            index=index,
            embedder=embedder,
            vectors=vectors,
            reranker=reranker,
            rewriting=rewriting,
            llm_deadline_s=llm_deadline_s,
        )
        self._embedder_id = embedder.id
        self._rules = rules
        self._model = model
        self._language = language
        self._llm_deadline_s = llm_deadline_s
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
        rules, watch = self._rules(), Stopwatch()
        with watch.stage("understand"):
            seen = await to_thread.run_sync(self._understood, question, rules)
        with watch.stage("retrieve"):
            found = await self._search.found(question, rules, model, watch)
            task = await to_thread.run_sync(
                self._task, question, seen, found, rules, model, instruction
            )
        decision = decide(seen, found)
        put_together = partial(assembled, task, found, embedder=self._embedder_id, actor=actor)
        started: Draft | None = None
        if listener is not None:
            started = put_together(unwritten(decision, model), timings_ms=watch.read())
            await listener.started(started)
        with watch.stage("generate"):
            if decision == "answer":
                offer = listener.sentence if listener is not None else None
                left_s = self._llm_deadline_s - watch.spent_s(*REWRITING)
                written = await answer(task, model, deadline_s=left_s, offer=offer)
            else:
                written = await to_thread.run_sync(scripted, task, decision, found.clarify)
        draft = put_together(written, timings_ms=watch.read())
        if started is None:
            return draft
        return replace(draft, id=started.id, created_at=started.created_at)

    async def search(self, question: Question) -> Retrieval:
        """Find what may answer. Raises ReleaseMissing, ProviderError."""
        return await self._search.found(question, self._rules(), self._model, Stopwatch())

    def understand(self, text: str, conversation: tuple[Turn, ...]) -> Understanding:
        """Read the customer's mood, risk and kind of question."""
        rules = self._rules()
        return understand(
            text, conversation, rules.understanding, self._language, vectors=self._vectors
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
            vectors=self._vectors,
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
                vectors=self._vectors,
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
            vectors=self._vectors,
            customer=question.customer,
        )
        if question.scenario != "auto":
            seen = replace(seen, scenario=question.scenario)
        if question.language != "auto":
            seen = replace(seen, language=question.language)
        return seen

    def _task(
        self,
        question: Question,
        seen: Understanding,
        found: Retrieval,
        rules: Rulebook,
        model: ChatModel | None,
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
            vectors=self._vectors,
            obeyed=model is not None,
            instruction=instruction,
        )


def decide(seen: Understanding, found: Retrieval) -> Decision:
    """Return what kind of draft this becomes: a person's safety first, then what is known."""
    if seen.escalate.required:
        return "escalate"
    if found.clarify is not None:
        return "clarify"
    return "answer" if found.sufficient else "abstain"
