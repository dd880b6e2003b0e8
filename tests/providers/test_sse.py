from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.errors import ProviderReplyBad
from assist.providers.sse import EventReader


def read(*chunks: bytes) -> list[str]:
    reader = EventReader()
    return [event for chunk in chunks for event in reader.feed(chunk)] + reader.close()


def test_comments_blank_lines_and_other_fields_are_passed_over() -> None:
    assert read(b": ping\n\n\n\nevent: x\nid: 1\nretry: 5\ndata: {}\n\n") == ["{}"]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_every_line_ending_is_taken(end: bytes) -> None:
    assert read(b"data: 1" + end + end + b"data:2" + end + end) == ["1", "2"]


def test_a_line_ending_may_lie_across_chunks() -> None:
    assert read(b"data: 1\r", b"\n\r", b"\ndata: 2\r", b"\n\r\n") == ["1", "2"]


def test_an_event_may_have_several_data_lines() -> None:
    assert read(b'data: {"a":\ndata: 1}\n\n') == ['{"a":\n1}']


def test_events_without_a_blank_line_between_are_told_apart() -> None:
    assert read(b'data: {"a":1}\ndata: {"a":2}\ndata: [DONE]\n') == ['{"a":1}', '{"a":2}', "[DONE]"]


def test_the_last_event_needs_no_end() -> None:
    assert read(b'data: {"a":1}') == ['{"a":1}']


def test_a_byte_order_mark_is_no_text() -> None:
    assert read(b"\xef\xbb\xbfdata: 1\n\n") == ["1"]


def test_a_line_separator_inside_the_json_is_no_line_end() -> None:
    assert read("data: \u2028\x85\n\n".encode()) == ["\u2028\x85"]


@pytest.mark.parametrize("cut", [b"data: \xe4\xbd", "data: 你好".encode("gbk")])
def test_what_is_not_utf_8_is_no_reply(cut: bytes) -> None:
    with pytest.raises(ProviderReplyBad):
        read(cut)


@given(st.lists(st.integers(0, 60), max_size=8))
def test_events_do_not_depend_on_where_the_bytes_are_cut(cuts: list[int]) -> None:
    whole = ': 在\r\n\r\ndata: {"文": "您好🙂"}\r\n\r\ndata: 二\n\ndata: [DONE]\n\n'.encode()
    edges = sorted({0, len(whole), *(min(cut, len(whole)) for cut in cuts)})
    chunks = [whole[a:b] for a, b in pairwise(edges)]
    assert read(*chunks) == ['{"文": "您好🙂"}', "二", "[DONE]"]
