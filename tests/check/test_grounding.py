"""What a sentence states must stand in what it cites."""

from collections.abc import Callable

import pytest

from assist.records import Finding

Judge = Callable[..., tuple[Finding, ...]]

PASSAGES = {
    1: "自签收之日起7天内支持无理由退货，商品需保持完好，运费由买家承担。"
    "定制商品不支持退货。质量问题30天内可换货，运费由我们承担。",
    2: "会员有效期为1年，月费29元，会员可享受免费送货。普通用户满99元包邮，不满99元收取8元运费。"
    "客服热线400-800-1234，服务时间9:00-21:00。",
    3: "退款在审核通过后1-3个工作日内原路退回。信用卡支付的退款需要5-7个工作日到账。",
}
WRONG = [
    ("contradiction", 1, "您可以在15天内无理由退货。"),
    ("contradiction", 1, "质量问题7天内可换货。"),
    ("contradiction", 2, "会员有效期为2年。"),
    ("contradiction", 2, "普通用户满199元包邮。"),
    ("contradiction", 2, "客服时间是8:00-21:00。"),
    ("contradiction", 3, "信用卡退款1-3个工作日到账。"),
    ("invented", 1, "新用户注册即送50元优惠券。"),
    ("wrong_citation", 1, "退款1-3个工作日内原路退回。"),
    ("polarity", 1, "定制商品支持退货。"),
    ("polarity", 1, "自签收之日起7天内不支持无理由退货。"),
    ("polarity", 2, "会员送货要收费。"),
    ("unsupported", 1, "我们还提供上门取件，覆盖全国各个城市。"),
    ("unknown_name", 2, "请在“蓝牙设置”里办理会员。"),
]
RIGHT = [
    (1, "自签收之日起七天内支持无理由退货，商品需要保持完好。"),
    (1, "您好，您在签收后168小时内都可以申请无理由退货哦。"),
    (1, "运费需要您自己承担。"),
    (1, "定制的商品是不能退的。"),
    (1, "商品完好的情况下7天内可退。"),
    (2, "会员有效期是一年，每月29元。"),
    (2, "不满99元的话需要8元运费。"),
    (2, "您可以拨打4008001234，早上9点到晚上9点都有人接听。"),
    (3, "信用卡的退款需要五至七个工作日。"),
    (1, "您买的3件商品都可以在7天内退货。"),
    (1, "非常抱歉给您带来不便，我这就帮您核实。"),
    (1, "请问您的订单号是多少？"),
]


@pytest.mark.parametrize(("rule", "n", "text"), WRONG)
def test_what_the_cited_passage_does_not_say_is_found(
    judge: Judge, rule: str, n: int, text: str
) -> None:
    found = judge("grounding", text, (n,), passages=PASSAGES, question="怎么退货？")
    assert rule in [finding.rule for finding in found]


@pytest.mark.parametrize(("n", "text"), RIGHT)
def test_what_it_says_in_other_words_is_left_alone(judge: Judge, n: int, text: str) -> None:
    question = "怎么退货？我买了3件"
    assert judge("grounding", text, (n,), passages=PASSAGES, question=question) == ()


def test_a_contradiction_names_both_values_and_marks_the_drafts(judge: Judge) -> None:
    (finding,) = judge("grounding", "会员月费39元。", (2,), passages=PASSAGES)
    assert finding.text == "39元"
    assert "39元" in finding.message
    assert "29元" in finding.message


def test_a_text_without_sources_is_not_judged(judge: Judge) -> None:
    assert judge("grounding", "月费39元。") == ()


def test_a_draft_without_sources_must_not_state_facts(judge: Judge) -> None:
    found = judge("grounding", "月费39元。", (), decision="abstain")
    assert "invented" in [finding.rule for finding in found]


def test_a_text_of_a_person_may_rest_on_any_passage(judge: Judge) -> None:
    text = "7天内支持无理由退货，退款1-3个工作日内原路退回。"
    assert judge("grounding", text, passages=PASSAGES) == ()


BROADBAND = {
    1: "宽带有三档：300M 50 元/月、500M 80 元/月、1000M 120 元/月，调测费均为 100 元，"
    "满 12 个月退还。129 元及以上套餐可免费使用 300M。打孔每个 50 元，工具书不外借。"
}


