"""A link leads only to where a source leads."""

from collections.abc import Callable

import pytest

from assist.records import Finding

Judge = Callable[..., tuple[Finding, ...]]
SOURCE = {1: "官网 https://www.good.com/ 查看"}


@pytest.mark.parametrize(
    "text",
    [
        "请访问 https://evil.com/x",
        "详见[官网](http://evil.com)",
        "![a](https://evil.com/a.png?d=1)",
        "<a href=//evil.com>x</a>",
        "<img src=https://evil.com/a onerror=1>",
        "www.evil.com",
        "evil.com",
        "[a]: http://evil.com",
        "<https://evil.com>",
        "javascript:alert(1)",
        "data:text/html;base64,xxx",
        "http://good.com@evil.com/",
        "https://good.com.evil.com",
        "ｅｖｉｌ．ｃｏｍ",
        "hxxp://evil[.]com/a",
        "1.2.3.4:8080/a",
        "t.cn/abc",
        "https:\\\\evil.com",
        "https://еvil.com",
    ],
)
def test_a_link_to_elsewhere_blocks(judge: Judge, text: str) -> None:
    assert {finding.severity for finding in judge("link", text, passages=SOURCE)} == {"block"}


@pytest.mark.parametrize(
    "text",
    [
        "https://good.com/abc",
        "www.good.com",
        "请看 GOOD.com/help",
        "版本3.5.2 已发布",
        "请写信到 a@evil.com",
        "node.js 和 file.txt",
        "价格12.50元",
        "OK.Tom will call",
    ],
)
def test_what_a_source_names_or_is_no_link_is_left_alone(judge: Judge, text: str) -> None:
    assert judge("link", text, passages=SOURCE) == ()
