"""How a customer feels: the tone of the present message, and a share of the turns before it."""

from collections.abc import Sequence
from dataclasses import dataclass

from assist.records import Alert, Emotion, Language, Turn
from assist.text.normalise import fold, normalise
from assist.understand.rules import EmotionRules, Negative
from assist.understand.tone import Kind, read_tone

_TIES: tuple[Kind, ...] = ("angry", "disappointed", "dissatisfied")
_SHORT = 6
"""Shorter turns ask the same only when they are equal; longer ones are compared by bigrams."""
_SAME_QUESTION = 0.6
_TURNS_COMPARED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Mood:
    """An emotion with the strength it was read from."""

    emotion: Emotion
    strength: float
    """0 when nothing negative shows; comparable with the thresholds of the rules."""
    threat: bool
    level: Negative | None


def read_mood(text: str, conversation: Sequence[Turn], rules: EmotionRules) -> Mood:
    """Return the customer's mood in ``text``; their earlier turns add a small share."""
    folded = normalise(text)
    tone = read_tone(folded, rules)
    strength, kinds = tone.strength, dict(tone.kinds)
    if not tone.positive:
        turns = customer_turns(text, conversation)[:_TURNS_COMPARED]
        earlier = [fold(words) for words in turns]
        strength += _asked_again(folded.text, earlier, rules)
        for share, words in zip(rules.file.earlier, earlier, strict=False):
            before = read_tone(normalise(words), rules)
            strength += share * min(before.strength, rules.file.thresholds.strong)
            for kind, weight in before.kinds.items():
                kinds[kind] = kinds.get(kind, 0.0) + share * weight
    spans = tuple(folded.span(start, end) for start, end in tone.evidence)
    level = level_of(strength, rules)
    if level:
        kind = max(_TIES, key=lambda kind: kinds.get(kind, 0.0)) if kinds else "dissatisfied"
        emotion = Emotion(polarity="negative", kind=kind, level=level, evidence=spans)
    elif tone.positive >= rules.file.thresholds.positive:
        emotion = Emotion(polarity="positive", level="positive", evidence=spans)
    else:
        emotion = Emotion()
    return Mood(emotion=emotion, strength=strength, threat=tone.threat, level=level)


def level_of(strength: float, rules: EmotionRules) -> Negative | None:
    """Return the level that a strength reaches, or None below the lowest."""
    thresholds = rules.file.thresholds
    if strength >= thresholds.strong:
        return "strong"
    if strength >= thresholds.clear:
        return "clear"
    return "mild" if strength >= thresholds.mild else None


def alert_for(
    level: Negative | None, rules: EmotionRules, *, agent: Language, customer: Language
) -> Alert | None:
    """Return advice in the agent's language with a script in the customer's, or None."""
    if level is None:
        return None
    rule = rules.file.alerts[level]
    script = rule.script[customer] if rule.script else None
    return Alert(level=rule.level, advice=rule.advice[agent], script=script)


def customer_turns(text: str, conversation: Sequence[Turn]) -> list[str]:
    """Return what the customer wrote before ``text``, newest first.

    A console may hand over the present message as the last turn too; that one is left out.
    """
    turns = list(conversation)
    if turns and turns[-1].role == "customer" and turns[-1].text.strip() == text.strip():
        turns.pop()
    return [turn.text for turn in reversed(turns) if turn.role == "customer"]


def _asked_again(text: str, earlier: Sequence[str], rules: EmotionRules) -> float:
    energy = rules.file.energy
    times = sum(_same(text, words) for words in earlier)
    return min(energy.asked_again_most, energy.asked_again * times)


def _same(one: str, other: str) -> bool:
    """Whether two folded messages ask the same, whatever their marks."""
    first, second = ("".join(filter(str.isalnum, words)) for words in (one, other))
    if min(len(first), len(second)) < _SHORT:
        return first == second != ""
    pairs, others = _bigrams(first), _bigrams(second)
    return len(pairs & others) >= _SAME_QUESTION * len(pairs | others)


def _bigrams(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}
