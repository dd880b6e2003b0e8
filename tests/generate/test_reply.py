import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.errors import ProviderReplyBad
from assist.generate.reply import SentenceStream, read_reply
from assist.records import Sentence

CANARY = "c0ffee1234abcd99"
Cited = list[tuple[str, tuple[int, ...]]]


def read(text: str, *, sources: int = 3) -> Cited:
    return pairs(read_reply(text, sources=sources, canary=CANARY))


def pairs(sentences: tuple[Sentence, ...]) -> Cited:
    return [(sentence.text, sentence.citations) for sentence in sentences]


def all_of(pieces: list[Cited]) -> Cited:
    return [sentence for piece in pieces for sentence in piece]


def streamed(*pieces: str) -> list[Cited]:
    """Return what each piece released, and then the end."""
    stream = SentenceStream(sources=3, canary=CANARY)
    return [*(pairs(stream.feed(piece)) for piece in pieces), pairs(stream.close())]


def test_a_line_is_a_sentence_with_its_marks() -> None:
    assert read("您好。\n三天到账。[1]\n运费由您承担[2][3]。") == [
        ("您好。", ()),
        ("三天到账。", (1,)),
        ("运费由您承担。", (2, 3)),
    ]


@pytest.mark.parametrize(
    "mark",
    ["[1][2]", "【1】【2】", "［1］ ［2］", "[1,2]", "[1、2]", "[1-2]", "[^1][^2]",
     "[来源1][来源2]", "[citation:1][citation:2]", "【1†政策】【2】", "[１][２]", "[1](https://x.example/a)[2]"],
)  # fmt: skip
def test_marks_are_read_however_they_are_written(mark: str) -> None:
    assert read(f"三天到账{mark}。") == [("三天到账。", (1, 2))]


def test_a_sentence_without_marks_shares_those_at_the_end_of_its_line() -> None:
    assert read("三天到账。原路退回。[1]谢谢。") == [
        ("三天到账。", (1,)),
        ("原路退回。", (1,)),
        ("谢谢。", ()),
    ]


def test_marks_on_a_line_of_their_own_belong_to_the_sentence_before() -> None:
    assert read("三天到账。\n[2]\n谢谢。") == [("三天到账。", (2,)), ("谢谢。", ())]


def test_a_mark_for_a_source_that_was_not_shown_is_dropped() -> None:
    assert read("三天到账[4]。运费[2][9]。", sources=2) == [("三天到账。", ()), ("运费。", (2,))]


def test_a_key_to_press_is_no_mark() -> None:
    assert read("请拨打热线按[1]键。[2]") == [("请拨打热线按[1]键。", (2,))]


def test_english_sentences_keep_their_spaces_and_decimals() -> None:
    assert read("It costs CNY 5.5 [1]. Refunds take 3 days. [2]") == [
        ("It costs CNY 5.5.", (1,)),
        ("Refunds take 3 days.", (2,)),
    ]


@pytest.mark.parametrize(
    "thought",
    ["<think>想[1]\n第二行</think>", "<THINK>\n</THINK>\n", "先想一想。\n再想。[2]\n</think>\n",
     "<thinking type=x>a</thinking>", "◁think▷a◁/think▷", "<think>a</think><think>b</think>"],
)  # fmt: skip
def test_what_a_model_thinks_aloud_is_left_out(thought: str) -> None:
    assert read(thought + "三天到账。[1]") == [("三天到账。", (1,))]


def test_a_thought_that_never_ends_is_no_reply() -> None:
    with pytest.raises(ProviderReplyBad):
        read("<think>三天到账。[1]")


def test_markdown_labels_and_a_list_of_sources_are_left_out() -> None:
    text = (
        "**回复：** 您好。\n\n### 退款\n- **三天**到账[1]\n> 运费 `12` 元[2]\n---\n来源：[1] 政策"
    )
    assert read(text) == [
        ("您好。", ()),
        ("退款", ()),
        ("三天到账", (1,)),
        ("运费 12 元", (2,)),
    ]


def test_a_list_of_papers_is_no_list_of_sources() -> None:
    assert read("所需资料：身份证。[1]") == [("所需资料：身份证。", (1,))]


def test_a_fenced_reply_is_read() -> None:
    assert read("```text\n三天到账。[1]\n```") == [("三天到账。", (1,))]


@pytest.mark.parametrize(
    "text",
    [
        '{"sentences":[{"text":"三天到账。","citations":[1]},{"text":"谢谢。"}]}',
        '```json\n{"sentences":[{"text":"三天到账[1]。","citations":[]},"谢谢。"]}\n```',
        '[{"text":"三天到账。","citations":["[1]"]},{"text":"谢谢。","citations":[]}]',
        '{"answer":"三天到账。[1]\\n谢谢。"}',
        '<think>{</think>{"text":"三天到账。[1]\\n谢谢。","extra":{}}',
    ],
)
def test_a_reply_in_json_is_read_too(text: str) -> None:
    assert read(text) == [("三天到账。", (1,)), ("谢谢。", ())]
    assert streamed(*text)[-1] == [("三天到账。", (1,)), ("谢谢。", ())]


