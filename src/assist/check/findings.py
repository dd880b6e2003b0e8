"""One way to write a finding down."""

from assist.check.context import CheckContext
from assist.records import CheckName, Finding, Severity


def found(
    context: CheckContext,
    check: CheckName,
    rule: str,
    severity: Severity,
    start: int,
    end: int,
    message: str,
    suggestion: str | None = None,
) -> Finding:
    """Return a finding about ``context.text[start:end]``."""
    return Finding(
        check=check,
        rule=rule,
        severity=severity,
        start=start,
        end=end,
        text=context.text[start:end],
        message=message,
        suggestion=suggestion,
    )
