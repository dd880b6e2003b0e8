import pytest

from assist.text.facts import Fact, agrees, find_facts


def only(text: str) -> Fact:
    facts = find_facts(text)
    assert len(facts) == 1, facts
    return facts[0]


@pytest.mark.parametrize(
    ("text", "kind", "low", "high", "unit"),
    [
        ("3天", "duration", 72, 72, "hour"),
        ("两三天", "duration", 48, 72, "hour"),
        ("3至7个工作日", "duration", 3, 7, "workday"),
        ("1–3 个工作日", "duration", 1, 3, "workday"),
        ("一年半", "duration", 13_140, 13_140, "hour"),
        ("两个半小时", "duration", 2.5, 2.5, "hour"),
        ("1小时30分", "duration", 1.5, 1.5, "hour"),
        ("30分钟到1小时", "duration", 0.5, 1, "hour"),
        ("7日内", "duration", 168, 168, "hour"),
        ("3 business days", "duration", 3, 3, "workday"),
        ("half an hour", "duration", 0.5, 0.5, "hour"),
        ("7-day return", "duration", 168, 168, "hour"),
        ("twenty-four hours", "duration", 24, 24, "hour"),
        ("within a fortnight", "duration", 336, 336, "hour"),
        ("提前半小时", "duration", 0.5, 0.5, "hour"),
        ("半年到一年", "duration", 4380, 8760, "hour"),
        ("lasts for a year and a half", "duration", 13_140, 13_140, "hour"),
        ("a 4-year-old", "count", 4, 4, "year old"),
        ("下午2到6点", "time", 14, 18, "o'clock"),
        ("5毛一页", "money", 0.5, 0.5, "yuan"),
        ("第20天", "duration", 480, 480, "hour"),
        ("永久有效", "duration", float("inf"), float("inf"), "hour"),
        ("8 in the evening", "time", 20, 20, "o'clock"),
        ("weekends", "date", 6, 7, "weekday"),
        ("八成以上", "percent", 80, 80, "%"),
        ("1米75", "count", 1.75, 1.75, "m"),
        ("350立方米", "count", 350, 350, "m3"),
        ("3个人", "count", 3, 3, "person"),
        ("fifty points", "count", 50, 50, "point"),
        ("7×24小时", "time", 0, 24, "o'clock"),
        ("9:00–18:00", "time", 9, 18, "o'clock"),
        ("晚上8点", "time", 20, 20, "o'clock"),
        ("上午九点半到下午六点", "time", 9.5, 18, "o'clock"),
        ("9am-6pm", "time", 9, 18, "o'clock"),
        ("2026年11月15日", "date", 20261115, 20261115, "date"),
        ("2026-11-15", "date", 20261115, 20261115, "date"),
        ("November 15, 2026", "date", 20261115, 20261115, "date"),
        ("11月1日至11月11日", "date", 1101, 1111, "yearday"),
        ("每月3日", "date", 3, 3, "day of month"),
        ("月底", "date", 31, 31, "day of month"),
        ("次日", "date", 1, 1, "days later"),
        ("周一至周五", "date", 1, 5, "weekday"),
        ("￥1,299.00", "money", 1299, 1299, "yuan"),
        ("3块5", "money", 3.5, 3.5, "yuan"),
        ("12元5角", "money", 12.5, 12.5, "yuan"),
        ("3万元", "money", 30_000, 30_000, "yuan"),
        ("5k元", "money", 5000, 5000, "yuan"),
        ("1-500元", "money", 1, 500, "yuan"),
        ("$20", "money", 20, 20, "usd"),
        ("百分之三十", "percent", 30, 30, "%"),
        ("0.05%", "percent", 0.05, 0.05, "%"),
        ("八五折", "percent", 85, 85, "discount"),
        ("20% off", "percent", 80, 80, "discount"),
        ("10GB", "count", 10_240, 10_240, "MB"),
        ("300M宽带", "count", 300, 300, "Mbps"),
        ("千兆", "count", 1000, 1000, "Mbps"),
        ("5000mAh", "count", 5000, 5000, "mAh"),
        ("6.7英寸", "count", 6.7, 6.7, "inch"),
        ("18岁", "count", 18, 18, "year old"),
        ("twice", "count", 2, 2, "time"),
        ("双倍", "count", 2, 2, "fold"),
        ("每月可改一次", "count", 1, 1, "time"),
        ("400-000-1234", "phone", 0, 0, "4000001234"),
        ("95588", "phone", 0, 0, "95588"),
        ("https://www.Example.com/a/。", "url", 0, 0, "example.com/a"),
        ("X1 Pro", "code", 0, 0, "x1pro"),
        ("IP68", "code", 0, 0, "ip68"),
        ("5G套餐", "code", 0, 0, "5g"),
        ("发送 CXXZ 到", "code", 0, 0, "cxxz"),
    ],
)
def test_a_fact_is_read_in_its_canonical_unit(
    text: str, kind: str, low: float, high: float, unit: str
) -> None:
    fact = only(text)
    assert (fact.kind, fact.unit) == (kind, unit)
    assert (fact.low, fact.high) == pytest.approx((low, high))
    assert text[fact.start : fact.end] == fact.text


