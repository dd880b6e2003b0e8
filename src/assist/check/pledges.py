"""The commitments of rules/promises.yaml, compiled."""

from dataclasses import dataclass

from assist.check.phrases import Phrases, phrases
from assist.records import Language
from assist.yaml_file import FileModel


class PromiseRule(FileModel):
    id: str
    suggestion: dict[Language, str]
    words: tuple[str, ...]
    fixed: tuple[str, ...]
    needs_result: bool = False
    """Whether the words promise only what comes after them."""


class PromisesFile(FileModel):
    version: int
    reason: dict[Language, str]
    promises: tuple[PromiseRule, ...]
    results: tuple[str, ...]
    efforts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pledges:
    words: Phrases[PromiseRule | None]
    """None stands for a fixed phrase."""
    reason: dict[Language, str]
    results: tuple[str, ...]
    efforts: tuple[str, ...]


def compile_pledges(file: PromisesFile) -> Pledges:
    """Return the commitments and the fixed phrases made ready for search."""
    entries: list[tuple[str, PromiseRule | None]] = []
    for rule in file.promises:
        entries += [(word, rule) for word in rule.words]
        entries += [(phrase, None) for phrase in rule.fixed]
    return Pledges(
        words=phrases(entries), reason=file.reason, results=file.results, efforts=file.efforts
    )
