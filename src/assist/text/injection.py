"""Orders to the assistant, smuggled into what should only be read."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import Field, model_validator

from assist.records import Language
from assist.text.disguise import View, disguised_views, encoded_views, hidden_stretches, plain_view
from assist.text.pattern import bounded
from assist.yaml_file import FileModel, read_yaml

_NAME = re.compile("«([a-z_]+)»")
_AFTER = 60
"""How far behind a match ``unless`` may look, in characters."""


class Reason(FileModel):
    reason: dict[Language, str]


class InjectionRule(Reason):
    id: str
    patterns: tuple[str, ...]
    unless: str | None = None
    """Where this matches right behind what a pattern found, nothing was found."""


class InjectionRules(FileModel):
    """Patterns over folded text, by what the text tries; and the reasons to show."""

    words: dict[str, str]
    rules: tuple[InjectionRule, ...] = Field(min_length=1)
    hidden: Reason
    encoded: Reason

    @model_validator(mode="after")
    def _patterns_compile(self) -> "InjectionRules":
        for rule in self.rules:
            for pattern in (*rule.patterns, *([rule.unless] if rule.unless else [])):
                try:
                    bounded(self.expand(pattern))
                except ValueError as error:
                    raise ValueError(f"{rule.id}: {error}") from error
        return self

    def expand(self, pattern: str) -> str:
        """Return the pattern with the words behind its names. Raises ValueError."""
        return _NAME.sub(lambda name: self._words_of(name[1]), pattern)

    @cached_property
    def compiled(self) -> tuple[tuple[InjectionRule, re.Pattern[str], re.Pattern[str] | None], ...]:
        """Each rule with one pattern for all of its patterns."""
        return tuple(
            (
                rule,
                re.compile("|".join(f"(?:{self.expand(pattern)})" for pattern in rule.patterns)),
                re.compile(self.expand(rule.unless)) if rule.unless else None,
            )
            for rule in self.rules
        )

    def _words_of(self, name: str) -> str:
        if name not in self.words:
            raise ValueError(f"no words are called «{name}»")
        return self.words[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class InjectionSign:
    rule: str
    start: int
    end: int
    text: str
    """As written; for what is hidden or encoded, the stretch that carries it."""
    reason: Mapping[Language, str]


def load_injection_rules(folder: Path) -> InjectionRules:
    """Return the rules of ``folder/injection.yaml``. Raises FileInvalid."""
    return read_yaml(folder / "injection.yaml", InjectionRules)


def find_injection(text: str, rules: InjectionRules) -> tuple[InjectionSign, ...]:
    """Return the signs that the text gives orders to the assistant, in reading order.

    The text is read as it stands and under its disguises. Time is linear in its length.
    """
    plain = plain_view(text)
    signs: list[InjectionSign] = []
    for view in (plain, *disguised_views(plain)):
        for rule, start, end in _matches(view.text, rules):
            signs.append(_sign(text, view, start, end, rule.id, rule.reason))
    for view in encoded_views(text):
        if any(_matches(view.text, rules)):
            signs.append(_sign(text, view, 0, len(view.text), "encoded", rules.encoded.reason))
    for start, end in hidden_stretches(text):
        signs.append(
            InjectionSign(
                rule="hidden",
                start=start,
                end=end,
                text=text[start:end],
                reason=rules.hidden.reason,
            )
        )
    return tuple(_distinct(sorted(signs, key=lambda sign: (sign.start, sign.end))))


def _matches(text: str, rules: InjectionRules) -> Iterator[tuple[InjectionRule, int, int]]:
    for rule, pattern, unless in rules.compiled:
        for match in pattern.finditer(text):
            end = match.end()
            if unless is None or not unless.match(text, end, end + _AFTER):
                yield rule, match.start(), end


def _sign(
    text: str, view: View, start: int, end: int, rule: str, reason: Mapping[Language, str]
) -> InjectionSign:
    # A reading backwards has its ends the other way round.
    first = min(view.starts[start], view.starts[end - 1])
    last = max(view.ends[start], view.ends[end - 1])
    return InjectionSign(rule=rule, start=first, end=last, text=text[first:last], reason=reason)


def _distinct(signs: list[InjectionSign]) -> Iterator[InjectionSign]:
    """Yield the signs without those that say again what an overlapping one of their rule says."""
    reached: dict[str, int] = {}
    for sign in signs:
        if sign.start >= reached.get(sign.rule, 0):
            yield sign
            reached[sign.rule] = sign.end
