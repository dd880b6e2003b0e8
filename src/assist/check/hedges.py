"""The hedges of rules/uncertainty.yaml, compiled."""

from dataclasses import dataclass
from typing import Literal

from assist.check.phrases import Pattern, Phrases, phrases
from assist.records import Language
from assist.text.normalise import fold
from assist.yaml_file import FileModel


class HedgeRule(FileModel):
    id: str
    message: dict[Language, str]
    suggestion: dict[Language, str]
    words: tuple[str, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    """Over folded text."""
    needs: Literal["before", "after"] | None = None
    """Where a number must stand for the words to hedge at all."""
    adverb: bool = False
    """Whether the words hedge only before a predicate, not before a noun."""
    said: bool = False
    """Whether the words hedge only a statement, not advice or what both sides do together."""
    undertaken: bool = False
    """Whether the words hedge only what the agent's side is to do, not what the customer is."""
    followed_by: tuple[str, ...] = ()
    not_followed_by: tuple[str, ...] = ()
    not_preceded_by: tuple[str, ...] = ()
    unless_in_clause: tuple[str, ...] = ()
    customer_free: bool = False
    conditional_free: bool = False
    negation_free: bool = False


class ConfidenceRule(FileModel):
    message: dict[Language, str]
    suggestion: dict[Language, str]
    least: float
    """The least probability, 0–1, that a model may give to a fact it writes."""


class UncertaintyFile(FileModel):
    version: int
    low_confidence: ConfidenceRule
    weighty: tuple[str, ...]
    hedges: tuple[HedgeRule, ...]
    fixed: tuple[str, ...]
    fixed_patterns: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hedges:
    words: Phrases[HedgeRule | None]
    """None stands for a fixed phrase."""
    weighty: tuple[str, ...]
    confidence: ConfidenceRule


def compile_hedges(file: UncertaintyFile) -> Hedges:
    """Return the hedges and the fixed phrases made ready for search."""
    entries: list[tuple[str, HedgeRule | None]] = [(phrase, None) for phrase in file.fixed]
    entries += [(word, rule) for rule in file.hedges for word in rule.words]
    patterns: list[tuple[tuple[str, ...], HedgeRule | None]] = [(file.fixed_patterns, None)]
    patterns += [(rule.patterns, rule) for rule in file.hedges]
    return Hedges(
        words=phrases(entries, patterns),
        weighty=tuple(map(fold, file.weighty)),
        confidence=file.low_confidence,
    )
