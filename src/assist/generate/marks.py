"""Citation marks such as [1], as models write them."""

import re

_LABEL = r"(?:\^|来源|资料|参考|引用|出处|citation|sources?|passages?|refs?)?\s*[:：]?\s*"
_JOINT = r"\s*(?:[,，、;；\-–~～]|和|and)\s*"
# "按[1]键" names a key on a telephone, not a source.
_KEY = r"(?<![按拨选复])(?<!press )"
MARK = (
    rf"{_KEY}[\[［【〔]\s*{_LABEL}\d{{1,2}}(?:{_JOINT}{_LABEL}\d{{1,2}})*"
    r"\s*(?:†[^\]］】〕]{0,40})?[\]］】〕]"
)
_MARK = re.compile(MARK, re.IGNORECASE)
_NUMBER = re.compile(r"(?P<range>[\-–~～])?\s*(?P<number>\d{1,2})")
_SIGN = 0xE000
"""Private characters stand for the numbers while a line is cut into sentences."""
_SIGNS = re.compile(rf"\s*[{chr(_SIGN)}-{chr(_SIGN + 99)}]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")


def signed(line: str) -> str:
    """Return the line with each mark turned into one private character a number."""
    return _MARK.sub(
        lambda match: "".join(chr(_SIGN + n) for n in _numbers(match[0])), _PRIVATE.sub("", line)
    )


def unsigned(text: str) -> tuple[str, tuple[int, ...]]:
    """Return the text without the private characters, and the numbers they stood for."""
    numbers = {ord(sign[0][-1]) - _SIGN for sign in _SIGNS.finditer(text)}
    return _SIGNS.sub("", text).strip(), tuple(sorted(numbers))


def leading(text: str) -> int:
    """Return how long the run of private characters is that a text begins with."""
    end = 0
    while match := _SIGNS.match(text, end):
        end = match.end()
    return end


def _numbers(mark: str) -> list[int]:
    numbers: list[int] = []
    for match in _NUMBER.finditer(mark):
        number = int(match["number"])
        if match["range"] and numbers:
            numbers += range(numbers[-1] + 1, number)
        numbers.append(number)
    return numbers
