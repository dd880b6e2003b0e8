from collections.abc import Callable

import pytest

from assist.records import Customer, Entry, Question, Turn
from assist.retrieve.profile import agrees, names_profile, profile_of, says
from assist.retrieve.reading import read
from assist.retrieve.rules import RetrievalRules
from assist.text.normalise import fold


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("129套餐没交费几号停", "5G 畅享 129", True),
        ("1299 元的手机", "5G 畅享 129", False),
        ("畅享 59 有多少流量", "5G 畅享 129", False),
        ("老友卡余额0了", "老友卡", True),
        ("钻石会员有哪些权益", "vip", False),
    ],
)
def test_a_value_is_named_whole_or_by_its_last_piece(text: str, value: str, expected: bool) -> None:
    assert says(fold(text), fold(value)) is expected


def test_an_entry_that_names_the_customers_plan_is_noticed(
    make_entry: Callable[..., Entry], rules: RetrievalRules
) -> None:
    question = Question(text="几号停机", customer=Customer(attributes={"套餐": "5G 畅享 129"}))
    profile = profile_of(question, question.text, rules.contrasts)
    ours = read(make_entry("a", "后付费欠费多久停机？", "129套餐没交费几号停"))
    theirs = read(make_entry("b", "预付费卡什么时候停机？"))
    assert (names_profile(ours, profile), names_profile(theirs, profile)) == (1.0, 0.0)
    assert (agrees(ours, profile), agrees(theirs, profile)) == (1.0, -1.0)


def test_what_is_asked_now_outweighs_the_conversation_and_the_record(
    make_entry: Callable[..., Entry], rules: RetrievalRules
) -> None:
    prepaid = read(make_entry("a", "预付费卡什么时候停机？"))
    question = Question(
        text="那预付费的呢",
        conversation=(Turn(role="customer", text="后付费几号停机"),),
        customer=Customer(attributes={"套餐": "5G 畅享 129"}),
    )
    assert agrees(prepaid, profile_of(question, question.text, rules.contrasts)) == 1.0


def test_another_plan_of_the_customers_kind_of_payment_is_not_theirs(
    make_entry: Callable[..., Entry], rules: RetrievalRules
) -> None:
    question = Question(text="流量多少", customer=Customer(attributes={"套餐": "5G 畅享 129"}))
    profile = profile_of(question, question.text, rules.contrasts)
    own = read(make_entry("a", "5G 畅享 129 套餐包含什么？"))
    other = read(make_entry("b", "5G 畅享 59 套餐包含什么？"))
    assert (agrees(own, profile), agrees(other, profile)) == (1.0, -1.0)


def test_an_entry_for_everyone_is_on_no_side(
    make_entry: Callable[..., Entry], rules: RetrievalRules
) -> None:
    question = Question(text="X1 多少钱")
    profile = profile_of(question, question.text, rules.contrasts)
    assert agrees(read(make_entry("a", "怎么在商城下单？")), profile) == 0.0
    assert agrees(read(make_entry("b", "X1 和 X1 Pro 有什么区别？")), profile) == 0.0


def test_a_customer_of_whom_nothing_is_known_changes_nothing(
    make_entry: Callable[..., Entry], rules: RetrievalRules
) -> None:
    profile = profile_of(Question(text="几号停机"), "几号停机", rules.contrasts)
    reading = read(make_entry("a", "后付费欠费多久停机？"))
    assert (names_profile(reading, profile), agrees(reading, profile)) == (0.0, 0.0)


def test_the_tier_is_part_of_the_profile(
    make_entry: Callable[..., Entry], rules: RetrievalRules
) -> None:
    question = Question(text="有哪些权益", customer=Customer(tier="钻石"))
    profile = profile_of(question, question.text, rules.contrasts)
    assert names_profile(read(make_entry("a", "钻石会员有哪些权益？")), profile) == 1.0
