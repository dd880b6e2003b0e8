from dataclasses import dataclass

import pytest

from assist.records import Turn
from assist.retrieve.query import complete


def said(*lines: str) -> tuple[Turn, ...]:
    """Read lines that begin with C (customer) or A (agent)."""
    return tuple(
        Turn(role="customer" if line[0] == "C" else "agent", text=line[2:]) for line in lines
    )


@dataclass(frozen=True)
class Case:
    question: str
    conversation: tuple[Turn, ...]
    query: str


ALONE = ("话费充错了怎么办", "亲情号怎么取消", "X1 Pro 多少钱", "How do I check my data balance?")


@pytest.mark.parametrize("question", ALONE)
def test_a_question_that_stands_alone_is_left_alone(question: str) -> None:
    assert complete(question, said("C 手机没信号怎么办", "A 您先重启手机")) == question


@pytest.mark.parametrize(
    ("question", "query"),
    [
        ("在吗 请问怎么退货", "怎么退货"),
        ("亲，运费谁出？", "运费谁出？"),
        ("你好我的手机没信号了，谢谢", "我的手机没信号了"),
        ("hi, could you tell me how to top up", "how to top up"),
        ("那个，我想问下129怎么改59", "129怎么改59"),
    ],
)
def test_greetings_and_thanks_are_no_part_of_the_query(question: str, query: str) -> None:
    assert complete(question, ()) == query


@pytest.mark.parametrize("question", ["在吗", "你好", "谢谢", "hello"])
def test_a_message_of_nothing_but_greeting_is_kept(question: str) -> None:
    assert complete(question, ()) == question


def test_a_greeting_after_a_question_does_not_become_the_question() -> None:
    assert complete("在吗", said("C 宽带断了怎么报修")) == "宽带断了怎么报修"


def test_short_messages_in_a_row_are_one_question() -> None:
    assert complete("能改59的吗", said("C 在吗", "C 我想问下", "C 我用的129套餐")) == (
        "我用的129套餐 能改59的吗"
    )


def test_a_second_whole_question_is_not_joined_to_the_first() -> None:
    assert complete("话费发票怎么开", said("C 手机没信号怎么办")) == "话费发票怎么开"


def test_the_question_at_the_end_of_the_conversation_counts_once() -> None:
    assert complete("怎么退货", said("C 你好", "C 怎么退货")) == "怎么退货"


@pytest.mark.parametrize(
    "case",
    [
        Case("那要多久", said("C 退货怎么申请", "A 在 APP 里提交"), "退货 要多久"),
        Case("它多少钱", said("C 有没有AX3000路由器", "A 有的"), "AX3000路由器 它多少钱"),
        Case("要收费吗", said("C 我想补办SIM卡", "A 可以在营业厅办理"), "我想补办SIM卡 要收费吗"),
        Case(
            "how long does it take?",
            said("C I want to port my number out", "A Sure."),
            "I want to port my number out how long does it take?",
        ),
    ],
    ids=lambda case: case.question,
)
def test_a_follow_up_that_only_asks_gets_the_topic(case: Case) -> None:
    assert complete(case.question, case.conversation) == case.query


def test_the_topic_reaches_through_several_follow_ups() -> None:
    conversation = said("C 后付费欠费多久停机", "A 25 日停机", "C 那预付费的呢", "A 余额用完即停")
    assert complete("停了要多久恢复", conversation) == "预付费欠费 停机 停了要多久恢复"


def test_a_counterpart_takes_the_place_of_what_it_contrasts_with() -> None:
    assert complete("那预付费的呢", said("C 后付费欠费多久停机", "A 25 日")) == (
        "预付费欠费多久停机"
    )
    assert complete("500M的呢", said("C 300M宽带多少钱", "A 50 元")) == "500M宽带多少钱"


def test_an_addition_without_counterpart_is_put_behind_the_topic() -> None:
    assert complete("那Pro呢", said("C X1充满要多久", "A 45 分钟")) == "X1充满要多久 Pro呢"


def test_without_a_question_before_the_agents_answer_is_the_topic() -> None:
    assert complete("怎么开通", said("A 您可以开通国际漫游功能")) == (
        "您可以开通国际漫游功能 怎么开通"
    )


def test_a_reply_to_the_agents_question_keeps_the_topic() -> None:
    assert complete("第九天发现的", said("C 手机坏了能退吗", "A 请问什么时候签收的？")) == (
        "手机坏了能退吗 第九天发现的"
    )


