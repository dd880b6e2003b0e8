"""Steps in their order."""

import pytest

from assist.check.order import out_of_order

SOURCES = [
    "报到：先到A区核验身份，再到B区缴费，最后到C区领取钥匙。签收前请当面验货。",
]


@pytest.mark.parametrize(
    "text",
    [
        "先到B区缴费，再到A区核验身份。",
        "先去领取钥匙，然后缴费就行。",
        "您先签收再慢慢验货就行。",
    ],
)
def test_turned_steps_are_found(text: str) -> None:
    (found,) = out_of_order(text, SOURCES)
    assert found[0].text == text[found[0].start : found[0].end]


@pytest.mark.parametrize(
    "text",
    [
        "先到A区核验身份，再到B区缴费。",
        "先核验身份，最后领取钥匙。",
        "先验货再签收。",
        "先喝口水，再来报到。",
        "到B区缴费，到A区核验身份。",
    ],
)
def test_steps_in_order_or_without_one_are_left_alone(text: str) -> None:
    assert list(out_of_order(text, SOURCES)) == []


def test_english_steps_are_read_too() -> None:
    source = "First pair the remote, then charge the battery."
    (found,) = out_of_order("First charge the battery, then pair the remote.", [source])
    assert found[1] == "First pair the remote, then charge the battery"
