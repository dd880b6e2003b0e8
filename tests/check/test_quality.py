"""The score is what its formula in docs/checks.md says, and a finding never raises it."""

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from assist.check.quality import score_quality
from assist.check.runner import CHECKS
from assist.records import CheckName, Finding, Severity

NAMES: list[CheckName] = [name for name, _ in CHECKS] + ["conflict"]
WORSE: dict[Severity, Severity] = {"info": "warn", "warn": "block", "block": "block"}


def finding(check: CheckName, severity: Severity) -> Finding:
    return Finding(check=check, rule="r", severity=severity, start=0, end=1, text="x", message="m")


DOCS = (Path(__file__).parents[2] / "docs" / "checks.md").read_text(encoding="utf-8")
COSTS = {
    severity: int(re.search(rf"(\d+) an? `{severity}`", DOCS)[1])  # type: ignore[index]
    for severity in ("block", "warn", "info")
}
PARTS = {
    check: part
    for part, checks in re.findall(r"(\w+) +=.*− cost\(([^)]*)\)", DOCS)
    for check in checks.split(", ")
}
WEIGHTS = {name: float(weight) for weight, name in re.findall(r"(0\.\d\d) (\w+)(?: \+|,)", DOCS)}
ROUNDING = 1
"""A sum of floats that ends in one half may be rounded either way."""
CAPS = re.search(r"at most (\d+) with a warning and (\d+) with a block", DOCS)


def as_documented(given: list[Finding], relevance: float, supported: float) -> int:
    """Return the score by the words of the documentation."""
    assert CAPS is not None
    parts = dict.fromkeys(WEIGHTS, 100.0)
    parts |= {"relevance": 100 * relevance, "grounding": 100 * supported}
    for each in given:
        parts[PARTS[each.check]] -= COSTS[each.severity]
    score = sum(weight * max(0.0, parts[name]) for name, weight in WEIGHTS.items())
    severities = {each.severity for each in given}
    cap = CAPS[2] if "block" in severities else CAPS[1] if "warn" in severities else 100
    return min(round(score), int(cap))


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


@given(st.lists(findings, max_size=6), shares, shares)
def test_the_formula_in_the_docs_is_the_one_that_counts(
    some: list[Finding], relevance: float, supported: float
) -> None:
    score = score_quality(some, relevance=relevance, supported=supported).score
    assert abs(score - as_documented(some, relevance, supported)) <= ROUNDING


def test_the_example_in_the_docs_comes_out_as_written() -> None:
    example = DOCS[DOCS.index("Example: relevance") :].split("\n\n")[0]
    relevance = float(re.search(r"relevance (0\.\d+)", example)[1])  # type: ignore[index]
    parts = [int(part) for part in re.search(r"parts ([\d, ]+);", example)[1].split(", ")]  # type: ignore[index]
    score = int(re.search(r"\*\*(\d+)\*\*", example)[1])  # type: ignore[index]
    quality = score_quality([finding("uncertainty", "warn")], relevance=relevance, supported=1.0)
    assert (list(quality.parts.values()), quality.score) == (parts, score)
