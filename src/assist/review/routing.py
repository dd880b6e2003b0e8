"""Which drafts a person must review, at which level, and by when."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from assist.records import (
    CheckName,
    Confidence,
    Conflict,
    Customer,
    Decision,
    Degraded,
    Finding,
    Language,
    Level,
    Review,
    Severity,
    Understanding,
)
from assist.text.normalise import fold
from assist.yaml_file import FileModel, read_yaml

_LEVELS: tuple[Level, ...] = ("agent", "supervisor")


class When(FileModel):
    """Conditions that must all hold; one that is left out always does."""

    severity: tuple[Severity, ...] = ()
    check: tuple[CheckName, ...] = ()
    decision: tuple[Decision, ...] = ()
    confidence: tuple[Literal["high", "medium", "low"], ...] = ()
    tier: tuple[str, ...] = ()
    emotion: tuple[Literal["positive", "neutral", "mild", "clear", "strong"], ...] = ()
    degraded: bool | None = None
    escalate: bool | None = None
    conflict: bool | None = None
    injection: bool | None = None

    @model_validator(mode="after")
    def _says_something(self) -> "When":
        if not self.model_fields_set:
            raise ValueError("a rule needs at least one condition")
        return self


class RoutingRule(FileModel):
    name: str
    when: When
    level: Level
    due_s: int = Field(gt=0)
    reason: dict[Language, str]


class Usual(FileModel):
    level: Level
    due_s: int = Field(gt=0)


class RoutingRules(FileModel):
    default: Usual
    """For a draft that no rule speaks of."""
    rules: tuple[RoutingRule, ...]


def load_routing_rules(folder: Path) -> RoutingRules:
    """Return the rules of ``folder/routing.yaml``. Raises FileInvalid."""
    return read_yaml(folder / "routing.yaml", RoutingRules)


def route(
    *,
    decision: Decision,
    findings: Sequence[Finding],
    confidence: Confidence,
    understanding: Understanding,
    customer: Customer,
    degraded: Degraded | None,
    conflicts: Sequence[Conflict],
    rules: RoutingRules,
    now: datetime,
    language: Language,
) -> Review:
    """Return the review a draft needs; the reasons are in ``language``, in the file's order."""
    holding = [
        rule
        for rule in rules.rules
        if _has_finding(rule.when, findings)
        and _one_of(rule.when.decision, decision)
        and _one_of(rule.when.confidence, confidence.level)
        and _one_of(rule.when.emotion, understanding.emotion.level)
        and _in_tier(rule.when.tier, customer)
        and rule.when.degraded in (None, degraded is not None)
        and rule.when.escalate in (None, understanding.escalate.required)
        and rule.when.conflict in (None, bool(conflicts))
        and rule.when.injection in (None, understanding.injection.suspected)
    ]
    levels = [rule.level for rule in holding] or [rules.default.level]
    due_s = min((rule.due_s for rule in holding), default=rules.default.due_s)
    return Review(
        required=bool(holding),
        level=max(levels, key=_LEVELS.index),
        reasons=tuple(dict.fromkeys(rule.reason[language] for rule in holding)),
        due_at=now + timedelta(seconds=due_s),
    )


def _has_finding(when: When, findings: Sequence[Finding]) -> bool:
    if not when.severity and not when.check:
        return True
    return any(
        _one_of(when.severity, f.severity) and _one_of(when.check, f.check) for f in findings
    )


def _one_of(wanted: Sequence[str], value: str) -> bool:
    return not wanted or value in wanted


def _in_tier(wanted: Sequence[str], customer: Customer) -> bool:
    """Whether the tier begins with one of the words, so that "VIP3" and "钻石会员" count too."""
    if not wanted:
        return True
    return fold(customer.tier or "").strip().startswith(tuple(map(fold, wanted)))
