"""Who must look at a draft, and by when."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assist.errors import FileInvalid
from assist.records import (
    CheckName,
    Confidence,
    Conflict,
    ConflictSide,
    Customer,
    Decision,
    Degraded,
    Emotion,
    Escalation,
    Finding,
    Injection,
    Language,
    Review,
    Severity,
    Understanding,
)
from assist.review.routing import RoutingRules, load_routing_rules, route

RULES = Path(__file__).parents[2] / "rules"
NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
CALM = Understanding(
    emotion=Emotion(),
    alert=None,
    escalate=Escalation(),
    question_class="consult",
    scenario="general",
    language="zh",
    pii=(),
    injection=Injection(),
)
SIDE = ConflictSide(entry_id="ent_1", title="退款", text="三天", updated_at=NOW)
CONFLICT = Conflict(fact="duration", sides=(SIDE, SIDE))
SURE = Confidence(score=0.9, level="high")
ANYBODY = Customer()
CLEAR = replace(CALM, emotion=Emotion(polarity="negative", kind="angry", level="clear"))
STRONG = replace(CALM, emotion=Emotion(polarity="negative", kind="angry", level="strong"))


@dataclass(frozen=True, kw_only=True)
class Case:
    decision: Decision = "answer"
    findings: tuple[Finding, ...] = ()
    confidence: Confidence = SURE
    understanding: Understanding = CALM
    customer: Customer = ANYBODY
    degraded: Degraded | None = None
    conflicts: tuple[Conflict, ...] = ()

    def route(self, rules: RoutingRules, language: Language = "en") -> Review:
        return route(
            decision=self.decision,
            findings=self.findings,
            confidence=self.confidence,
            understanding=self.understanding,
            customer=self.customer,
            degraded=self.degraded,
            conflicts=self.conflicts,
            rules=rules,
            now=NOW,
            language=language,
        )


def finding(check: CheckName, severity: Severity) -> Finding:
    return Finding(check=check, rule="r", severity=severity, start=0, end=1, text="x", message="m")


@pytest.fixture(scope="module")
def rules() -> RoutingRules:
    return load_routing_rules(RULES)


@pytest.mark.parametrize("findings", [(), (finding("politeness", "info"),)])
def test_a_sound_draft_needs_no_review_and_two_minutes(
    rules: RoutingRules, findings: tuple[Finding, ...]
) -> None:
    review = Case(findings=findings).route(rules)
    assert review == Review(
        required=False, level="agent", reasons=(), due_at=NOW + timedelta(seconds=120)
    )


@pytest.mark.parametrize(
    ("case", "level"),
    [
        (Case(findings=(finding("banned_word", "block"),)), "supervisor"),
        (Case(findings=(finding("length", "block"),)), "agent"),
        (Case(findings=(finding("uncertainty", "warn"),)), "agent"),
        (Case(confidence=Confidence(score=0.2, level="low")), "agent"),
        (Case(customer=Customer(tier="VIP2")), "supervisor"),
        (Case(customer=Customer(tier="鑽石會員")), "supervisor"),
        (Case(decision="escalate"), "supervisor"),
        (Case(degraded="timeout"), "agent"),
        (Case(conflicts=(CONFLICT,)), "supervisor"),
        (Case(understanding=CLEAR), "agent"),
        (Case(understanding=STRONG), "supervisor"),
        (Case(understanding=replace(CALM, escalate=Escalation(required=True))), "supervisor"),
        (Case(understanding=replace(CALM, injection=Injection(suspected=True))), "supervisor"),
    ],
)
def test_each_risk_asks_for_a_reviewer_of_its_level(
    rules: RoutingRules, case: Case, level: str
) -> None:
    review = case.route(rules)
    assert review.required
    assert review.level == level
    assert len(review.reasons) == 1
    assert review.due_at <= NOW + timedelta(seconds=120)


@pytest.mark.parametrize("check", CheckName.__args__)  # type: ignore[attr-defined]
def test_a_block_of_any_check_needs_review(rules: RoutingRules, check: CheckName) -> None:
    assert Case(findings=(finding(check, "block"),)).route(rules).required


@pytest.mark.parametrize("tier", ["普通", "非VIP", None])
def test_an_ordinary_customer_needs_no_special_review(
    rules: RoutingRules, tier: str | None
) -> None:
    assert not Case(customer=Customer(tier=tier)).route(rules).required


def test_the_highest_level_and_the_shortest_time_win(rules: RoutingRules) -> None:
    case = Case(
        conflicts=(CONFLICT,), understanding=CLEAR, findings=(finding("uncertainty", "warn"),)
    )
    review = case.route(rules)
    assert review.level == "supervisor"
    assert review.due_at == NOW + timedelta(seconds=90)
    assert len(review.reasons) == 3


def test_severity_and_check_must_be_of_the_same_finding(tmp_path: Path) -> None:
    (tmp_path / "routing.yaml").write_text(
        """
default: {level: agent, due_s: 120}
rules:
  - name: x
    when: {severity: [block], check: [pii]}
    level: supervisor
    due_s: 60
    reason: {zh: 个, en: x}
""",
        encoding="utf-8",
    )
    rules = load_routing_rules(tmp_path)
    apart = Case(findings=(finding("pii", "warn"), finding("form", "block")))
    assert not apart.route(rules).required
    assert Case(findings=(finding("pii", "block"),)).route(rules).required


def test_reasons_come_in_the_agents_language(rules: RoutingRules) -> None:
    case = Case(customer=Customer(tier="vip"))
    assert case.route(rules, "zh").reasons == ("重要客户",)
    assert case.route(rules, "en").reasons == ("An important customer",)


def test_a_rule_without_conditions_is_refused(tmp_path: Path) -> None:
    (tmp_path / "routing.yaml").write_text(
        """
default: {level: agent, due_s: 120}
rules: [{name: x, when: {}, level: agent, due_s: 1, reason: {zh: 个, en: x}}]
""",
        encoding="utf-8",
    )
    with pytest.raises(FileInvalid, match=r"line 3.*condition"):
        load_routing_rules(tmp_path)
