"""Generate, check, and again, at most twice: from sources to sentences that may be shown.

Checks are work for the processor, and some embed, so they run in threads."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import anyio
from anyio import to_thread

from assist.errors import ProviderError, ProviderReplyBad
from assist.generate.compose import compose
from assist.generate.extractive import extract
from assist.generate.mask import mask_question
from assist.generate.model import ChatModel
from assist.generate.scripts import clarifying, handover, holding
from assist.generate.write import degraded_by, write
from assist.pipeline.judge import Task, judge, spans_of, touching
from assist.prompt import render
from assist.records import Clarify, Decision, Degraded, Finding, Sentence, Token

MOST_ATTEMPTS = 3
EXTRACTIVE = "extractive"

Offer = Callable[[int, Sentence], Awaitable[None]]
"""Shows a sentence, numbered from 1, that passed the checks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    decision: Decision
    sentences: tuple[Sentence, ...]
    findings: tuple[Finding, ...]
    llm: str
    prompt: str
    """Fingerprint of the prompt; empty when no model was asked."""
    attempts: int
    degraded: Degraded | None = None
    tokens: tuple[Token, ...] = ()
    """What the model wrote, with its probabilities where it tells them."""


def unwritten(decision: Decision, model: ChatModel | None) -> Written:
    """Return a draft's place before its first sentence."""
    return Written(
        decision=decision,
        sentences=(),
        findings=(),
        llm=model.name if model else EXTRACTIVE,
        prompt="",
        attempts=0,
    )


def scripted(task: Task, decision: Decision, clarify: Clarify | None = None) -> Written:
    """Return the fixed wording for a question that is not answered from the knowledge base."""
    scripts, seen, language = task.rules.scripts, task.seen, task.language
    offered: tuple[str, ...] = ()
    if decision == "clarify" and clarify is not None:
        sentences = clarifying(scripts, seen, language, question=clarify.question)
        offered = clarify.options
    elif decision == "escalate":
        sentences = handover(scripts, seen, language)
    else:
        sentences = holding(scripts, seen, language)
    return _judged(task, sentences, decision=decision, offered=offered)


async def answer(
    task: Task, model: ChatModel | None, *, deadline_s: float, offer: Offer | None
) -> Written:
    """Return the answer: the model's where there is one and it delivers, else the extracted one."""
    degraded: Degraded | None = None
    if model is not None:
        try:
            return await _by_model(task, model, anyio.current_time() + deadline_s, offer)
        except ProviderError as error:
            degraded = degraded_by(error)
    written = replace(await to_thread.run_sync(extracted, task), degraded=degraded)
    await Showing(task, offer).all_of(written)
    return written


def extracted(task: Task) -> Written:
    """Return the best source's own words, without what the checks would not let through."""
    sentences = extract(
        task.question,
        task.sources,
        task.rules.scripts,
        task.seen,
        task.language,
        search_query=task.search_query,
        max_chars=task.max_chars,
    )
    return _mended(task, _judged(task, sentences))


async def _by_model(task: Task, model: ChatModel, deadline: float, offer: Offer | None) -> Written:
    """Return the best of at most three replies. Raises ProviderError when there is none."""
    best: Written | None = None
    showing = Showing(task, offer)
    feedback: tuple[str, ...] = (task.instruction,) if task.instruction else ()
    for attempt in range(1, MOST_ATTEMPTS + 1):
        try:
            written = await _reply(task, model, deadline, attempt, feedback, showing)
        except ProviderError as error:
            # A reply in hand is better than none; only a garbled one is asked for once more.
            if best is not None:
                break
            if not isinstance(error, ProviderReplyBad) or attempt == 2:
                raise
            continue
        if best is None or _faults(written) < _faults(best):
            best = written
        if written.decision == "abstain" or _faults(best) == (0, 0):
            break
        feedback = tuple(f.message for f in best.findings if f.severity != "info")
    assert best is not None
    best = await to_thread.run_sync(_mended, task, replace(best, attempts=attempt))
    await showing.all_of(best)
    return best


