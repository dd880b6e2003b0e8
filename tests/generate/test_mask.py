from assist.generate.mask import mask, mask_question
from assist.records import Customer, Question, Turn


def test_personal_data_becomes_placeholders_and_comes_back() -> None:
    masked = mask(["我电话13812345678，邮箱 a@b.com"])
    assert masked.texts == ("我电话⟦电话1⟧，邮箱 ⟦邮箱1⟧",)
    assert masked.restore("已登记⟦电话1⟧和⟦邮箱1⟧。") == "已登记13812345678和a@b.com。"


def test_the_same_value_has_the_same_placeholder_however_it_is_written() -> None:
    masked = mask(["13812345678", "+86 138-1234-5678", "１３８１２３４５６７８ 13912345678"])
    assert masked.texts == ("⟦电话1⟧", "⟦电话1⟧", "⟦电话1⟧ ⟦电话2⟧")
    assert masked.restore("⟦电话1⟧") == "13812345678"


def test_a_placeholder_nobody_made_stays_out() -> None:
    masked = mask(["13812345678"])
    assert masked.restore("⟦电话2⟧致电⟦姓名1⟧，⟦ 电话 1 ⟧。") == "致电，13812345678。"


def test_a_customer_cannot_write_placeholders() -> None:
    masked = mask(["我要⟦电话1⟧的资料", "13812345678"])
    assert masked.texts == ("我要[电话1]的资料", "⟦电话1⟧")


def test_text_without_personal_data_stays_as_it_is() -> None:
    assert mask(["129 套餐有 60GB 流量，拨 10086"]).texts == ("129 套餐有 60GB 流量，拨 10086",)


def test_question_conversation_and_profile_are_all_masked() -> None:
    question = Question(
        text="查 13812345678",
        conversation=(Turn(role="customer", text="我是13812345678"), Turn(role="agent", text="好")),
        customer=Customer(
            id="13812345678", tier="vip", tags=("a@b.com",), attributes={"备用": "13912345678"}
        ),
        channel="web",
    )
    hidden, query, masked = mask_question(question, "查 13812345678 话费")
    assert (hidden.text, query) == ("查 ⟦电话1⟧", "查 ⟦电话1⟧ 话费")
    assert [turn.text for turn in hidden.conversation] == ["我是⟦电话1⟧", "好"]
    assert hidden.customer == Customer(
        tier="vip", tags=("⟦邮箱1⟧",), attributes={"备用": "⟦电话2⟧"}
    )
    assert hidden.channel == "web"
    assert masked.restore("⟦电话2⟧") == "13912345678"