@pytest.mark.parametrize(
    "text",
    [
        "一下", "一些", "一般", "统一", "三方", "万一", "十分满意", "第一", "一键", "双卡",
        "双十一", "千万不要", "一直", "一块", "一点", "第3步", "一个问题", "再试一次", "有一天",
        "二次结转", "统一个", "十几天", "几十元", "三星", "一起", "唯一", "之一",
        "1. 打开设置；2. 点击确定",
        "once you submit",
        "八成是物流问题", "上半年", "第二天",
    ],
)  # fmt: skip
def test_numerals_inside_ordinary_words_are_no_facts(text: str) -> None:
    assert find_facts(text) == ()


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("三天", "72小时"),
        ("半年", "6个月"),
        ("一年", "12个月"),
        ("1万元", "10000元"),
        ("三百二十元", "¥320"),
        ("5天", "3-7天"),
        ("1–3 个工作日", "1至3个工作日"),
        ("3 working days", "3个工作日"),
        ("11月15日", "2026年11月15日"),
        ("8折", "20% off"),
        ("1GB", "1024MB"),
        ("5张副卡", "5个副卡"),
        ("晚上8点", "20:00"),
        ("x1pro", "X1 Pro"),
        ("400-000-1234", "4000001234"),
        ("129", "129元"),
    ],
)
def test_the_same_said_differently_agrees(a: str, b: str) -> None:
    assert agrees(only(a), only(b))
    assert agrees(only(b), only(a))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("24小时", "48小时"),
        ("3个工作日", "3天"),
        ("3-5天", "3-7天"),
        ("8天", "3-7天"),
        ("1个月", "30天"),
        ("当天", "次日"),
        ("30%", "30元"),
        ("$20", "20元"),
        ("X1", "X1 Pro"),
        ("5G套餐", "5个"),
        ("3次", "3个"),
        ("11月15日", "2026年11月16日"),
    ],
)
def test_different_facts_disagree(a: str, b: str) -> None:
    assert not agrees(only(a), only(b))


def test_facts_stand_in_reading_order_at_their_place() -> None:
    text = "５G 畅享套餐每月 １２９ 元，含 30GB\u200b 流量，拨打 400-000-1234"
    facts = find_facts(text)
    assert [fact.text for fact in facts] == ["５G", "１２９ 元", "30GB", "400-000-1234"]
    assert all(text[fact.start : fact.end] == fact.text for fact in facts)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("400-000-1234，7×24 小时", ["400-000-1234", "7×24 小时"]),
        ("400-000-1234,7×24 小时", ["400-000-1234", "7×24 小时"]),
        ("有100，200，300元三档", ["100", "200", "300元", "三档"]),
        ("首付1，299元，12期", ["1，299元", "12期"]),
        ("$1,299, 12 months", ["$1,299", "12 months"]),
        ("320元一节", ["320元"]),
        ("The age is 21. Drivers pay $15.", ["21", "$15"]),
    ],
)
def test_a_number_ends_at_a_comma_that_groups_no_thousands(text: str, parts: list[str]) -> None:
    assert [fact.text for fact in find_facts(text)] == parts


def test_the_numbers_of_a_list_have_the_unit_that_ends_it() -> None:
    facts = find_facts("可选3、6、12期")
    assert [(fact.low, fact.unit) for fact in facts] == [(n, "instalment") for n in (3, 6, 12)]


def test_a_little_earlier_is_no_time_of_day() -> None:
    assert find_facts("请早一点到") == ()


def test_a_negation_right_before_is_noted() -> None:
    assert only("不收12元").negated
    assert not only("收12元").negated


@pytest.mark.parametrize("unit", ["1", "一", "a1", "1,", "a-", "1 ", "十万", "1-", "a@", "."])
def test_a_long_run_of_one_thing_does_not_make_the_search_hang(unit: str) -> None:
    found = find_facts(unit * 10_000)
    assert all(0 <= fact.start < fact.end <= len(unit) * 10_000 for fact in found)
