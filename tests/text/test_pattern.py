import pytest

from assist.text.pattern import bounded


@pytest.mark.parametrize(
    "pattern",
    [
        "a*",
        "a+",
        "a{2,}",
        "(?:a+)+$",
        "(?:a{1,3}){1,3}",
        "((a{1,2})b){2}",
        "(?:a|b){0,9}",
        "(",
        "a)",
    ],
)
def test_a_pattern_whose_work_could_run_away_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"bound|repeat|position|parenthes"):
        bounded(pattern)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("a{0,20}b", "aab"),
        (r"(?:请|麻烦){0,2}忽略", "麻烦请忽略"),
        (r"[*+]\+", "*+"),
        ("(?:ab?){1,8}", "abaab"),
        (r"(?:a{1,3}|b)c?", "aaac"),
    ],
)
def test_a_bounded_pattern_is_compiled(pattern: str, text: str) -> None:
    assert bounded(pattern).fullmatch(text)
