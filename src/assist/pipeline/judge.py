"""One text, judged: the same checks for a draft, a streamed sentence and what an agent wrote."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assist.check.context import CheckContext
from assist.check.runner import run_checks
from assist.generate.compose import compose
from assist.records import (
    Citation,
    Decision,
    Finding,
    Language,
    Question,
    Sentence,
    Source,
    Token,
    Understanding,
)
from assist.rulebook import Rulebook
from assist.text.vectors import SentenceVectors

GROUNDED = frozenset({"grounding", "citation"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """All that writing and judging one draft needs to know; fixed before the first word."""

    question: Question
    search_query: str
    seen: Understanding
    language: Language
    """Of the draft."""
    agent_language: Language
    """Of findings and reasons."""
    sources: tuple[Source, ...]
    rules: Rulebook
    vectors: SentenceVectors
    obeyed: bool
    """Whether a language model reads the sources."""
    instruction: str | None
    """What an agent wants different in a draft that is made again."""

    @property
    def max_chars(self) -> int:
        """How long the draft may be."""
        return self.rules.checks.wording.length.most(self.question.channel, self.language)


_OFFERED = 0
"""The number of what nothing cites: the first source is 1."""


def judge(
    task: Task,
    sentences: Sequence[Sentence],
    decision: Decision,
    tokens: tuple[Token, ...] = (),
    offered: tuple[str, ...] = (),
) -> tuple[Finding, ...]:
    """Return what the checks find in a draft made of these sentences.

    ``offered`` are words of entries, also of some that are no source, between which the customer
    is asked to choose.
    """
    passages = {source.n: source.text for source in task.sources}
    if offered:
        passages[_OFFERED] = "\n".join(offered)
    return run_checks(
        CheckContext(
            text=compose(sentences),
            sentences=tuple(sentences),
            passages=passages,
            question=task.question.text,
            conversation=task.question.conversation,
            customer=task.question.customer,
            channel=task.question.channel,
            scenario=task.seen.scenario,
            decision=decision,
            language=task.language,
            agent_language=task.agent_language,
            set_phrases=task.rules.set_phrases,
            tokens=tokens,
            vectors=task.vectors,
            obeyed=task.obeyed,
            rules=task.rules.checks,
        )
    )


def spans_of(sentences: Sequence[Sentence]) -> tuple[tuple[int, int], ...]:
    """Return where each sentence stands in the composed text."""
    text = compose(sentences)
    spans: list[tuple[int, int]] = []
    end = 0
    for sentence in sentences:
        start = text.index(sentence.text, end)
        end = start + len(sentence.text)
        spans.append((start, end))
    return tuple(spans)


def touching(finding: Finding, span: tuple[int, int]) -> bool:
    """Tell whether a finding lies in a stretch, or is about the whole text."""
    return finding.start < span[1] and span[0] < finding.end


def marked(sentences: Sequence[Sentence], findings: Sequence[Finding]) -> tuple[Sentence, ...]:
    """Return the sentences, those that no source bears out marked as such."""
    doubts = [f for f in findings if f.check in GROUNDED and f.severity != "info"]
    return tuple(
        replace(sentence, supported=not any(touching(doubt, span) for doubt in doubts))
        for sentence, span in zip(sentences, spans_of(sentences), strict=True)
    )


def quoted(citations: Sequence[Citation]) -> Mapping[int, str]:
    """Return the texts that a stored draft rests on, by citation number."""
    return {citation.n: citation.quote for citation in citations}
