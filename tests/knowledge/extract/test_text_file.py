import pytest

from assist.knowledge.extract.found import Refused
from assist.knowledge.extract.text_file import decode, plain_text

TEXT = "套餐怎么改？在 APP 里改。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_what_spreadsheets_save_is_read(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


def test_damaged_utf8_is_refused_by_line_and_not_read_as_gbk() -> None:
    content = f"第一行\n{TEXT}".encode()
    with pytest.raises(Refused, match="broken_utf8: 2"):
        decode(content[:-1])


def test_a_page_says_its_own_encoding() -> None:
    page = '<meta charset="windows-1252"><p>It’s 5 €</p>'.encode("cp1252")
    assert "It’s 5 €" in decode(page, is_html=True)
    with pytest.raises(Refused, match="encoding"):
        decode(b'<meta charset="zlib">\xff', is_html=True)


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(Refused, match="encoding"):
        decode(b"\xff\xff\xff")
    with pytest.raises(Refused, match="not_text"):
        plain_text(b"a\x00b")
    assert plain_text(b"a\r\nb\rc") == "a\nb\nc"
