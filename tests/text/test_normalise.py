from hypothesis import given
from hypothesis import strategies as st

from assist.text.normalise import fold, normalise, simplify, visible


def written(text: str, part: str) -> str:
    """Return what stands in the original behind ``part`` of the folded text."""
    normalised = normalise(text)
    start = normalised.text.index(part)
    return normalised.span(start, start + len(part)).text


def test_width_case_and_script_are_folded() -> None:
    assert fold("ＡＸ３０００　賬戶餘額 Straße") == "ax3000 账户余额 strasse"


def test_styled_digits_and_compatibility_characters_are_plain() -> None:
    assert fold("⑫ Ⅳ ㈱ ﬁ ⼿机") == "12 iv (株) fi 手机"


def test_invisible_characters_leave_no_trace() -> None:
    assert fold("加\u200b微\u00ad信\u2060\U000e0041\ufe0f") == "加微信"


def test_marks_over_han_are_dropped_and_marks_of_letters_compose() -> None:
    assert fold("微\u0336信\u20dd cafe\u0301") == "微信 café"


def test_span_covers_what_was_hidden_inside() -> None:
    assert written("请加\u200b微\u0301信。", "加微信") == "加\u200b微\u0301信"


def test_span_of_an_expanded_character_is_that_character() -> None:
    assert written("找㈱公司", "(株)") == "㈱"
    assert written("找㈱公司", "公司") == "公司"


def test_span_of_a_composed_character_is_all_of_its_parts() -> None:
    assert written("e\u0301a", "é") == "e\u0301"


def test_an_empty_span_points_between_characters() -> None:
    span = normalise("㈱x").span(3, 3)
    assert (span.start, span.end, span.text) == (1, 1, "")
    assert normalise("ab").span(2, 2).start == 2


@given(st.text(max_size=12))
def test_fold_is_the_text_of_normalise(text: str) -> None:
    normalised = normalise(text)
    assert normalised.text == fold(text)
    assert len(normalised.starts) == len(normalised.ends) == len(normalised.text)
    assert all(
        0 <= start < end <= len(text)
        for start, end in zip(normalised.starts, normalised.ends, strict=True)
    )


def test_lone_surrogates_are_dropped() -> None:
    assert fold("\ud800中") == "中"
    assert len(simplify("\ud800賬")) == 2


def test_visible_keeps_the_text_as_written() -> None:
    assert visible(" \u200b您好\u202e，ＡＢＣ\n") == "您好，ＡＢＣ"
    assert visible("\u200b\ufeff ") == ""
