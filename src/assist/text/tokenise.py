"""Words: the terms of the lexical index, and ordinary segmentation with offsets."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import accumulate

from rjieba import Jieba

from assist.records import Span
from assist.text.normalise import HAN, fold, simplify

_CJK = f"{HAN}\u3040-\u30ff\u31f0-\u31ff\uac00-\ud7a3"
_CJK_RUN = re.compile(f"[{_CJK}]+")
_WORD = re.compile(f"[^\\W_{_CJK}]+(?:['’.][^\\W_{_CJK}]+)*")
_PARTS = re.compile(r"\d+(?:\.\d+)*|[^\W\d_]+")
# Of the tags of the People's Daily: nouns, and what stands for or before one.
_NOUN = re.compile(r"n.*|vn|j|l|i|b|x")
# What an adjective stands before, and the particle between the two.
_ATTRIBUTED = re.compile(r"n|n[rstz].*|vn|q|l|uj|ul|y")
_NEAR = re.compile(r"[ \-_/+]?")


def analyse(text: str) -> tuple[str, ...]:
    """Return the lexical terms of a text, repeated as often as they occur.

    Words of the search-mode dictionary, single characters and pairs of CJK runs, Latin words and
    codes. Two words also count as one where a hyphen joins them or either has a digit ("x1 pro" as
    "x1pro").
    """
    folded = fold(text)
    terms: list[str] = []
    for run in _CJK_RUN.finditer(folded):
        terms += _cjk_terms(run[0])
    terms += _latin_terms(folded)
    return tuple(terms)


def words(text: str) -> tuple[Span, ...]:
    """Return the words of the text as it is written; white space is no word."""
    tokens: list[tuple[str, int, int]] = _segmenter().tokenize(simplify(text), "default", True)
    return tuple(
        Span(start=start, end=end, text=text[start:end])
        for _, start, end in tokens
        if not text[start:end].isspace()
    )


def word_edges(text: str) -> frozenset[int]:
    """Return where, in the text as it is written, a word of the dictionary begins or ends."""
    pieces: list[str] = _segmenter().cut(simplify(text), False)
    return frozenset(accumulate(map(len, pieces), initial=0))


def names(text: str) -> tuple[str, ...]:
    """Return what the folded text names: nouns of more than one character, and Latin words."""
    tagged: list[tuple[str, str]] = _segmenter().tag(fold(text), True)
    found: list[str] = []
    for word, tag in tagged:
        if _CJK_RUN.fullmatch(word):
            found += [word] if len(word) > 1 and _NOUN.fullmatch(tag) else []
        else:
            found += (term for term in _latin_terms(word) if len(term) > 1 and term[0].isalpha())
    return tuple(dict.fromkeys(found))


def noun_places(text: str) -> frozenset[int]:
    """Return where, in the text as it is written, a noun or a measure word begins."""
    tagged: list[tuple[str, str]] = _segmenter().tag(simplify(text), True)
    ends = accumulate(len(word) for word, _ in tagged)
    return frozenset(
        end - len(word)
        for (word, tag), end in zip(tagged, ends, strict=True)
        if _ATTRIBUTED.fullmatch(tag)
    )


def _cjk_terms(run: str) -> Iterator[str]:
    yield from run
    yield from (run[at : at + 2] for at in range(len(run) - 1))
    yield from (word for word in _segmenter().cut_for_search(run, True) if len(word) > 1)


def _latin_terms(folded: str) -> Iterator[str]:
    before = ""
    before_end = 0
    for match in _WORD.finditer(folded):
        word = match[0].replace("’", "'").removesuffix("'s").replace("'", "")
        yield _singular(word)
        parts = _PARTS.findall(word)
        if len(parts) > 1:
            yield from (part for part in parts if len(part) > 1)
        if before and _NEAR.fullmatch(folded, before_end, match.start()):
            joined = before + word
            hyphened = folded[before_end : match.start()] == "-"
            if hyphened or any(character.isdigit() for character in joined):
                yield joined
        before, before_end = word, match.end()


def _singular(word: str) -> str:
    """Return an English noun without its plural ending (Harman's S-stemmer)."""
    if len(word) < 4 or not word.isascii() or not word.isalpha() or not word.endswith("s"):
        return word
    if word.endswith("ies") and not word.endswith(("eies", "aies")):
        return word[:-3] + "y"
    if word.endswith("es") and not word.endswith(("aes", "ees", "oes")):
        return word[:-1]
    return word if word.endswith(("us", "ss")) else word[:-1]


@cache
def _segmenter() -> Jieba:
    return Jieba()