@pytest.mark.parametrize(
    "text",
    [
        "调测费都是100元，满12个月退还，129 元以上套餐免费用300M。",
        "另外，129 元及以上的套餐可以免费用 300M 宽带。",
    ],
)
def test_a_value_said_of_its_own_thing_is_no_contradiction(judge: Judge, text: str) -> None:
    assert judge("grounding", text, (1,), passages=BROADBAND) == ()


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("polarity", "工具书可以外借。"),
        ("polarity", "打孔免费。"),
        ("unknown_name", "套餐由招商银行代收费用。"),
    ],
)
def test_what_the_source_denies_prices_or_never_names_is_found(
    judge: Judge, rule: str, text: str
) -> None:
    assert rule in {f.rule for f in judge("grounding", text, (1,), passages=BROADBAND)}


POOL = {
    1: "泳池周一至周五6:30开放，每班不超过12人，新学员首节50元，地下车位10元。"
    "非会员需在开场前2小时内付款，水温26至28度。月卡限本人使用，每月可停卡1次。"
    "咨询400-000-1234，7×24小时，详见 swim.example.com/rules。",
    2: "Orders over $50 ship free. Refunds take 5 business days after we receive the parcel. "
    "A second piece costs $40 when bought online and $60 at the airport. Debit cards are accepted.",
    3: "退款1至3个工作日到账，超过30日的订单打八折，三年期利率2.35%，一年期1.5%。",
}


@pytest.mark.parametrize(
    ("n", "text"),
    [
        (1, "每班不少于12人。"),
        (1, "老学员首节50元。"),
        (1, "地上车位10元。"),
        (1, "非会员需在开场后2小时内付款。"),
        (1, "月卡家人也可以使用。"),
        (1, "每周可停卡1次。"),
        (1, "详见 swim.example.com/price。"),
        (1, "请拨打400-000-4321。"),
        (2, "Orders over $35 ship free."),
        (2, "A second piece costs $60 when bought online."),
        (2, "Refunds take 5 business days before we receive the parcel."),
        (2, "Debit cards are not accepted."),
        (3, "退款2个工作日到账。"),
        (3, "退款1至3个自然日到账。"),
        (3, "三年期利率1.5%。"),
    ],
)
def test_one_changed_word_or_value_is_found(judge: Judge, n: int, text: str) -> None:
    assert judge("grounding", text, (n,), passages=POOL, question="?")


@pytest.mark.parametrize(
    ("n", "text"),
    [
        (1, "每班最多12个人。"),
        (1, "周一到周五早上六点半开放。"),
        (1, "月卡只能本人用，一个月能停一次卡。"),
        (1, "您可以打400-000-1234，全天都有人，规则见 swim.example.com。"),
        (2, "Shipping is free once you spend over $50."),
        (2, "You will be refunded within five working days of the parcel being received."),
        (2, "It is $40 for the second piece if you buy online."),
        (3, "退款最快1个工作日、最慢3个工作日到账。"),
        (3, "超过一个月的订单优惠20%。"),
    ],
)
def test_a_fair_paraphrase_is_left_alone(judge: Judge, n: int, text: str) -> None:
    assert judge("grounding", text, (n,), passages=POOL, question="?") == ()


def test_a_sum_of_the_sources_values_may_be_drawn(judge: Judge) -> None:
    passages = {1: "车辆押金5000元，违章押金2000元。"}
    assert judge("grounding", "一共要交7000元押金。", (1,), passages=passages) == ()
    assert judge("grounding", "一共要交8000元押金。", (1,), passages=passages)


def test_what_another_passage_says_much_better_is_wrongly_cited(judge: Judge) -> None:
    passages = {1: "会员可享受生日礼品和专属客服。", 2: "商品破损时请保留包装并拍照联系售后核实。"}
    text = "商品破损请保留包装并且拍照联系售后。"
    assert [f.rule for f in judge("grounding", text, (1,), passages=passages)] == ["wrong_citation"]
    assert judge("grounding", text, (2,), passages=passages) == ()


def test_ordinary_words_that_a_dictionary_takes_for_names_are_none(judge: Judge) -> None:
    passages = {1: "预约后48小时内有人联系，确认时间。"}
    text = "预约之后48小时内，师傅会联系您确认时间，请放好东西。"
    assert judge("grounding", text, (1,), passages=passages) == ()


def test_a_street_that_no_source_has_is_an_unknown_name(judge: Judge) -> None:
    source = "苏州店在观前街120号，上海店在漕溪北路88号。"
    found = judge("grounding", "苏州店在平江路120号。", (1,), passages={1: source})
    assert ("unknown_name", "平江路") in [(finding.rule, finding.text) for finding in found]
    assert not judge("grounding", "上海店在漕溪北路88号。", (1,), passages={1: source})