def test_a_correction_replaces_what_it_takes_back() -> None:
    assert complete("不是退货，是换货", said("C 手机坏了怎么退货", "A 请在订单里申请")) == (
        "手机坏了怎么换货"
    )


def test_a_correction_that_is_no_question_keeps_the_topic() -> None:
    query = complete("不是这个，我说的是预付费", said("C 欠费多久停机", "A 后付费 25 日停机"))
    assert "预付费" in query
    assert "停机" in query
    assert "不是这个" not in query


def test_a_correction_that_is_a_whole_question_stands_alone() -> None:
    assert complete("不对，我问的是宽带怎么移机", said("C 换地址怎么弄", "A 订单可以改址")) == (
        "宽带怎么移机"
    )


def test_an_announced_change_of_topic_takes_nothing_along() -> None:
    assert complete("对了，流量怎么查", said("C 欠费多久停机", "A 25 日")) == "流量怎么查"


def test_a_drawled_pronoun_before_a_name_points_nowhere() -> None:
    assert complete("那个129套餐有多少流量", said("C 手机没信号", "A 请重启")) == (
        "那个129套餐有多少流量"
    )


def test_invisible_characters_are_dropped() -> None:
    assert complete("怎么\u200b退货\ufeff", ()) == "怎么退货"


@pytest.mark.parametrize(
    ("question", "query"),
    [
        ("说错了，我是问销户", "手机 停机 销户"),
        ("我说的不是停机，是销户", "手机怎么销户"),
        ("不是停机，我想销户", "手机怎么销户"),
        ("啊不是，要销户的", "手机 停机 销户的"),
        ("不对不对，我要的是销户", "手机 停机 销户"),
    ],
)
def test_a_correction_is_understood_however_it_is_made(question: str, query: str) -> None:
    assert complete(question, said("C 手机怎么停机", "A 可以在 APP 里停机")) == query


@pytest.mark.parametrize("question", ["西藏也要吗", "那西藏呢", "西藏的话", "西藏的呢"])
def test_the_same_asked_of_another_thing_takes_its_place(question: str) -> None:
    def titles(text: str) -> tuple[str, ...]:
        known = ("送到新疆要加运费吗？", "送到西藏要加运费吗？")
        return tuple(title for title in known if any(word in title for word in text.split()))

    conversation = said("C 送到新疆要加运费吗", "A 新疆加收 15 元")
    assert complete(question, conversation, titles) == "送到西藏要加运费吗"


def in_a_guide(text: str) -> tuple[str, ...]:
    """Stand in for the phrasings of a guide to two places."""
    known = ("Does the Oak Bistro serve beer?", "Does Villa Rosa serve beer?", "Any parking there?")
    asked = text.lower().split()
    return tuple(title for title in known if any(word in title.lower() for word in asked))


def test_the_place_named_some_turns_ago_is_meant_until_another_is_named() -> None:
    conversation = said(
        "C I am looking for the oak bistro",
        "A It is in the centre, would you like a table?",
        "C for two, tomorrow night",
        "A Booked!",
    )
    question = "do they have a good selection of beer?"
    assert complete(question, conversation, in_a_guide) == f"oak bistro {question}"
    later = (*conversation, *said("C thanks", "A Another option would be Villa Rosa."))
    assert complete(question, later, in_a_guide) == f"villa rosa {question}"


def test_a_place_named_before_a_change_of_topic_is_no_longer_meant() -> None:
    conversation = said("C I am looking for the oak bistro", "A It is in the centre.")
    question = "By the way, do you have parking?"
    assert complete(question, conversation, in_a_guide) == "do you have parking?"


def test_a_question_that_names_its_own_place_gets_no_other() -> None:
    conversation = said("C I am looking for the oak bistro", "A It is in the centre.")
    question = "Does Villa Rosa have beer?"
    assert complete(question, conversation, in_a_guide) == question


@pytest.mark.parametrize("asked", ["X1 Pro 呢", "那 X1 Pro呢？", "5G 畅享 199 呢"])
def test_a_name_with_blanks_in_it_is_asked_about_as_another_one(asked: str) -> None:
    said = (Turn(role="customer", text="X1保修多久"), Turn(role="agent", text="一年。"))
    assert complete(asked, said).startswith("X1保修多久")