async def _reply(
    task: Task,
    model: ChatModel,
    deadline: float,
    attempt: int,
    feedback: tuple[str, ...],
    showing: "Showing",
) -> Written:
    hidden, query, masked = mask_question(task.question, task.search_query)
    prompt = render(
        task.rules.prompts,
        scenario=task.seen.scenario,
        sources=task.sources,
        question=hidden,
        search_query=query,
        understanding=task.seen,
        language=task.language,
        feedback=feedback,
        max_chars=task.max_chars,
    )
    sentences: list[Sentence] = []
    tokens: tuple[Token, ...] = ()
    async for spoken in write(model, prompt, masked, sources=len(task.sources), deadline=deadline):
        sentences.append(spoken.sentence)
        tokens = spoken.tokens
        if attempt == 1:
            await showing.next(sentences, tokens)
    judged = partial(_judged, task, sentences, tokens=tokens)
    made = await to_thread.run_sync(judged if sentences else partial(scripted, task, "abstain"))
    return replace(made, llm=model.name, prompt=prompt.fingerprint, attempts=attempt)


class Showing:
    """Shows the sentences of a draft one by one, up to the first that the checks stop."""

    def __init__(self, task: Task, offer: Offer | None) -> None:
        self._task = task
        self._offer = offer
        self._shown: list[Sentence] = []
        self._open = offer is not None

    async def next(self, sentences: Sequence[Sentence], tokens: tuple[Token, ...]) -> None:
        """Show the last of the sentences if it, and all before it, passed."""
        if self._open:
            findings = await to_thread.run_sync(judge, self._task, sentences, "answer", tokens)
            self._open = _passes(sentences, findings, -1)
        if self._open:
            await self._show(sentences[-1])

    async def all_of(self, written: Written) -> None:
        """Show what is left of a draft whose beginning has been shown; of another one, nothing."""
        shown = len(self._shown)
        if self._offer is None or list(written.sentences[:shown]) != self._shown:
            return
        for at in range(shown, len(written.sentences)):
            if not _passes(written.sentences, written.findings, at):
                return
            await self._show(written.sentences[at])

    async def _show(self, sentence: Sentence) -> None:
        if self._offer is not None:
            self._shown.append(sentence)
            await self._offer(len(self._shown), sentence)


def _passes(sentences: Sequence[Sentence], findings: Sequence[Finding], at: int) -> bool:
    span = spans_of(sentences)[at]
    return not any(f.severity != "info" and touching(f, span) for f in findings)


def _judged(
    task: Task,
    sentences: Sequence[Sentence],
    *,
    decision: Decision = "answer",
    attempts: int = 1,
    tokens: tuple[Token, ...] = (),
    offered: tuple[str, ...] = (),
) -> Written:
    return Written(
        decision=decision,
        sentences=tuple(sentences),
        findings=judge(task, sentences, decision, tokens, offered),
        llm=EXTRACTIVE,
        prompt="",
        attempts=attempts,
        tokens=tokens,
    )


def _mended(task: Task, written: Written) -> Written:
    """Drop or reword what may never be sent; abstain when nothing of the answer is left."""
    attempts = written.attempts
    while written.decision == "answer" and _faults(written)[0] and attempts < MOST_ATTEMPTS:
        attempts += 1
        rest = _without_blocked(written)
        remade = _judged(task, rest, attempts=attempts, tokens=written.tokens)
        written = replace(remade, llm=written.llm, prompt=written.prompt)
    answers = any(sentence.citations for sentence in written.sentences)
    if written.decision != "answer" or (answers and not _faults(written)[0]):
        return written
    holding_reply = scripted(task, "abstain")
    return replace(holding_reply, llm=written.llm, prompt=written.prompt, attempts=attempts)


def _without_blocked(written: Written) -> list[Sentence]:
    text = compose(written.sentences)
    rest: list[Sentence] = []
    for sentence, span in zip(written.sentences, spans_of(written.sentences), strict=True):
        blocks = [f for f in written.findings if f.severity == "block" and touching(f, span)]
        if not blocks:
            rest.append(sentence)
        elif all(f.check == "banned_word" and f.suggestion for f in blocks):
            rest.append(replace(sentence, text=_reworded(text, span, blocks)))
    return rest


def _reworded(text: str, span: tuple[int, int], findings: Sequence[Finding]) -> str:
    start, end = span
    for finding in sorted(findings, key=lambda f: f.start, reverse=True):
        text = text[: finding.start] + (finding.suggestion or "") + text[finding.end :]
        end += len(finding.suggestion or "") - (finding.end - finding.start)
    return text[start:end]


def _faults(written: Written) -> tuple[int, int]:
    severities = [finding.severity for finding in written.findings]
    return severities.count("block"), severities.count("warn")
