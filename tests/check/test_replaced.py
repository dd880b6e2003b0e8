"""A near copy of the source with one word put in another's place."""

from collections.abc import Callable

import pytest

from assist.records import Finding

Judge = Callable[..., tuple[Finding, ...]]

SOURCE = (
    "Passes start at midnight local time and cover connecting ferries. "
    "The filter is behind the lower left panel. "
    "剩余尾款在船票寄出以后结清，行李放在码头大厅的木架。"
)


@pytest.mark.parametrize(
    ("text", "word", "told"),
    [
        ("Passes start at midnight UK time.", "UK", "local"),
        ("The filter is behind the lower right panel.", "right", "left"),
        ("行李放在车站大厅的木架。", "车站", "码头"),
    ],
)
def test_a_word_in_anothers_place_is_found_with_the_sources(
    judge: Judge, text: str, word: str, told: str
) -> None:
    found = judge("grounding", text, (1,), passages={1: SOURCE})
    assert any(f.rule == "contradiction" and f.text == word and told in f.message for f in found)


@pytest.mark.parametrize(
    "text",
    [
        "Passes will start at midnight local time.",
        "The filter sits under your coat.",  # no near copy
        "The cover of the lower left panel hides the filter.",
        "行李放码头大厅木架上。",
    ],
)
def test_rewordings_are_left_alone(judge: Judge, text: str) -> None:
    found = judge("grounding", text, (1,), passages={1: SOURCE})
    assert "contradiction" not in [finding.rule for finding in found]


def test_a_word_of_the_customers_is_left_alone(judge: Judge) -> None:
    text = "Passes start at midnight UK time."
    found = judge("grounding", text, (1,), passages={1: SOURCE}, question="Is that UK time?")
    assert "contradiction" not in [finding.rule for finding in found]
