"""The hedges of rules/uncertainty.yaml, compiled."""

from dataclasses import dataclass
from typing import Literal

from assist.check.phrases import Phrases, phrases
from assist.records import Language
from assist.text.normalise import fold
from assist.yaml_file import FileModel


class HedgeRule(FileModel):
    id: str
    message: dict[Language, str]
    suggestion: dict[Language, str]
    words: tuple[str, ...]
    needs: Literal["before", "after"] | None = None
    """Where a number must stand for the words to hedge at all."""
    followed_by: tuple[str, ...] = ()
    not_followed_by: tuple[str, ...] = ()
    not_preceded_by: tuple[str, ...] = ()
    unless_in_clause: tuple[str, ...] = ()
    customer_free: bool = False
    conditional_free: bool = False


class UncertaintyFile(FileModel):
    version: int
    weighty: tuple[str, ...]
    hedges: tuple[HedgeRule, ...]
    fixed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hedges:
    words: Phrases[HedgeRule | None]
    """None stands for a fixed phrase."""
    weighty: tuple[str, ...]


def compile_hedges(file: UncertaintyFile) -> Hedges:
    """Return the hedges and the fixed phrases made ready for search."""
    entries: list[tuple[str, HedgeRule | None]] = [(phrase, None) for phrase in file.fixed]
    entries += [(word, rule) for rule in file.hedges for word in rule.words]
    return Hedges(words=phrases(entries), weighty=tuple(map(fold, file.weighty)))
