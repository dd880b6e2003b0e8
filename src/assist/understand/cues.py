"""Find the words and shapes that the rules name, in one pass over a folded text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import ahocorasick

from assist.errors import FileInvalid
from assist.text.normalise import fold
from assist.text.pattern import bounded
from assist.yaml_file import FileModel

_PART = re.compile(r"<(\w+)>(?<!\(\?P)")


class CueGroup(FileModel):
    """Words and regular expressions that mean the same; ``<name>`` in a shape stands for a part."""

    words: tuple[str, ...] = ()
    shapes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    group: int
    """The place of the group among those that the index was built from."""
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CueIndex:
    automaton: ahocorasick.Automaton
    shapes: tuple[tuple[int, re.Pattern[str]], ...]


def build_cues(groups: Sequence[CueGroup], parts: Mapping[str, str], *, name: str) -> CueIndex:
    """Return the groups ready for search. Raises FileInvalid when a shape is not to be used."""
    automaton = ahocorasick.Automaton()
    owners: dict[str, list[int]] = {}
    for number, group in enumerate(groups):
        for word in group.words:
            owners.setdefault(fold(word), []).append(number)
    for word, numbers in owners.items():
        automaton.add_word(word, (len(word), tuple(dict.fromkeys(numbers))))
    automaton.make_automaton()
    shapes = tuple(
        (number, compile_shape(shape, parts, name=name))
        for number, group in enumerate(groups)
        for shape in group.shapes
    )
    return CueIndex(automaton=automaton, shapes=shapes)


def compile_shape(shape: str, parts: Mapping[str, str], *, name: str) -> re.Pattern[str]:
    """Return a shape as a pattern. Raises FileInvalid naming the file and the shape."""
    try:
        return bounded(_PART.sub(lambda match: parts[match[1]], shape))
    except KeyError as error:
        raise FileInvalid(f"{name}: no part is called {error} in the shape {shape!r}") from error
    except ValueError as error:
        raise FileInvalid(f"{name}: the shape {shape!r} is wrong: {error}") from error


def find_cues(index: CueIndex, text: str) -> tuple[Match, ...]:
    """Return every match in folded ``text``, also those inside longer ones, by start."""
    found = [*_words(index, text), *_shapes(index, text)]
    return tuple(sorted(found, key=lambda match: (match.start, -match.end, match.group)))


def apart(matches: Sequence[Match], weights: Sequence[float]) -> tuple[Match, ...]:
    """Return matches that do not overlap, by start: the heavier wins, then the longer.

    ``weights`` holds one weight a group.
    """
    kept: list[Match] = []
    for match in sorted(matches, key=lambda m: (-weights[m.group], m.start - m.end, m.start)):
        if all(match.end <= other.start or other.end <= match.start for other in kept):
            kept.append(match)
    return tuple(sorted(kept, key=lambda match: match.start))


def without(text: str, index: CueIndex) -> str:
    """Return the text with NUL in place of every character that a cue of ``index`` covers."""
    return blanked(text, [(match.start, match.end) for match in find_cues(index, text)])


def blanked(text: str, stretches: Sequence[tuple[int, int]]) -> str:
    """Return the text with NUL in place of every character of the stretches."""
    for start, end in stretches:
        text = text[:start] + "\0" * (end - start) + text[end:]
    return text


def _words(index: CueIndex, text: str) -> Iterator[Match]:
    if not len(index.automaton):
        return
    for last, (length, groups) in index.automaton.iter(text):
        start, end = last + 1 - length, last + 1
        if _cuts_a_word(text, start) or _cuts_a_word(text, end):
            continue
        for group in groups:
            yield Match(group, start, end)


def _shapes(index: CueIndex, text: str) -> Iterator[Match]:
    for group, shape in index.shapes:
        for match in shape.finditer(text):
            if match.end() > match.start():
                yield Match(group, match.start(), match.end())


def _cuts_a_word(text: str, at: int) -> bool:
    """Whether a boundary at ``at`` would fall inside a Latin word or a number."""
    return (
        0 < at < len(text)
        and text[at - 1 : at + 1].isascii()
        and text[at - 1].isalnum()
        and text[at].isalnum()
    )
