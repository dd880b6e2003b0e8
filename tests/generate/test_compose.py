from assist.generate.compose import compose
from assist.records import Sentence


def composed(*texts: str) -> str:
    return compose([Sentence(text=text) for text in texts])


def test_chinese_sentences_follow_each_other_without_a_space() -> None:
    assert composed("您好。", "三天到账。") == "您好。三天到账。"


def test_english_sentences_are_parted_by_a_space() -> None:
    assert composed("Hello.", "It takes 3 days.") == "Hello. It takes 3 days."


def test_steps_stand_on_lines_of_their_own() -> None:
    assert composed("请这样办：", "1. 打开 App；", "2. 点售后。", "谢谢。") == (
        "请这样办：\n1. 打开 App；\n2. 点售后。\n谢谢。"
    )


def test_an_amount_is_no_step_number() -> None:
    assert composed("好的。", "1.5 元一天。") == "好的。1.5 元一天。"


def test_a_line_without_an_end_mark_is_not_run_into_the_next() -> None:
    assert composed("SIM 卡", "虚拟充值", "谢谢。") == "SIM 卡\n虚拟充值\n谢谢。"
