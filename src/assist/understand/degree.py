"""How words around a cue change what it weighs: degree, negation, question, supposition."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from assist.understand.clauses import Clause
from assist.understand.cues import Match
from assist.understand.rules import CueKind, Degrees, EmotionCue, EmotionRules

_LOOK_BACK = 40
_NEEDS_DEGREE = ("weak", "fair")
POSITIVE: tuple[CueKind, ...] = ("positive", "fair", "thanks")


@dataclass(frozen=True, slots=True, kw_only=True)
class Feeling:
    """A cue that counts, with the weight that its clause gives it."""

    kind: CueKind
    weight: float
    start: int
    end: int
    clause: int


def weigh(
    match: Match, cue: EmotionCue, text: str, clauses: tuple[Clause, ...], rules: EmotionRules
) -> Feeling | None:
    """Return what a match adds in its clause, or None where it carries no feeling."""
    number = next(n for n, clause in enumerate(clauses) if match.start < clause.end)
    clause, degrees = clauses[number], rules.file.degrees
    if not _meant(cue, clause, text, rules):
        return None
    before = text[max(clause.start, match.start - _LOOK_BACK) : match.start]
    after = text[match.end : clause.end]
    negation = find_negation(before, rules.grammar)
    kind, weight = _negated(cue, degrees) if negation else (cue.kind, cue.weight)
    if not weight:
        return None
    degree = _degree(before, negation, after, rules)
    if degree is None and cue.kind in _NEEDS_DEGREE and not negation:
        return None
    weight *= degree or 1.0
    if clause.question and cue.kind == "weak":
        weight *= degrees.in_question
    return Feeling(kind=kind, weight=weight, start=match.start, end=match.end, clause=number)


def _meant(cue: EmotionCue, clause: Clause, text: str, rules: EmotionRules) -> bool:
    """Whether a clause says what the cue says, rather than asking for or supposing it."""
    if cue.kind == "threat":
        return rules.grammar["asks_how"].search(text, clause.start, clause.end) is None
    return not clause.hypothetical and not (clause.question and cue.kind in POSITIVE)


def find_negation(before: str, grammar: Mapping[str, re.Pattern[str]]) -> re.Match[str] | None:
    """Return the negation that reaches the end of ``before``, unless it only asks (能不…吗)."""
    found = grammar["negation"].search(before) or grammar["negation_en"].search(before)
    if found is None or grammar["rhetorical"].search(before[: found.start()]):
        return None
    return found


def _negated(cue: EmotionCue, degrees: Degrees) -> tuple[CueKind, float]:
    match cue.kind:
        case "positive":
            return "dissatisfied", degrees.negated_positive
        case "fair":
            return "dissatisfied", degrees.negated_fair
        case _:
            return cue.kind, 0.0


def _degree(
    before: str, negation: re.Match[str] | None, after: str, rules: EmotionRules
) -> float | None:
    """Return the factor of the words of degree around a cue, or None when there are none."""
    degrees, grammar = rules.file.degrees, rules.grammar
    factors = [degrees.after] if grammar["after"].search(after) else []
    reach = [before, before[: negation.start()]] if negation else [before]
    if any(grammar["soft_run"].search(words) for words in reach):
        factors.append(degrees.soft)
    elif run := next(filter(None, map(grammar["intense_run"].search, reach)), None):
        more = len(grammar["intense"].findall(run[0])) - 1
        factors.append(degrees.intense * (1 + degrees.repeat * more))
    elif any(grammar["light_run"].search(words) for words in reach):
        factors.append(degrees.light)
    return math.prod(factors) if factors else None
