"""A text read another way says where each stretch of it was written."""

import pytest

from assist.check.readings import Readings

READINGS = Readings({"jia": "加嘉", "xin": "信馨", "ka": "卡咔"}, {"马": "🐎", "红包": "🧧"})


def read(text: str) -> list[str]:
    return [reading.text for reading in READINGS.of(text, symbols=True, latin=True)]


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("谢谢", []),
        ("加 wifi", []),
        ("扫🐎", ["扫马"]),
        ("我jiaxin", ["我嘉馨"]),
        ("jiaxin", []),
        ("f@ke", ["fake"]),
        ("he11o", ["heiio", "hello"]),
        ("加一下群", ["加群"]),
        ("加🇨🇳群", ["加群"]),
        ("第—", ["第一"]),
        ("发🧧", ["发红包", "发红"]),
        ("@$$", ["ass"]),
        ("F4KE", []),
        ("f4ke-33", []),
    ],
)
def test_emoji_pinyin_and_figures_are_read_as_what_they_stand_for(
    text: str, readings: list[str]
) -> None:
    assert read(text) == readings


def test_a_stretch_of_a_reading_is_found_where_it_was_written() -> None:
    text = "送🧧，jiaxin领"
    _, reading, *_ = READINGS.of(text, symbols=True, latin=True)
    assert reading.text == "送红包，嘉馨领"
    spans = [reading.origin(*span) for span in ((0, 1), (1, 3), (4, 5), (5, 6), (6, 7))]
    assert [text[start:end] for start, end in spans] == ["送", "🧧", "jia", "xin", "领"]
