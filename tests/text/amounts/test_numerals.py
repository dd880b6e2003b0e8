import pytest

from assist.text.amounts.numerals import read_number


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("1,299", 1299, 1299),
        ("3.5万", 35_000, 35_000),
        ("三百二十", 320, 320),
        ("三百五", 350, 350),
        ("一万二", 12_000, 12_000),
        ("一千零一", 1001, 1001),
        ("一万零五十", 10_050, 10_050),
        ("一亿三千万", 130_000_000, 130_000_000),
        ("二〇二六", 2026, 2026),
        ("三点五", 3.5, 3.5),
        ("十五", 15, 15),
        ("两三", 2, 3),
        ("三五", 3, 5),
        ("七八十", 70, 80),
        ("十七八", 17, 18),
        ("三四百", 300, 400),
        ("八五", 85, 85),
        ("twenty", 20, 20),
    ],
)
def test_numbers_are_read_as_they_are_spoken(written: str, low: float, high: float) -> None:
    assert read_number(written) == (low, high)


@pytest.mark.parametrize("written", ["百", "千万", "万一"])
def test_a_factor_without_a_digit_is_no_number(written: str) -> None:
    assert read_number(written) is None
