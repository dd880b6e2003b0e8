"""What one message says about its writer's feelings, read without the messages before it."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from assist.text.normalise import Normalised
from assist.understand.clauses import Clause, split_clauses
from assist.understand.cues import apart, blanked, find_cues, without
from assist.understand.degree import POSITIVE, Feeling, weigh
from assist.understand.rules import EmotionRules

Kind = Literal["angry", "disappointed", "dissatisfied"]
_MARKS = re.compile(r"[!?]+")
_CAPITAL_WORD = re.compile(r"\b(?:[A-Z]{2,}|[AI])\b")
_LATIN_WORD = re.compile(r"\b[A-Za-z]+\b")
_FEWEST_WORDS = 4
_CAPITAL_SHARE = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Tone:
    strength: float
    """Of the negative; 0 when none shows."""
    positive: float
    kinds: dict[Kind, float]
    evidence: tuple[tuple[int, int], ...]
    """In the folded text."""
    threat: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Loudness:
    """How loudly a message is written, whatever it says."""

    factor: float = 1.0
    alone: float = 0.0
    """What it weighs where no word carries a feeling."""
    start: int = 0
    end: int = 0


def read_tone(folded: Normalised, rules: EmotionRules) -> Tone:
    """Return the tone of one message."""
    text = _unquoted(folded.text, rules)
    clauses = split_clauses(text, rules.grammar)
    feelings = _in_context(tuple(_feelings(text, clauses, rules)), clauses, rules)
    negatives = tuple(f for f in feelings if f.kind not in POSITIVE)
    positives = _sincere(feelings, negatives, text, clauses, rules)
    loud = _loudness(text, folded.original, rules)
    if not negatives and not positives and loud.alone:
        alone = Feeling(
            kind="dissatisfied", weight=loud.alone, start=loud.start, end=loud.end, clause=0
        )
        return _negative((alone,), loud.alone)
    strength = _sum(negatives, rules) * loud.factor
    positive = _sum(positives, rules)
    if strength >= min(positive, rules.file.thresholds.mild) and strength >= 0.7 * positive:
        return _negative(negatives, strength)
    evidence = tuple((f.start, f.end) for f in positives)
    return Tone(strength=0.0, positive=positive, kinds={}, evidence=evidence, threat=False)


def _negative(feelings: tuple[Feeling, ...], strength: float) -> Tone:
    return Tone(
        strength=strength,
        positive=0.0,
        kinds=_kinds(feelings),
        evidence=tuple((f.start, f.end) for f in feelings),
        threat=any(f.kind == "threat" for f in feelings),
    )


def _unquoted(text: str, rules: EmotionRules) -> str:
    """Return the text with quotations blanked out, unless it is all one quotation."""
    own = blanked(text, [match.span() for match in rules.grammar["quoted"].finditer(text)])
    return own if any(map(str.isalnum, own)) else text


def _feelings(text: str, clauses: tuple[Clause, ...], rules: EmotionRules) -> Iterator[Feeling]:
    """Yield the cues that count; a harmless word hides every cue inside it."""
    bare, cues = without(text, rules.plain), rules.file.cues
    for match in apart(find_cues(rules.cues, bare), [cue.weight for cue in cues]):
        cue = cues[match.group]
        if feeling := weigh(match, cue, bare, clauses, rules):
            yield feeling


def _in_context(
    feelings: tuple[Feeling, ...], clauses: tuple[Clause, ...], rules: EmotionRules
) -> tuple[Feeling, ...]:
    """Weaken what stands before a "but", and anger that a later clause has overcome."""
    degrees = rules.file.degrees
    last = max((f.clause for f in feelings), default=0)
    turn = max((n for n, c in enumerate(clauses) if c.contrast and n <= last), default=0)
    relief = max((f.clause for f in feelings if f.kind in POSITIVE), default=-1)
    weighed = []
    for feeling in feelings:
        factor = 1.0
        if turn:
            factor = degrees.before_contrast if feeling.clause < turn else degrees.after_contrast
        if feeling.kind not in POSITIVE and feeling.clause < relief:
            factor *= degrees.overcome if clauses[feeling.clause].past else 1.0
        weighed.append(replace(feeling, weight=feeling.weight * factor))
    return tuple(weighed)


def _sincere(
    feelings: tuple[Feeling, ...],
    negatives: tuple[Feeling, ...],
    text: str,
    clauses: tuple[Clause, ...],
    rules: EmotionRules,
) -> tuple[Feeling, ...]:
    """Return the positive feelings; thanks beside a request or a reproach are only manners."""
    asks = rules.grammar["request"].search(text) or any(c.question for c in clauses)
    reproach = _sum(negatives, rules) >= rules.file.thresholds.mild
    return tuple(
        f
        for f in feelings
        if f.kind in POSITIVE and not (f.kind == "thanks" and (asks or reproach))
    )


def _sum(feelings: tuple[Feeling, ...], rules: EmotionRules) -> float:
    """Return the strongest weight plus a fading share of each weaker one."""
    weights = sorted((f.weight for f in feelings), reverse=True)
    return sum(weight * rules.file.fading**n for n, weight in enumerate(weights))


def _kinds(feelings: tuple[Feeling, ...]) -> dict[Kind, float]:
    kinds: dict[Kind, float] = {"angry": 0.0, "disappointed": 0.0, "dissatisfied": 0.0}
    for feeling in feelings:
        match feeling.kind:
            case "angry" | "disappointed" | "dissatisfied":
                kinds[feeling.kind] += feeling.weight
            case "threat":
                kinds["angry"] += feeling.weight / 2
                kinds["dissatisfied"] += feeling.weight / 2
            case _:
                kinds["dissatisfied"] += feeling.weight
    return kinds


def _loudness(text: str, original: str, rules: EmotionRules) -> _Loudness:
    """Return what marks, capitals and repetition do together."""
    each = (_marks(text, rules), _capitals(text, original, rules), _repeated(text, rules))
    most = max(each, key=lambda loud: loud.alone)
    return replace(most, factor=math.prod(loud.factor for loud in each))


def _marks(text: str, rules: EmotionRules) -> _Loudness:
    energy = rules.file.energy
    run = max(_MARKS.finditer(text), key=lambda m: m.end() - m.start(), default=None)
    if run is None:
        return _Loudness()
    match len(run[0]):
        case 1:
            return _Loudness(factor=energy.one_mark if run[0] == "!" else 1.0)
        case 2:
            return _Loudness(factor=energy.two_marks)
        case _:
            start, end = run.span()
            return _Loudness(
                factor=energy.many_marks, alone=energy.marks_alone, start=start, end=end
            )


def _capitals(text: str, original: str, rules: EmotionRules) -> _Loudness:
    words = len(_LATIN_WORD.findall(original))
    if words < _FEWEST_WORDS or len(_CAPITAL_WORD.findall(original)) < _CAPITAL_SHARE * words:
        return _Loudness()
    energy = rules.file.energy
    return _Loudness(factor=energy.capitals, alone=energy.capitals_alone, end=len(text))


def _repeated(text: str, rules: EmotionRules) -> _Loudness:
    match = rules.grammar["repeated"].search(text)
    if match is None:
        return _Loudness()
    energy = rules.file.energy
    return _Loudness(
        factor=energy.repeated, alone=energy.repeated_alone, start=match.start(), end=match.end()
    )
