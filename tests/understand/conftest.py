"""The shipped rules, read once."""

from pathlib import Path

import pytest

from assist.understand.rules import UnderstandRules, load_understand_rules

RULES = Path(__file__).parents[2] / "rules"


@pytest.fixture(scope="session")
def rules() -> UnderstandRules:
    return load_understand_rules(RULES)
