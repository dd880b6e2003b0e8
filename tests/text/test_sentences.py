from itertools import pairwise
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.text.sentences import split_sentences


def texts(text: str) -> list[str]:
    return [span.text for span in split_sentences(text)]


def test_chinese_enders_and_newlines_end_a_sentence() -> None:
    assert texts("您好！请稍等。\n马上为您查询……好了？") == [
        "您好！", "请稍等。", "马上为您查询……", "好了？",
    ]  # fmt: skip


def test_runs_of_enders_and_closing_quotes_stay_together() -> None:
    assert texts("真的吗？！“好的。”再见") == ["真的吗？！", "“好的。”", "再见"]


def test_a_citation_stays_with_its_sentence() -> None:
    assert texts("可以退货。[1] 请申请。[2][3]") == ["可以退货。[1]", "请申请。[2][3]"]


@pytest.mark.parametrize(
    "whole",
    [
        "价格为3.5元",
        "版本 v2.1.3 已发布",
        "Mr. Li called us",
        "e.g. this one",
        "See No. 5 in the list",
        "请看 https://a.com/x.html?q=1 了解",
        "发到 a.b@c.com 即可",
        "可以（如有疑问？请联系我们。）继续办理",
        "1. 打开设置",
        "Follow these steps: 1. Open it; 2. close it",
        "It costs $3.50 today",
        "J. Smith is here",
    ],
)
def test_a_dot_inside_does_not_end_a_sentence(whole: str) -> None:
    assert texts(whole) == [whole]


def test_english_sentences_are_split() -> None:
    assert texts("It costs 20. Then pay.") == ["It costs 20.", "Then pay."]
    assert texts("It works. Is it on? Yes! We close at 5 p.m. Come early.") == [
        "It works.", "Is it on?", "Yes!", "We close at 5 p.m.", "Come early.",
    ]  # fmt: skip


def test_a_url_may_end_a_sentence() -> None:
    assert texts("See https://a.com/x. Then go.") == ["See https://a.com/x.", "Then go."]


@given(st.text(alphabet="好a1 .。！?\n…”（）()[]/:@-", max_size=30))
def test_spans_hold_all_visible_text_in_order(text: str) -> None:
    spans = split_sentences(text)
    assert "".join("".join(span.text for span in spans).split()) == "".join(text.split())
    assert all(text[span.start : span.end] == span.text for span in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


@pytest.mark.parametrize("unit", ["xn--", "a.", "a@", "（a"])
def test_the_time_to_split_is_linear_in_the_length(unit: str) -> None:
    start = perf_counter()
    split_sentences(unit * 80_000)
    assert perf_counter() - start < 3
