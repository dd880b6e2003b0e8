"""The score is what its formula says, and a finding never raises it."""

from hypothesis import given
from hypothesis import strategies as st

from assist.check.quality import score_quality
from assist.check.runner import CHECKS
from assist.records import CheckName, Finding, Severity

NAMES: list[CheckName] = [name for name, _ in CHECKS] + ["conflict"]
WORSE: dict[Severity, Severity] = {"info": "warn", "warn": "block", "block": "block"}


def finding(check: CheckName, severity: Severity) -> Finding:
    return Finding(check=check, rule="r", severity=severity, start=0, end=1, text="x", message="m")


findings = st.builds(finding, st.sampled_from(NAMES), st.sampled_from(["info", "warn", "block"]))
shares = st.floats(0, 1)


def test_a_clean_draft_scores_its_weights() -> None:
    quality = score_quality([], relevance=0.5, supported=1.0)
    assert quality.score == 90
    assert quality.parts["relevance"] == 50


def test_a_warning_costs_its_part_and_caps_the_score() -> None:
    quality = score_quality([finding("uncertainty", "warn")], relevance=0.95, supported=1.0)
    assert (quality.score, quality.parts["certainty"]) == (80, 75)


def test_a_block_caps_the_score_at_forty() -> None:
    assert score_quality([finding("pii", "block")], relevance=1.0, supported=1.0).score == 40


@given(st.lists(findings, max_size=6), findings, shares, shares)
def test_a_further_finding_never_raises_anything(
    given_findings: list[Finding], more: Finding, relevance: float, supported: float
) -> None:
    before = score_quality(given_findings, relevance=relevance, supported=supported)
    after = score_quality([*given_findings, more], relevance=relevance, supported=supported)
    assert after.score <= before.score
    assert all(after.parts[name] <= before.parts[name] for name in before.parts)


@given(st.lists(findings, max_size=5), findings, shares)
def test_a_worse_finding_never_raises_anything(
    others: list[Finding], one: Finding, relevance: float
) -> None:
    worse = finding(one.check, WORSE[one.severity])
    mild = score_quality([*others, one], relevance=relevance, supported=1.0)
    grave = score_quality([*others, worse], relevance=relevance, supported=1.0)
    assert grave.score <= mild.score
