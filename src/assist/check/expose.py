"""A text with every disguise taken off, and the way back to what was written."""

import html
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from opencc import OpenCC

from assist.text.normalise import INVISIBLE, fold, simplify

NONE, SOFT, SYMBOL, BREAK, WALL = range(5)
"""What stood before a letter: nothing visible, a space or light mark, a symbol, a line's end, a
clause's end."""

# Only what can stand inside a word unseen: comments and tags, a link's target, entities, escapes.
_MARKUP = re.compile(
    r"<!--.{0,500}?-->|</?[A-Za-z][^<>]{0,300}>|\]\([^()\s]{0,300}\)"
    r"|&(?:#(?:\d{1,7}|[xX][0-9a-fA-F]{1,6});?|[A-Za-z]{2,31};)|\\u[0-9a-fA-F]{4}",
    re.DOTALL,
)
_BLOCK_TAG = re.compile(r"</?(?:br|p|div|li|ul|ol|tr|td|h[1-6])\b", re.IGNORECASE)
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_WALLS = frozenset("。！？；，!?;,")
_BREAKS = frozenset("\n\r\u2028\u2029\x0b\x0c\x85")
_STOP = re.compile(r"(?<=[A-Za-z])\.\s(?!\.)")
"""The end of an English sentence."""
_LIGHT = frozenset("、·・‧•.-–—_‐‑…:：'\"“”‘’「」『』()（）[]【】<>《》〈〉/／")
_MASKED = re.compile(r"[A-Za-z]![A-Za-z]")
"""A mark drawn for an i, and no end of a clause."""
_REPEAT = re.compile(r"(.)\1+", re.DOTALL)
# Letters of other scripts that are drawn like Latin ones (Unicode TR 39).
_LOOKALIKE = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХавеѕіјкмнорстухһԁԛԝӏѴѵѡьгпҒғҮүԌЬ"
        "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαβεικνορτυχγωημσςϲϳ"
        "ıƖɩℓɑցօսհո"
        "ᎪᏴᏟᎠᎬᏀᎻᎥᏆᎫᏦᏞᎷᏢᏒᏚᎢᏙᎳᎩᏃ"
        "ᗩᗷᑕᗪᗴᖴᕼᒍᒪᗰᑎᑭᖇᔕᑌᐯᗯ᙭ᘔ"
        "ᗅꞴꓐϹⲤꓚᗞꓓⴹϜꓝᏳꓖⲎꓧͿꓙⲔᛕꓗⳐꓡϺⲘᛖꓟⲚꓠՕⵔዐଠⲢꓑⵕƦꓣՏᏕꓢⲦꓔՍሀⴸꛟꓦԜᏔꓪꞳⲬⵝᚷꓫϒⲨᎽꓬꓜƄᏏᑲᖯⲥꮯᏧᑯꓒҽ"
        "ꬵẝքƍᏂͺꙇǀⲒӀⵏᛁռᴑჿഠဝϱⲣգզꭇꭈᴦⲅꮁƽꮪꞟꮩաꮃᕁᕽɣℽყꮓԚԀ",
        "ABESIJKMHOPCTYXabesijkmhopctyxhdqwlVvwbrnFfYyGb"
        "ABEZHIKMNOPTYXabeikvoptuxywnuoscj"
        "ililagouhn"
        "ABCDEGHiIJKLMPRSTVWYZ"
        "ABCDEFHJLMNPRSUVWXZ"
        "ABBCCCDDEFFGGHHJJKKKLLMMMMNNOOOOPPQRRSSSTTUUVVVWWWXXXXXYYYYZbbbbccddde"
        "fffghiilllllnooooppqqrrrrrssuvwwxxyyyzQD",
        strict=True,
    )
)
_TURNED = dict(zip("ɐɔǝɟƃɥᴉɾʞɯɹʇʌʍʎ", "acefghijkmrtvwy", strict=True))
_STYLED = re.compile(
    r"(?:LETTER|SYMBOL LETTER|SMALL CAPITAL|AB)(?: OPEN| SCRIPT| DOTLESS| REVERSED)? ([A-Z])"
    r"(?: WITH .*)?$"
)
# Katakana and strokes that are drawn like Han characters.
_ALSO_HAN = dict(zip("カロエトニハタミー㇐", "力口工卜二八夕三一一", strict=True))
# Unicode's radicals from U+2E80 on; those of Kangxi are folded anyway.
_RADICALS = dict(
    enumerate(
        "冫厂乛乚乙亻冂几刀刂卜㔾小小兀尣尢尣巳幺彑彐忄心扌攵旡旡日月歺母民氵氺灬爫爫丬牛犭王疋罒示礻竹纟纟罓罒网网网"
        "羊羊羊耂肀聿肉臼艹艹艹虎衤覀西见角角讠贝足车辶辶辶阝钅长长长门阜阝雨青韦页风飞食食饣饣首马骨鬼鱼鸟卤麦黄黾齐齐"
        "齿齿龙龙龟龟龟",
        start=0x2E80,
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposed:
    original: str
    text: str
    """Letters, digits and Han only: lower case, simplified, undisguised, repeats collapsed."""
    starts: tuple[int, ...]
    """For each character of ``text``, where its first occurrence begins in ``original``."""
    ends: tuple[int, ...]
    """For each character of ``text``, where its first occurrence ends in ``original``."""
    gaps: tuple[int, ...]
    """For each character of ``text``, what separates it from the one before."""
    counts: tuple[int, ...]
    """How often each character of ``text`` was repeated on the spot."""
    parted: tuple[bool, ...]
    """For each character of ``text``, whether something stood between its repeats."""

    def shouts(self, start: int, end: int) -> bool:
        """Whether a Latin letter of a stretch is written as a capital."""
        written = (self.original[at] for at in self.starts[start:end])
        return any(letter.isupper() for letter in written)

    def segmented(self, *, gapped: bool) -> tuple[str, tuple[int, ...]]:
        """Return the text with repeats (and marks for gaps), and where each character is in it."""
        parts: list[str] = []
        places: list[int] = []
        size = 0
        for character, gap, count in zip(self.text, self.gaps, self.counts, strict=True):
            mark = "" if gap == NONE or not gapped else "，" if gap == WALL else " "
            places.append(size + len(mark))
            parts.append(mark + character * count)
            size += len(mark) + count
        return "".join(parts), (*places, size)


def without(exposed: Exposed, letters: Mapping[int, None]) -> tuple[Exposed, tuple[int, ...]]:
    """Return the text without some letters, and where each letter that is left was."""
    places = tuple(i for i, letter in enumerate(exposed.text) if ord(letter) not in letters)
    befores = (0, *(place + 1 for place in places))
    gaps = (
        max(exposed.gaps[before : place + 1])
        for before, place in zip(befores, places, strict=False)
    )
    return replace(
        exposed,
        text="".join(exposed.text[place] for place in places),
        starts=tuple(exposed.starts[place] for place in places),
        ends=tuple(exposed.ends[place] for place in places),
        gaps=tuple(gaps),
        counts=tuple(exposed.counts[place] for place in places),
        parted=tuple(exposed.parted[place] for place in places),
    ), places


def may_hold_markup(text: str) -> bool:
    """Whether the text has a sign that all markup begins with."""
    return "<" in text or "&" in text or "](" in text or "\\u" in text


def skim(text: str) -> str | None:
    """Return ``expose(text).text`` the fast way, or None for a text with markup."""
    if may_hold_markup(text):
        return None
    return _REPEAT.sub(r"\1", text.translate(_letters()))


def expose(text: str) -> Exposed:
    """Return the undisguised text with its map."""
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    gaps: list[int] = []
    counts: list[int] = []
    parted: list[bool] = []
    gap = NONE
    for piece, kind, start, end in _pieces(text):
        if not piece:
            gap = max(gap, kind)
            continue
        for letter in piece:
            if letters and letters[-1] == letter:
                counts[-1] += 1
                parted[-1] = parted[-1] or gap != NONE
            else:
                letters.append(letter)
                starts.append(start)
                ends.append(end)
                gaps.append(gap)
                counts.append(1)
                parted.append(False)
            gap = NONE
    return Exposed(
        original=text,
        text="".join(letters),
        starts=tuple(starts),
        ends=tuple(ends),
        gaps=tuple(gaps),
        counts=tuple(counts),
        parted=tuple(parted),
    )


def letters_of(text: str) -> str:
    """Return the bare letters of a plain text, repeats kept."""
    return text.translate(_letters())


def _pieces(text: str) -> Iterator[tuple[str, int, int, int]]:
    """Yield the letters behind each character or markup, the kind of gap if none, and the span."""
    table = _letters()
    at = 0
    markup = _MARKUP.finditer(text) if may_hold_markup(text) else iter(())
    for match in markup:
        yield from _plain(text, at, match.start(), table)
        yield from _behind(match, table)
        at = match.end()
    yield from _plain(text, at, len(text), table)


def _plain(
    text: str, start: int, end: int, table: dict[int, str]
) -> Iterator[tuple[str, int, int, int]]:
    for place in range(start, end):
        character = text[place]
        letters = table[ord(character)]
        if letters:
            yield letters, NONE, place, place + 1
        else:
            yield "", _gap_at(text, place), place, place + 1


def _gap_at(text: str, place: int) -> int:
    character = text[place]
    if character == "!" and place and _MASKED.match(text, place - 1):
        return SYMBOL
    if character == "." and _STOP.match(text, place):
        return WALL
    return gap_of(character)


def _behind(match: re.Match[str], table: dict[int, str]) -> Iterator[tuple[str, int, int, int]]:
    token = match[0]
    if token[0] in "<]":
        yield "", BREAK if _BLOCK_TAG.match(token) else NONE, match.start(), match.end()
        return
    shown = html.unescape(token) if token[0] == "&" else chr(int(token[2:], 16))
    for character in shown:
        letters = table[ord(character)]
        yield letters, NONE if letters else gap_of(character), match.start(), match.end()


@cache
def gap_of(character: str) -> int:
    """Return what a character that holds no letter puts between two letters."""
    if character in _WALLS:
        return WALL
    if character in _BREAKS:
        return BREAK
    if _INVISIBLE.match(character) or unicodedata.category(character)[0] == "M":
        return NONE
    if character.isspace() or character in _LIGHT:
        return SOFT
    return SYMBOL


class _Letters(dict[int, str]):
    """What each code point stands for, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = letters = _undisguise(chr(code))
        return letters


@cache
def _letters() -> _Letters:
    return _Letters()


def _undisguise(character: str) -> str:
    if _INVISIBLE.match(character):
        return ""
    if character in _TURNED:
        return _TURNED[character]
    if character in _ALSO_HAN:
        return _ALSO_HAN[character]
    if ord(character) in _RADICALS:
        return _RADICALS[ord(character)]
    base = unicodedata.normalize("NFD", character)[:1]
    character = _LOOKALIKE.get(base, character)
    if not character.isascii():
        digit = unicodedata.digit(character, None)
        if digit is not None:
            return str(digit)
        styled = _STYLED.search(unicodedata.name(character, ""))
        if styled and not unicodedata.name(character).startswith(
            ("CYRILLIC", "GREEK", "FULLWIDTH")
        ):
            return styled[1].lower()
    bare = "".join(_everyday_form(c) for c in fold(character))
    return "".join(c for c in bare if c.isalnum())


def _everyday_form(character: str) -> str:
    """Return an accented Latin letter bare, a Japanese form of a Han character as written here.

    Other scripts keep what their marks mean.
    """
    if character.isascii() or "\u4e00" <= character <= "\u9fff":
        known = character.isascii() or character.encode("gb2312", errors="ignore")
        return character if known else simplify(_from_japanese().convert(character))
    first = unicodedata.normalize("NFD", character)[:1]
    return first if first.isascii() else character


@cache
def _from_japanese() -> OpenCC:
    return OpenCC("jp2t")
