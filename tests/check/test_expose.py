"""Disguises come off, and the way back to what was written stays exact."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.check.expose import NONE, SOFT, SYMBOL, WALL, expose, skim


@pytest.mark.parametrize(
    ("written", "bare"),
    [
        ("Ｖ信", "v信"),
        ("ⓥ🆅🅥", "v"),
        ("①⑵❸", "123"),
        ("最\u200b佳", "最佳"),
        ("最\u0336佳", "最佳"),
        ("最\U000e0061佳", "最佳"),
        ("最<b>佳</b>", "最佳"),
        ("&#26368;佳", "最佳"),
        ("\\u6700佳", "最佳"),
        ("ѕhіt", "shit"),
        ("臺灣", "台湾"),
        ("最**佳**", "最佳"),
        ("⻓⻔", "长门"),
        ("価険", "价险"),
        ("ƀŧø", "bto"),
        ("ύ", "u"),
        ("カロ", "力口"),
    ],
)
def test_a_disguise_comes_off(written: str, bare: str) -> None:
    assert expose(written).text == bare


def test_every_letter_knows_where_it_was_written() -> None:
    exposed = expose("这<b>最</b> 佳")
    assert [exposed.original[s:e] for s, e in zip(exposed.starts, exposed.ends, strict=True)] == [
        "这",
        "最",
        "佳",
    ]


def test_what_separates_letters_is_told_apart() -> None:
    assert expose("甲乙 丙*丁。戊").gaps == (NONE, NONE, SOFT, SYMBOL, WALL)


def test_repeats_are_collapsed_and_counted() -> None:
    exposed = expose("傻傻 逼逼逼")
    assert (exposed.text, exposed.counts) == ("傻逼", (2, 3))


@given(st.text(alphabet=st.characters(exclude_characters="<&]\\"), max_size=60))
def test_the_fast_way_gives_the_same_letters(text: str) -> None:
    assert skim(text) == expose(text).text


@given(st.text(max_size=60))
def test_places_stay_within_the_text_and_in_order(text: str) -> None:
    exposed = expose(text)
    assert list(exposed.starts) == sorted(exposed.starts)
    assert all(0 <= s < e <= len(text) for s, e in zip(exposed.starts, exposed.ends, strict=True))
