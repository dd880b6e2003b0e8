"""The wording of rules/form.yaml, compiled."""

from dataclasses import dataclass

from assist.check.phrases import Pattern, Phrases, phrases
from assist.records import Language
from assist.text.normalise import fold
from assist.yaml_file import FileModel


class LengthRule(FileModel):
    default: int
    english_factor: float
    channels: dict[str, int]

    def most(self, channel: str | None, language: Language) -> int:
        """Return how many characters a text for the channel may have."""
        limit = self.channels.get(channel or "", self.default)
        return round(limit * self.english_factor) if language == "en" else limit


class HurtfulRule(FileModel):
    words: tuple[str, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    """Over folded text."""
    suggestion: dict[Language, str]
    whole: bool = False
    """Whether the words hurt only when they are all that is said."""


class ScriptRule(FileModel):
    """How a full reply begins and ends; a scenario without words of its own uses "general"."""

    least: int
    """Characters from which a text counts as a full reply."""
    near: int
    """How many characters from its beginning or its end the words must stand."""
    opening: dict[str, dict[Language, tuple[str, ...]]]
    closing: dict[str, dict[Language, tuple[str, ...]]]


class FormFile(FileModel):
    version: int
    length: LengthRule
    script: ScriptRule
    most_emoji: int
    most_exclamation_marks: int
    allowed_hosts: tuple[str, ...]
    jargon: dict[str, str]
    rude: tuple[HurtfulRule, ...]
    cold: tuple[HurtfulRule, ...]
    polite_words: tuple[str, ...]
    polite_from: int
    courtesy: tuple[str, ...]
    courtesy_rest: int
    acts: tuple[str, ...]
    requests: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Wording:
    length: LengthRule
    script: ScriptRule
    most_emoji: int
    most_exclamation_marks: int
    allowed_hosts: frozenset[str]
    jargon: Phrases[str]
    hurtful: Phrases[tuple[str, HurtfulRule]]
    """Each with "rude" or "cold"."""
    polite_words: tuple[str, ...]
    polite_from: int
    courtesy: Phrases[None]
    courtesy_rest: int
    acts: tuple[str, ...]
    requests: tuple[str, ...]


def compile_wording(file: FormFile) -> Wording:
    """Return the wording made ready for search."""
    hurtful = [("rude", rule) for rule in file.rude] + [("cold", rule) for rule in file.cold]
    return Wording(
        length=file.length,
        script=file.script,
        most_emoji=file.most_emoji,
        most_exclamation_marks=file.most_exclamation_marks,
        allowed_hosts=frozenset(host.lower() for host in file.allowed_hosts),
        jargon=phrases(file.jargon.items()),
        hurtful=phrases(
            ((word, kind) for kind in hurtful for word in kind[1].words),
            ((kind[1].patterns, kind) for kind in hurtful),
        ),
        polite_words=tuple(map(fold, file.polite_words)),
        polite_from=file.polite_from,
        courtesy=phrases((phrase, None) for phrase in file.courtesy),
        courtesy_rest=file.courtesy_rest,
        acts=tuple(map(fold, file.acts)),
        requests=tuple(map(fold, file.requests)),
    )
