"""Whether a value is the most or the least that is said."""

import pytest

from assist.check.bounds import end_of
from assist.text.facts import find_facts


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("最多3件", "most"),
        ("不超过30公斤", "most"),
        ("7天内", "most"),
        ("16点前下单", "most"),
        ("不满99元", "most"),
        ("up to 5 cards", "most"),
        ("within 5 days", "most"),
        ("每间房至少入住2位", "least"),
        ("不少于15天", "least"),
        ("24小时以上", "least"),
        ("提前24小时前取消", "least"),
        ("20点后", "least"),
        ("满300元", "least"),
        ("10 or more tickets", "least"),
        ("共3件", None),
        ("最早提前14天预约", None),
    ],
)
def test_the_words_around_a_value_say_which_end_it_is(text: str, bound: str | None) -> None:
    end = end_of(text, find_facts(text)[0])
    assert (end.bound if end else None) == bound


def test_the_stretch_holds_the_words_that_make_it_an_end() -> None:
    text = "每班不少于12人"
    end = end_of(text, find_facts(text)[0])
    assert end is not None
    assert text[end.start : end.end] == "不少于12人"
