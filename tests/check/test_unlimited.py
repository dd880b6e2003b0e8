"""All for some."""

from collections.abc import Callable

import pytest

from assist.records import Finding

Judge = Callable[..., tuple[Finding, ...]]

HOTEL = "金卡会员可免费延迟至14:00退房。Members may use the pool with a room key."


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("所有客人可免费延迟至14:00退房。", "所有"),
        ("不管什么卡可免费延迟至14:00退房。", "不管"),
        ("Everyone may use the pool with a room key.", "Everyone"),
    ],
)
def test_all_is_found_where_the_source_says_some(judge: Judge, text: str, word: str) -> None:
    found = judge("grounding", text, (1,), passages={1: HOTEL})
    assert ("invented", word) in [(finding.rule, finding.text) for finding in found]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (HOTEL, "请不要带任何金卡会员去泳池。"),
        (HOTEL, "金卡会员可免费延迟至14:00退房，有任何问题吗？"),
        ("每位客人均可免费延迟至14:00退房。", "所有客人可免费延迟至14:00退房。"),
    ],
)
def test_all_is_left_alone_in_denials_and_where_the_source_has_it(
    judge: Judge, source: str, text: str
) -> None:
    found = judge("grounding", text, (1,), passages={1: source})
    assert "invented" not in [finding.rule for finding in found]
