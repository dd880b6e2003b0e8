import pytest

from assist.text.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("怎么退货", "zh"),
        ("How do I return it?", "en"),
        ("iPhone 15 Pro Max 价格", "zh"),
        ("我的order在哪里", "zh"),
        ("Apply in the app: 我的 > 我的订单 > 申请售后.", "en"),
        ("refund", "en"),
        ("12345", "zh"),
        ("", "zh"),
    ],
)
def test_the_sentence_decides_not_the_names(text: str, language: str) -> None:
    assert language_of(text) == language
