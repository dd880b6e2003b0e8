"""A draft for a person at a terminal."""

from collections.abc import Iterator
from datetime import datetime

from assist.records import Citation, Decision, Draft, Finding, Language, Review

_DECISIONS: dict[Decision, dict[Language, str]] = {
    "answer": {"zh": "回答", "en": "answer"},
    "clarify": {"zh": "先问清楚", "en": "clarify"},
    "abstain": {"zh": "知识库里没有，不作答", "en": "abstain: nothing in the knowledge base"},
    "escalate": {"zh": "转交主管", "en": "escalate"},
}
_WORDS: dict[str, dict[Language, str]] = {
    "decision": {"zh": "决定", "en": "Decision"},
    "confidence": {"zh": "置信度", "en": "confidence"},
    "quality": {"zh": "质量", "en": "quality"},
    "searched": {"zh": "检索语句", "en": "Searched as"},
    "options": {"zh": "可选项", "en": "Options"},
    "citations": {"zh": "依据", "en": "Sources"},
    "findings": {"zh": "检查发现", "en": "Findings"},
    "conflicts": {"zh": "知识冲突", "en": "Conflicting sources"},
    "advice": {"zh": "情绪提醒", "en": "Customer"},
    "review": {"zh": "复核", "en": "Review"},
    "none": {"zh": "无需复核", "en": "not required"},
    "agent": {"zh": "客服本人", "en": "agent"},
    "supervisor": {"zh": "客服主管", "en": "supervisor"},
    "due": {"zh": "截止", "en": "due"},
    "made": {"zh": "生成", "en": "Made by"},
    "from": {"zh": "自", "en": "from"},
    "to": {"zh": "至", "en": "to"},
}


def draft_text(draft: Draft, language: Language) -> str:
    """Return the decision, the text, its sources, what was found in it, and who has to look."""
    return "\n".join(_lines(draft, language))


def finding_text(finding: Finding) -> str:
    """Return a finding in one line, its suggestion after it."""
    line = f"  {finding.severity:<5} {finding.check}/{finding.rule}"
    line += f" “{finding.text}” {finding.message}" if finding.text else f" {finding.message}"
    return f"{line} → {finding.suggestion}" if finding.suggestion else line


def _lines(draft: Draft, language: Language) -> Iterator[str]:
    def word(key: str) -> str:
        return _WORDS[key][language]

    confidence = f"{word('confidence')} {draft.confidence.score:.2f} ({draft.confidence.level})"
    yield f"{word('decision')}: {_DECISIONS[draft.decision][language]}"
    yield f"  {confidence}, {word('quality')} {draft.quality.score}"
    yield from (f"  {reason}" for reason in draft.confidence.reasons)
    if draft.search_query != draft.question:
        yield f"{word('searched')}: {draft.search_query}"
    yield f"\n{draft.text}\n"
    if draft.clarify is not None:
        yield f"{word('options')}: {' / '.join(draft.clarify.options)}"
    if draft.citations:
        yield f"{word('citations')}:"
        yield from (_citation(citation, language) for citation in draft.citations)
    if draft.findings:
        yield f"{word('findings')}:"
        yield from map(finding_text, draft.findings)
    for conflict in draft.conflicts:
        titles = " ≠ ".join(f"{side.title} ({side.entry_id})" for side in conflict.sides)
        yield f"{word('conflicts')}: {conflict.fact}: {titles}"
    if draft.customer.alert is not None:
        yield f"{word('advice')}: {draft.customer.alert.advice}"
    yield from _review(draft.review, language)
    made = draft.provenance
    degraded = f" ({made.degraded})" if made.degraded else ""
    yield f"{word('made')}: {made.llm}{degraded}, {made.prompt}, {made.release}, {made.rules}"


def _citation(citation: Citation, language: Language) -> str:
    line = f"  [{citation.n}] {citation.title} ({citation.entry_id}, {citation.score:.2f})"
    for key, at in (("from", citation.effective_from), ("to", citation.effective_to)):
        if at is not None:
            line += f", {_WORDS[key][language]} {_day(at)}"
    return " ".join((line, *citation.links))


def _review(review: Review, language: Language) -> Iterator[str]:
    if not review.required:
        yield f"{_WORDS['review'][language]}: {_WORDS['none'][language]}"
        return
    who = _WORDS[review.level][language]
    yield (
        f"{_WORDS['review'][language]}: {who}, "
        f"{_WORDS['due'][language]} {review.due_at:%Y-%m-%d %H:%M:%SZ}"
    )
    yield from (f"  {reason}" for reason in review.reasons)


def _day(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%MZ}"
