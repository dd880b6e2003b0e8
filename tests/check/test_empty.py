"""A text must say something."""

from collections.abc import Callable

import pytest

from assist.records import Finding

Judge = Callable[..., tuple[Finding, ...]]


@pytest.mark.parametrize("text", ["", " \n", "\u200b\u2060", "……。", "😀"])
def test_nothing_to_send_blocks(judge: Judge, text: str) -> None:
    assert [finding.severity for finding in judge("empty", text)] == ["block"]


def test_a_word_is_enough(judge: Judge) -> None:
    assert judge("empty", "好") == ()
