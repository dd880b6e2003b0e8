"""All checks in one flat tuple; each is deterministic and blind to the others."""

from collections.abc import Callable, Collection, Sequence

from assist.check.banned_word import banned_word
from assist.check.citation import citation
from assist.check.context import CheckContext
from assist.check.empty import empty
from assist.check.form import form
from assist.check.grounding import grounding
from assist.check.injection import injection
from assist.check.language import language
from assist.check.length import length
from assist.check.link import link
from assist.check.pii import pii
from assist.check.politeness import politeness
from assist.check.promise import promise
from assist.check.uncertainty import uncertainty
from assist.records import CheckName, Finding, Verdict

Check = Callable[[CheckContext], tuple[Finding, ...]]

CHECKS: tuple[tuple[CheckName, Check], ...] = (
    ("empty", empty),
    ("banned_word", banned_word),
    ("uncertainty", uncertainty),
    ("promise", promise),
    ("grounding", grounding),
    ("citation", citation),
    ("pii", pii),
    ("injection", injection),
    ("link", link),
    ("politeness", politeness),
    ("form", form),
    ("length", length),
    ("language", language),
)


def run_checks(
    context: CheckContext, names: Collection[CheckName] | None = None
) -> tuple[Finding, ...]:
    """Return what the named checks find, or all of them, in the order of the text."""
    found = [
        finding
        for name, check in CHECKS
        if names is None or name in names
        for finding in check(context)
    ]
    return tuple(sorted(found, key=lambda finding: (finding.start, finding.end)))


def verdict(findings: Sequence[Finding]) -> Verdict:
    """Return the verdict of the worst finding; advice alone passes."""
    severities = {finding.severity for finding in findings}
    if "block" in severities:
        return "block"
    return "warn" if "warn" in severities else "pass"
