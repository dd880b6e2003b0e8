import pytest

from assist.text.personal import find_personal


def found(text: str) -> list[tuple[str, str]]:
    return [(pii.type, text[pii.start : pii.end]) for pii in find_personal(text)]


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("phone", "13800138000"),
        ("phone", "１３８００１３８０００"),
        ("phone", "138-0013-8000"),
        ("phone", "138 0013 8000"),
        ("phone", "+86 138 0013 8000"),
        ("phone", "008613800138000"),
        ("phone", "1 3 8 0 0 1 3 8 0 0 0"),
        ("phone", "138\u200b0013\u200b8000"),
        ("phone", "一三八零零一三八零零零"),
        ("phone", "幺三八 零零一三 八零零零"),
        ("phone", "13八0013八000"),
        ("phone", "138/0013/8000"),
        ("id_card", "一一零一零五一九四九一二三一零零二x"),
        ("id_card", "11010519491231002X"),
        ("id_card", "11010519491231002x"),
        ("id_card", "110105 19491231 002X"),
        ("bank_card", "6222021234567890128"),
        ("bank_card", "6222 0212 3456 7890 128"),
        ("bank_card", "4111-1111-1111-1111"),
        ("landline", "010-62345678"),
        ("landline", "(0755)88886666"),
        ("landline", "0571 8765432 转 8001"),
        ("passport", "E12345678"),
        ("passport", "EA1234567"),
        ("plate", "京A12345"),
        ("plate", "粤B·D12345"),
        ("plate", "沪AD12345"),
        ("plate", "粤Z1234港"),
        ("email", "zhang.san+1@mail.example.com"),
        ("email", "ＺＳ＠ｑｑ．ｃｏｍ"),
        ("address", "杭州市西湖区文三路123号3栋502室"),
        ("address", "阳光小区3栋2单元501室"),
        ("address", "北京市朝阳区建国路88号院5号楼1201"),
        ("address", "Room 502, Building 3, No. 88 Jianshe Road"),
    ],
)
def test_personal_data_is_found_where_it_stands(kind: str, written: str) -> None:
    assert found(f"好的，{written}，谢谢") == [(kind, written)]


@pytest.mark.parametrize(
    "text",
    [
        "12800138000",
        "1380013800",
        "138001380001",
        "客服 400-000-1234，10086，95588",
        "110105194912310021",  # wrong check digit
        "11010519491331002X",  # no such month
        "99010519491231002X",  # no such province
        "6222021234567890129",  # fails Luhn
        "2026111513800138",
        "订单号13800138000",
        "运单号：SF1380013800012",
        "order no. 13800138000",
        "IMEI 860123456789012",
        "110105491231002",  # 15 digits, and nothing says that they are an identity number
        "139.196.123.45",
        "V2.0.135.20240618",
        "兑换码：13800138000",
        "13800138000元",
        "0.13800138000",
        "人民路1号营业厅",
        "3栋",
        "icon@2x.png",
        "138****8000",
        "X1 Pro 12GB+256GB 3999元",
        "0571-12345",
        "2026-11-15 10:30:20",
        "1731628800000",
    ],
)
def test_look_alikes_are_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("end", [".", "。", ", thanks", ".\n", "!"])
def test_an_email_may_end_a_sentence(end: str) -> None:
    assert found(f"Write to me: accounts@heron-travel.co.uk{end}") == [
        ("email", "accounts@heron-travel.co.uk")
    ]


def test_an_old_identity_number_needs_a_word_that_says_so() -> None:
    assert found("身份证号 110105491231002") == [("id_card", "110105491231002")]


@pytest.mark.parametrize(
    ("text", "value"),
    [("护照号码是 P0123456", "P0123456"), ("My passport number is 512345678.", "512345678")],
)
def test_a_foreign_passport_needs_a_word_that_says_so(text: str, value: str) -> None:
    assert found(text) == [("passport", value)]


def test_several_in_a_row_are_told_apart() -> None:
    assert found("11010519491231002X 13800138000 6222021234567890128") == [
        ("id_card", "11010519491231002X"),
        ("phone", "13800138000"),
        ("bank_card", "6222021234567890128"),
    ]
    assert [kind for kind, _ in found("138 0013 8000 139 0013 9000")] == ["phone", "phone"]


def test_an_email_is_no_phone() -> None:
    assert found("13800138000@qq.com") == [("email", "13800138000@qq.com")]


def test_an_address_begins_after_the_word_that_introduces_it() -> None:
    assert found("请寄到文三路123号3栋502室") == [("address", "文三路123号3栋502室")]


def test_long_digits_are_read_quickly() -> None:
    assert found("1" * 50_000) == []
    assert found("a" * 50_000 + "@") == []


def test_a_short_identity_number_needs_a_word_for_it_before() -> None:
    assert found("旧证是15位：330106520817243") == [("id_card", "330106520817243")]
    assert found("共15位：330106520817243") == []


def test_many_separated_digits_do_not_make_the_search_hang() -> None:
    # A search that tried every run from every start would not come back from this one.
    assert find_personal("1 " * 25_000) == ()
