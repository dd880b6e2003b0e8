"""What a conversation is about: names said in it that the knowledge base knows, the last ones."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Protocol

import numpy as np

from assist.records import Candidate, Filter, Leg, SearchQuery, Span
from assist.retrieve import phrases
from assist.text.normalise import fold
from assist.text.tokenise import analyse, words

Titles = Callable[[str], Sequence[str]]
"""Gives the phrasings of the knowledge base that hold the words of a text, the best first."""

_TITLES = 4
"""Phrasings that are looked at for one word."""
_NO_VECTOR = np.zeros(0, dtype=np.float32)
"""The lexical leg looks at none."""
_TEXTS = 8
"""What was said before these is no longer meant."""
_MOST = 2
"""Names that are in focus at once: a thing, and what is asked about it."""
_SHORTEST = 3
"""Characters of a Chinese name; two are as often a common noun."""
_LATIN = re.compile(r"[^\W_\u3400-\u9fff]+(?:['’&.-][^\W_\u3400-\u9fff]+)*")
_HAN = re.compile(r"[\u3400-\u9fff]")
_AMOUNT = re.compile(r"[\d.,:/-]+[a-zA-Z]{0,2}")
_COUNT = re.compile(r"[\d一二两三四五六七八九十百千万半几]+个?[年月周天日号点分元块次张岁]?")
_JOINING = frozenset({"and", "of", "the", "de", "la", "le"})
_NEW_SENTENCE = re.compile(r"(?:^|[:.?!：。？！])\W*$")


class Index(Protocol):
    def search(self, leg: Leg, query: SearchQuery, filter: Filter, k: int) -> Sequence[Candidate]:
        """Return the best passages of one leg, best first."""
        ...


def titles_of(index: Index, filter: Filter) -> Titles:
    """Return the phrasings of an index that a filter leaves."""

    def titles(text: str) -> Sequence[str]:
        query = SearchQuery(text=text, terms=analyse(text), vector=_NO_VECTOR)
        found = index.search("lexical_question", query, filter, _TITLES)
        return [candidate.passage.text for candidate in found]

    return titles


def nothing(text: str) -> Sequence[str]:
    """Be the titles of an empty knowledge base."""
    return ()


def in_focus(
    said: Sequence[str], known: Callable[[str], Sequence[str]], titles: Titles
) -> tuple[str, ...]:
    """Return the folded names spoken of last in these texts; ``known`` gives those of each text.

    A name replaces those before it that no phrasing has beside it: things of one kind are asked
    about one by one, a thing and its parts together.
    """
    kept: tuple[str, ...] = ()
    if len(said) == 1:
        return kept
    for text in list(reversed(said))[:_TEXTS]:
        found = [name for name in known(text) if _goes_with(name, kept, titles)]
        kept = (*sorted(found, key=len)[-_MOST:], *kept)[-_MOST:]
        if len(kept) == _MOST:
            break
    return kept


def names_known(text: str, titles: Titles) -> tuple[str, ...]:
    """Return the names in a text that phrasings of the knowledge base have, folded, in its order.

    A name is a run of words that phrasings always write with capitals or with digits, or a longer
    run of Chinese that they share with the text.
    """
    said = fold(text)
    places: dict[str, tuple[int, int]] = {}
    written: Counter[str] = Counter()
    for word in _telling(said):
        for title in titles(word):
            if not _HAN.search(title):
                written.subtract(match[0] for match in _LATIN.finditer(title) if match[0].islower())
            for name in (*_latin_names(title), *_shared(said, fold(title))):
                written[name] += 1
                place = _place(said, name)
                if place is not None:
                    places.setdefault(name, place)
    # One who types without capitals now and then does not make a name a word.
    found = [name for name in places if written[name] > 0]
    whole = [name for name in found if not any(name in other != name for other in found)]
    return tuple(sorted(whole, key=places.__getitem__))


def _telling(said: str) -> Iterator[str]:
    """Yield the words that may be part of a name."""
    for word in dict.fromkeys(span.text for span in words(said)):
        if len(word) >= 2 and phrases.content(word):
            yield word


def _goes_with(name: str, others: Sequence[str], titles: Titles) -> bool:
    new = not any(name in other or other in name for other in others)
    return new and all(together(name, other, titles) for other in others)


def together(name: str, other: str, titles: Titles) -> bool:
    """Return whether a phrasing speaks of both."""
    one, two = fold(name), fold(other)
    folded = (fold(title) for title in titles(f"{one} {two}"))
    return any(one in title and two in title for title in folded)


@lru_cache(maxsize=4096)
def _latin_names(title: str) -> tuple[str, ...]:
    return tuple(_capitalised(title))


def _capitalised(title: str) -> Iterator[str]:
    """Yield runs of words with capitals or digits, folded; that a sentence begins so is no sign."""
    # Among Chinese characters any Latin word stands out.
    chinese = _HAN.search(title) is not None
    run: list[re.Match[str]] = []
    for match in _LATIN.finditer(title):
        stands_out = chinese or _stands_out(match)
        adjoins = bool(run) and not title[run[-1].end() : match.start()].strip()
        if run and not (adjoins and (stands_out or match[0] in _JOINING)):
            yield from _named(run, title)
            run = []
        if run or stands_out:
            run.append(match)
    if run:
        yield from _named(run, title)


def _stands_out(match: re.Match[str]) -> bool:
    return match[0][0].isupper() or any(character.isdigit() for character in match[0])


def _named(run: Sequence[re.Match[str]], title: str) -> Iterator[str]:
    first, last = 0, len(run)
    while last and run[last - 1][0] in _JOINING:
        last -= 1
    while first < last and phrases.is_small(run[first][0]):
        first += 1
    if first == last:
        return
    name = title[run[first].start() : run[last - 1].end()]
    merely_first = (
        last - first == 1
        and not _HAN.search(title)
        and _NEW_SENTENCE.search(title[: run[first].start()])
    )
    if not _AMOUNT.fullmatch(name) and not (merely_first and name[1:].islower()):
        yield fold(name)


def _shared(said: str, title: str) -> Iterator[str]:
    """Yield the longest run of words of a folded title that the text has, if it is Chinese."""
    spans = _words_of(title) if _HAN.search(title) else ()
    best = ""
    for first, start in enumerate(spans):
        for end in spans[first:] if phrases.content(start.text) else ():
            run = title[start.start : end.end]
            if run not in said:
                break
            if phrases.content(end.text):
                best = max(best, run, key=len)
    if len(_HAN.findall(_COUNT.sub("", best))) >= _SHORTEST and phrases.content(best) >= 2:
        yield best


@lru_cache(maxsize=4096)
def _words_of(title: str) -> tuple[Span, ...]:
    """Return the words of a title; those of which names are spoken of are met again and again."""
    return words(title)


def _place(said: str, name: str) -> tuple[int, int] | None:
    # A Latin name must not be a piece of a word; Chinese has no blanks to tell by.
    before = r"(?<![a-z0-9'’])" if name[0].isascii() else ""
    after = r"(?![a-z0-9])" if name[-1].isascii() else ""
    match = re.search(f"{before}{re.escape(name)}{after}", said)
    return None if match is None else match.span()