def test_citations_of_a_whole_json_answer_hold_for_every_sentence() -> None:
    assert read('{"answer":"三天。五天。","citations":[2]}') == [("三天。", (2,)), ("五天。", (2,))]


@pytest.mark.parametrize(
    "text",
    ["NO_ANSWER", "【无答案】", "[无答案]", "无答案。", "**NO_ANSWER**", "No answer.",
     "NO_ANSWER [1]", "<think>x</think>\nNO_ANSWER\n", "很抱歉，资料没有提到。\n【无答案】",
     '{"sentences":[]}', '{"answer":"NO_ANSWER"}'],
)  # fmt: skip
def test_a_model_may_say_that_the_passages_do_not_answer(text: str) -> None:
    assert read(text) == []
    assert all_of(streamed(*text)) == []


def test_the_words_no_answer_in_a_sentence_are_an_answer() -> None:
    assert len(read("There was no answer when the courier called. [1]")) == 1


def test_an_answer_that_takes_itself_back_after_it_was_shown_is_no_reply() -> None:
    with pytest.raises(ProviderReplyBad):
        streamed("三天到账。[1]\n谢谢。", "\nNO_ANSWER")


@pytest.mark.parametrize(
    "text",
    ["", " \n\t\u200b", "[1][2]", "---\n…", "三天\0到账", "三天\ufffd到账。[1]", "三天\ud800",
     "<!DOCTYPE html><title>502</title>", "三天到账。<script>x</script>", "<div", "<p>三天</p>",
     '{"sentences":[{"text":"三天', '{"foo":1}', "好的：\n{\"answer\":\"三天\"}", '{"answer":5}',
     "[" * 5000, '{"a":' * 5000, "<<<abc 资料 [1]\n三天", "三" * 30_000],
)  # fmt: skip
def test_what_cannot_be_a_draft_is_refused(text: str) -> None:
    with pytest.raises(ProviderReplyBad):
        read(text)
    with pytest.raises(ProviderReplyBad):
        streamed(*re.findall(r"[\s\S]{1,900}", text))


@pytest.mark.parametrize(
    "leak",
    [CANARY, CANARY.upper(), "-".join(CANARY), "\n".join(CANARY), "c0ffee1234\u200babcd99"],
)
def test_a_reply_with_the_canary_is_refused_without_quoting_it(leak: str) -> None:
    for pieces in ([f"标记是 {leak}。"], list(f"标记是 {leak}。")):
        with pytest.raises(ProviderReplyBad) as error:
            streamed(*pieces)
        assert "c0ffee" not in error.value.message


def test_line_breaks_in_html_are_line_breaks() -> None:
    assert read("一天。[1]<br/>两天。[2]") == [("一天。", (1,)), ("两天。", (2,))]


def test_invisible_characters_are_left_out() -> None:
    assert read("三\u200b天\u202e到账。[1]") == [("三天到账。", (1,))]


# -- streaming -----------------------------------------------------------------------------------


def test_a_sentence_is_given_as_soon_as_its_marks_are_whole() -> None:
    given = streamed("三天到账。", "[1", "]", "[2]", "\n", "运费由", "您承担[3]。谢", "谢")
    assert given[4] == [("三天到账。", (1, 2))]
    assert given[6] == [("运费由您承担。", (3,))]
    assert given[-1] == [("谢谢", ())]
    assert sum(map(len, given)) == 3


def test_a_thought_whose_tags_are_cut_is_never_given() -> None:
    given = streamed("<th", "ink>想好了。[1]\n", "嗯。[2]\n</thi", "nk", ">三天到账。[1]\n", "好。")
    assert [each for each in given if each] == [[("三天到账。", (1,))], [("好。", ())]]


def test_a_thought_without_an_opening_tag_spoils_what_was_given_of_it() -> None:
    with pytest.raises(ProviderReplyBad, match="aloud"):
        streamed("客户问退款。[1]\n看资料。\n", "</think>三天到账。[1]")


def test_a_less_than_sign_does_not_hold_the_rest_back() -> None:
    given = streamed("流量<5GB 时", "限速。[1]\n好")
    assert given[1] == [("流量<5GB 时限速。", (1,))]


REPLY = (
    "<think>先看[1]。\n再答</think>\n回复：您好，**很抱歉**。\r\n三天到账[1]。运费12.5元，"
    "由我们承担。【2】\n\n[3]\n1. 打开 App。[1]2. 点“售后”。[来源2] [3]\n"
    "详见 https://a.example/x。\n来源：[1]\nThanks. [1]"
)


@given(st.lists(st.integers(0, len(REPLY)), max_size=12))
def test_a_stream_says_the_same_as_the_whole_wherever_it_is_cut(cuts: list[int]) -> None:
    edges = sorted({0, len(REPLY), *cuts})
    pieces = [REPLY[start:end] for start, end in pairwise(edges)]
    assert all_of(streamed(*pieces)) == read(REPLY)


@given(st.text(alphabet='三天。[1]【2】\n <think/>*#`|{}"NO_ANSWER:：', max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        sentences = read(text)
    except ProviderReplyBad:
        return
    for words, citations in sentences:
        assert words.strip() == words != ""
        assert set(citations) <= {1, 2, 3}
        assert "think>" not in words
