"""The sieve holds no text back in which the close search would find a word."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.check.rules import CheckRules
from assist.check.sieve import Codes, pieces_of, sieve
from assist.check.words import BannedWords

CODES = Codes({ord("微"): "A!", ord("薇"): "A!", ord("信"): "B!"}, "个")


@pytest.mark.parametrize(
    "text",
    ["微信", "薇信", "微 信", "微\u200b信", "微微信", "微个信", "Ｖ微信V", "<b>微</b>信", "㎏微"],
)
def test_a_text_that_may_hold_the_word_goes_through(text: str) -> None:
    assert sieve([], [("微信", "")], CODES).look(text).suspect


@pytest.mark.parametrize("text", ["", "微", "信微", "微一信", "\ud800", "谢谢"])
def test_a_text_without_the_word_is_held_back(text: str) -> None:
    assert not sieve([], [("微信", "")], CODES).look(text).suspect


def test_a_word_with_a_symbol_needs_a_symbol_in_the_text() -> None:
    fine = sieve([("微", "+")], [], CODES)
    assert fine.look("＋微").suspect
    assert not fine.look("微").suspect


def test_a_written_word_needs_all_its_letters_and_a_spoken_one_needs_one() -> None:
    assert not sieve([("微信", "")], [], CODES).look("薇信").suspect
    assert sieve([], [("微信", "")], CODES).look("薇信").suspect
    assert not sieve([], [("微信", "微")], CODES).look("薇信").suspect


def test_codes_are_joined_whole() -> None:
    codes = Codes({ord("缺"): "J(", ord("心"): "M(", ord("眼"): "M;"}, "")
    assert sieve([], [("缺心眼", "")], codes).look("缺心眼").suspect


def test_a_word_of_fillers_alone_lets_all_through() -> None:
    assert sieve([("个", "")], [], CODES).look("谢谢").suspect


WORDS = ["加微信", "稳赚不赔", "fuck", "赌博", "最低价", "100%"]
PARTS = st.sampled_from(
    [*"加个一下微薇徽信🥚@4 *稳赚不赔賠fｕck赌堵博最低价%，的\u200b", "jia", "100", "𝓯", "⼀"]
)


@pytest.fixture(scope="module")
def listed(rules: CheckRules) -> BannedWords:
    return rules.with_banned_words(WORDS).banned


@given(text=st.lists(PARTS, max_size=12).map("".join))
def test_what_the_close_search_finds_goes_through(listed: BannedWords, text: str) -> None:
    everything = sieve([("个", "")], [], listed.disguises.codes)
    if replace(listed, sieve=everything).find(text):
        assert listed.find(text)


def test_a_long_text_is_cut_between_clauses_and_loses_nothing() -> None:
    text = "请您稍后再试一次。" * 200
    pieces = list(pieces_of(text))
    assert len(pieces) > 1
    assert "".join(piece for _, piece in pieces) == text
    assert all(text[start - 1] == "。" for start, _ in pieces[1:])


@pytest.mark.parametrize("text", ["国。家。级。" * 400, "短句。"])
def test_a_text_is_not_cut_inside_parted_letters_or_when_short(text: str) -> None:
    assert [piece for _, piece in pieces_of(text)] == [text]


def test_a_hit_in_a_long_text_stands_where_it_was_written(rules: CheckRules) -> None:
    text = "请您稍后再试一次。" * 200 + "我们稳*赚不赔。" + "请您稍后再试一次。" * 200
    (hit,) = rules.banned.find(text)
    assert text[hit.start : hit.end] == "稳*赚不赔"
