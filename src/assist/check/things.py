"""Things of few kinds that a draft names and no source has: papers, bodies, ways, extents."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from assist.check.agreement import denies
from assist.check.sources import folded
from assist.records import Span
from assist.text.normalise import fold
from assist.yaml_file import FileModel

# What says after a thing that it is not asked for or granted: 户口本不用带, cash is not accepted.
_SPARED = re.compile(
    r"不(?:需|用|必|要|可|能|行|支持|接受|收)|无需|免[带交提]|n't(?![a-z])|(?<![a-z])not(?![a-z])"
)
# What asks it of the customer: 请立即报案, please report it right away.
_ASKED = re.compile(r"请(?![求假勿])|麻烦|记得|务必|建议|(?<![a-z])(?:please|should|must)(?![a-z])")


class ThingRule(FileModel):
    words: tuple[str, ...]
    also: tuple[str, ...] = ()


class KindRule(FileModel):
    id: str
    any: tuple[str, ...] = ()
    granted: bool = False
    things: tuple[ThingRule, ...]


class ThingsFile(FileModel):
    version: int
    kinds: tuple[KindRule, ...]


@dataclass(frozen=True, slots=True)
class _Thing:
    told: re.Pattern[str]
    """What of a source has it."""
    granted: bool


@dataclass(frozen=True, slots=True, eq=False)
class Things:
    pattern: re.Pattern[str]
    """All the words that are looked for, the longest first."""
    by_word: Mapping[str, _Thing]


def compile_things(file: ThingsFile) -> Things:
    """Return the things made ready for search."""
    by_word = {
        fold(word): _Thing(_any_of([*thing.words, *thing.also, *kind.any]), kind.granted)
        for kind in file.kinds
        for thing in kind.things
        for word in thing.words
    }
    return Things(pattern=_any_of(by_word), by_word=by_word)


def untold(clause: Span, known: str, things: Things) -> Iterator[Span]:
    """Yield the things that a draft's clause names and the folded text ``known`` has not.

    Nothing is said of what the clause denies, 不需要户口本, nor of haste that it only asks for.
    """
    text = folded(clause.text)
    if len(text) != len(clause.text):
        return
    for match in things.pattern.finditer(text):
        thing = things.by_word.get(match[0]) or things.by_word[match[0].removesuffix("s")]
        before = text[: match.start()]
        denied = denies(before) or _SPARED.search(text, match.end())
        asked = thing.granted and _ASKED.search(before)
        if not (denied or asked or thing.told.search(known)):
            start, end = match.span()
            yield Span(
                start=clause.start + start, end=clause.start + end, text=clause.text[start:end]
            )


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(_form(fold(word)) for word in sorted(words, key=len, reverse=True)))


def _form(word: str) -> str:
    if not word.isascii():
        return re.escape(word)
    return rf"(?<![a-z]){re.escape(word)}s?(?![a-z])" if word[-1].isalpha() else re.escape(word)
