"""A forbidden word is found in every plain disguise, and in every two of them together."""

from collections.abc import Callable
from itertools import product

import pytest

from assist.check.rules import CheckRules
from assist.check.words import BannedWords

WORDS = ("刷单", "加微信", "稳赚不赔", "idiot", "refund scam")
SENTENCES = {True: ("请问", "怎么办？"), False: ("What an ", " this is.")}
CAPITALS = dict(zip("aeiost", "АЕІОЅТ", strict=True))
TRADITIONAL = str.maketrans("刷单赚赔", "刷單賺賠")


def shifted(first: int) -> Callable[[str], str]:
    """Return what writes a letter in the style whose small a is at a code point."""
    return lambda c: chr(first + ord(c) - ord("a")) if "a" <= c <= "z" else c


# What is done to each character: its form, then marks or entities.
LETTERS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "capitals": str.upper,
    "full width": lambda c: chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c,
    "traditional": lambda c: c.translate(TRADITIONAL),
    "circled": shifted(0x24D0),
    "in brackets": shifted(0x249C),
    "bold": shifted(0x1D41A),
    "script": shifted(0x1D4EA),
    "squared": shifted(0x1F130),
    "black squared": shifted(0x1F170),
    "cyrillic": lambda c: CAPITALS.get(c, c),
    "struck": lambda c: c + "\u0336",
    "zalgo": lambda c: c + "\u0301\u0322\u035c",
    "circle around": lambda c: c + "\u20dd",
    "variation selector": lambda c: c + "\ufe0f",
    "decimal": lambda c: f"&#{ord(c)};",
    "padded": lambda c: f"&#{ord(c):07d};",
    "hexadecimal": lambda c: f"&#x{ord(c):x};",
    "bold each": lambda c: f"**{c}**",
    "tag each": lambda c: f"<b>{c}</b>",
    "code each": lambda c: f"`{c}`",
}
# What is put between characters.
BETWEEN = [
    *["", "\u200b", "\u200d", "\u2060", "\ufeff", "\xad", "\u200e", "\u202a\u202c", "\u034f"],
    *["\u3164", "\u180e", "\U000e0061\U000e0062", "\U000e0101"],
    *[" ", "\u3000", "\xa0", "\t", ".", "-", "_", "*", "·", "|", "~", "/", "+", "=", "#", "^"],
    *["…", "、", "—", "'", "(", "【", "@", "%", "..", "->", "❤", "🌸", "👍🏻", "✈️", "🇨🇳"],
    *["</b><b>", "<!-- x -->", "<span>", "&nbsp;", "&shy;", "&zwnj;", "\\", "||", "~~"],
]


@pytest.fixture(scope="module")
def listed(rules: CheckRules) -> BannedWords:
    return rules.with_banned_words(WORDS).banned


@pytest.mark.parametrize("letters", LETTERS)
def test_a_plain_technique_or_two_hide_no_word(listed: BannedWords, letters: str) -> None:
    missed = [
        text
        for word, between in product(WORDS, BETWEEN)
        for before, after in [SENTENCES[not word.isascii()]]
        if (written := between.join(map(LETTERS[letters], word)))
        and not listed.find(text := before + written + after)
    ]
    assert missed == []


@pytest.mark.parametrize("between", BETWEEN)
def test_two_things_between_letters_hide_no_word(listed: BannedWords, between: str) -> None:
    missed = [
        text
        for word, other in product(WORDS, BETWEEN)
        for before, after in [SENTENCES[not word.isascii()]]
        if not listed.find(text := before + (between + other).join(word) + after)
    ]
    assert missed == []


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n", "\u2028", "\x0b", "\x85", "<br>", "\n  "])
@pytest.mark.parametrize("letters", LETTERS)
def test_the_end_of_a_line_hides_no_word(listed: BannedWords, letters: str, end: str) -> None:
    missed = [
        text
        for word in WORDS[:-1]
        for before, after in [SENTENCES[not word.isascii()]]
        for form in [[*map(LETTERS[letters], word)]]
        if not listed.find(text := before + form[0] + end + "".join(form[1:]) + after)
    ]
    assert missed == []


@pytest.mark.parametrize("times", [2, 3, 5])
@pytest.mark.parametrize("letters", LETTERS)
def test_repeats_hide_no_word(listed: BannedWords, letters: str, times: int) -> None:
    missed = [
        text
        for word in WORDS
        for before, after in [SENTENCES[not word.isascii()]]
        if not listed.find(
            text := before + "".join(LETTERS[letters](c) * times for c in word) + after
        )
    ]
    assert missed == []
