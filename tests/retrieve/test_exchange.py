import pytest

from assist.retrieve.exchange import exchanged, without

KNOWN = (
    "毛衣可以机洗吗？",
    "羽绒服可以机洗吗？",
    "境外转账要手续费吗？",
    "5G 畅享 199 套餐可以办副卡吗？",
    "主卡销户后副卡怎么办？",
    "How do I close my credit card?",
    "How do I close my savings account?",
)


def titles(text: str) -> list[str]:
    return [title for title in KNOWN if any(word in title for word in text.split())]


@pytest.mark.parametrize(
    ("topic", "part", "expected"),
    [
        ("羽绒服可以机洗吗", "毛衣", "毛衣可以机洗吗"),
        ("跨行转账要手续费吗", "境外", "境外转账要手续费吗"),
        ("主卡停机副卡还能用吗", "主卡销户", "主卡销户副卡还能用吗"),
        ("How do I close my savings account?", "credit card", "How do I close my credit card?"),
        ("后付费欠费多久停机", "预付费", "预付费欠费多久停机"),
        ("300M宽带多少钱", "500M", "500M宽带多少钱"),
    ],
)
def test_a_counterpart_is_replaced(topic: str, part: str, expected: str) -> None:
    assert exchanged(topic, part, titles) == expected


@pytest.mark.parametrize(
    ("topic", "part"),
    [("畅享 199 套餐里面有什么", "副卡"), ("羽绒服可以机洗吗", "火星"), ("毛衣可以机洗吗", "毛衣")],
    ids=["goes with it", "unknown", "the same"],
)
def test_nothing_is_replaced_by_what_goes_with_it_or_is_unknown(topic: str, part: str) -> None:
    assert exchanged(topic, part, titles) is None


def test_what_is_taken_back_leaves_the_topic() -> None:
    assert without("订单地址填错了", "改地址") == "订单填错了"
