"""What was understood, found and written, put together as a draft."""

from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import combinations

from assist.check.conflict import conflict_findings
from assist.check.quality import score_quality
from assist.generate.compose import compose
from assist.generate.sources import citations_of
from assist.ids import new_id
from assist.knowledge.conflicts import find_conflicts
from assist.pipeline.answer import Written
from assist.pipeline.judge import Task, marked
from assist.records import Conflict, CustomerState, Draft, Provenance, Question, Retrieval
from assist.review.confidence import confidence_of
from assist.review.routing import route


def assembled(
    task: Task,
    found: Retrieval,
    written: Written,
    *,
    embedder: str,
    timings_ms: Mapping[str, float],
    actor: str,
) -> Draft:
    """Return the draft that all this makes, not yet stored."""
    rules, seen, question = task.rules, task.seen, task.question
    sentences = marked(written.sentences, written.findings)
    supported = [sentence.supported for sentence in sentences if sentence.citations]
    share = sum(supported) / len(supported) if supported else 1.0
    confidence = confidence_of(
        found.hits[0].score if found.hits else 0.0,
        decision=written.decision,
        supported=share,
        language=task.agent_language,
    )
    created_at = datetime.now(UTC)
    conflicts = _conflicts(question, found, written)
    text = compose(sentences)
    findings = written.findings + conflict_findings(conflicts, text, language=task.agent_language)
    return Draft(
        id=new_id("drf"),
        version=1,
        status="pending",
        decision=written.decision,
        question=question.text,
        search_query=found.search_query,
        text=text,
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
            language=task.agent_language,
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
            embedder=embedder,
            attempts=written.attempts,
            degraded=written.degraded,
            reranker=found.reranker,
        ),
        timings_ms=timings_ms,
        created_at=created_at,
        created_by=actor,
    )


def _conflicts(question: Question, found: Retrieval, written: Written) -> tuple[Conflict, ...]:
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
