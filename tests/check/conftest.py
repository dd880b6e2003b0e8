"""The shipped rules, and one call to judge a text by one check."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assist.check.context import CheckContext
from assist.check.rules import CheckRules, load_check_rules
from assist.check.runner import run_checks
from assist.records import CheckName, Finding, Sentence
from assist.text.language import language_of

RULES = Path(__file__).parents[2] / "rules"

Judge = Callable[..., tuple[Finding, ...]]


@pytest.fixture(scope="session")
def rules() -> CheckRules:
    return load_check_rules(RULES)


@pytest.fixture(scope="session")
def judge(rules: CheckRules) -> Judge:
    def by(
        check: CheckName, text: str, citations: tuple[int, ...] | None = None, **known: object
    ) -> tuple[Finding, ...]:
        """Judge a text; with ``citations`` it is one drafted sentence."""
        sentences = None if citations is None else (Sentence(text=text, citations=citations),)
        context = CheckContext(
            **{  # type: ignore[arg-type]
                "text": text,
                "rules": rules,
                "language": language_of(text),
                "sentences": sentences,
                **known,
            }
        )
        return run_checks(context, {check})

    return by
