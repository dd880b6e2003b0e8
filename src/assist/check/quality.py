"""One number for how good a draft is, with its parts."""

from collections.abc import Mapping, Sequence

from assist.records import CheckName, Finding, Quality, Severity

_WEIGHTS: Mapping[str, float] = {
    "relevance": 0.20,
    "grounding": 0.30,
    "certainty": 0.15,
    "politeness": 0.10,
    "form": 0.10,
    "safety": 0.15,
}
_PART: Mapping[CheckName, str] = {
    "grounding": "grounding",
    "citation": "grounding",
    "conflict": "grounding",
    "uncertainty": "certainty",
    "promise": "certainty",
    "politeness": "politeness",
    "form": "form",
    "length": "form",
    "language": "form",
    "empty": "form",
    "banned_word": "safety",
    "pii": "safety",
    "injection": "safety",
    "link": "safety",
}
_COST: Mapping[Severity, int] = {"block": 60, "warn": 25, "info": 5}
_CAP: Mapping[Severity, int] = {"block": 40, "warn": 80, "info": 100}


def score_quality(findings: Sequence[Finding], *, relevance: float, supported: float) -> Quality:
    """Return the score, 0–100, of a draft.

    ``relevance`` is the probability that the best source answers the question, ``supported`` the
    share of sentences that their sources bear out; both 0–1.

    Each part starts full and loses what the findings of its checks cost::

        relevance  = 100 · relevance
        grounding  = 100 · supported − cost(grounding, citation, conflict)
        certainty  = 100 − cost(uncertainty, promise)
        politeness = 100 − cost(politeness)
        form       = 100 − cost(form, length, language, empty)
        safety     = 100 − cost(banned_word, pii, injection, link)
        cost       = 60 a block, 25 a warning, 5 an advice; no part falls below 0

        score = 0.20 relevance + 0.30 grounding + 0.15 certainty + 0.10 politeness + 0.10 form
                + 0.15 safety, at most 40 with a block and 80 with a warning

    A further or a worse finding lowers a part or leaves it, and never raises the score.
    Example: relevance 0.95, all supported, one warning for a hedge: parts 95, 100, 75, 100, 100,
    100; 19 + 30 + 11.25 + 10 + 10 + 15 = 95.25, capped to 80.
    """
    parts = dict.fromkeys(_WEIGHTS, 100.0)
    parts["relevance"] = 100 * _share(relevance)
    parts["grounding"] = 100 * _share(supported)
    for finding in findings:
        part = _PART[finding.check]
        parts[part] = max(0.0, parts[part] - _COST[finding.severity])
    score = sum(weight * parts[name] for name, weight in _WEIGHTS.items())
    cap = min((_CAP[finding.severity] for finding in findings), default=100)
    return Quality(
        score=min(round(score), cap), parts={name: round(value) for name, value in parts.items()}
    )


def _share(value: float) -> float:
    return min(1.0, max(0.0, value))
