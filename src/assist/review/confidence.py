"""How sure a draft may be of itself."""

from assist.records import Confidence, Decision, Language

HIGH = 0.75
MEDIUM = 0.5

_REASONS: dict[str, dict[Language, str]] = {
    "unlikely": {
        "zh": "知识库中最接近的内容与问题的匹配度不高",
        "en": "The nearest knowledge is not a close match for the question",
    },
    "unsupported": {
        "zh": "有内容没有得到所引知识的支持",
        "en": "Part of the text is not borne out by the knowledge it cites",
    },
    "nothing": {
        "zh": "知识库中没有足够的依据回答这个问题",
        "en": "The knowledge base does not support an answer to this question",
    },
    "ambiguous": {
        "zh": "有多条知识都可能适用，需要先向客户确认",
        "en": "Several entries fit; the customer has to say which case it is",
    },
    "handed_over": {
        "zh": "这次咨询需要由主管处理",
        "en": "This case is for a supervisor to handle",
    },
}


def confidence_of(
    likelihood: float, *, decision: Decision, supported: float, language: Language
) -> Confidence:
    """Return the likelihood that the best entry answers, times the share of supported sentences.

    A draft that does not answer is as unsure as the retrieval behind it.
    """
    score = round(likelihood * supported, 4)
    reasons: list[str] = []
    if decision == "abstain":
        reasons.append("nothing")
    elif decision == "clarify":
        reasons.append("ambiguous")
    elif decision == "escalate":
        reasons.append("handed_over")
    elif likelihood < HIGH:
        reasons.append("unlikely")
    if supported < 1:
        reasons.append("unsupported")
    return Confidence(
        score=score,
        level="high" if score >= HIGH else "medium" if score >= MEDIUM else "low",
        reasons=tuple(_REASONS[name][language] for name in reasons),
    )
