"""The lists of rules/banned_words.yaml, and what is known of how characters are disguised."""

from collections.abc import Mapping
from dataclasses import dataclass

from assist.check.readings import Readings
from assist.check.sieve import Codes
from assist.check.variants import Swaps
from assist.records import Language, Severity
from assist.yaml_file import FileModel

_ONSETS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
RIMES = "!#$%&()*+,-./:;<=>?@[]^_{|}~"
"""A syllable is written as an onset and one of these: signs that bare letters never hold."""


_NEAR_ONSETS = {"zh": "z", "ch": "c", "sh": "s", "n": "l"}
_NEAR_RIMES = {"ang": "an", "eng": "en", "ing": "in"}
_NEAR_F = {
    "hu": "fu", "hua": "fa", "hui": "fei", "huan": "fan", "huang": "fan", "hun": "fen",
    "hong": "fen",
}  # fmt: skip
"""What the speakers of the south do not tell apart."""


class WordRule(FileModel):
    word: str
    variants: tuple[str, ...] = ()
    allow: tuple[str, ...] = ()
    """Phrases with the word in them that are harmless."""
    unless_in_text: tuple[str, ...] = ()
    """Words that make it harmless wherever they stand, such as the 第二 after 第一."""
    replacement: str | None = None
    severity: Severity | None = None


class WordGroup(FileModel):
    id: str
    severity: Severity
    reason: dict[Language, str]
    allow: tuple[str, ...] = ()
    unless_before: tuple[str, ...] = ()
    """Words that make the rest of their clause harmless, such as a warning or a denial."""
    unless_in_clause: tuple[str, ...] = ()
    despite: tuple[str, ...] = ()
    """Words that take the excuse of the two lists above away."""
    words: tuple[WordRule | str, ...]


class BannedWordsFile(FileModel):
    version: int
    everyday: str
    """Characters too common as words of their own to stand in for another of the same sound."""
    fillers: str
    """Characters that do not part a word of three or more."""
    radicals: dict[str, str]
    """What people write for a part that is no character of its own."""
    characters: dict[str, tuple[str, ...]]
    """What else may stand for a character than the tables of glyphs.yaml and pinyin.yaml say."""
    stems: dict[str, tuple[str, ...]]
    """What people write for a word, or a part of one, by habit."""
    pictures: dict[str, str]
    """The emoji that stand for a word or its sound."""
    groups: tuple[WordGroup, ...]


class PinyinFile(FileModel):
    version: int
    syllables: dict[str, str]
    """The characters of each toneless syllable."""


class GlyphsFile(FileModel):
    version: int
    alike: str
    """Lines of a character and those that are drawn like it."""
    parts: str
    """Lines of a character and, each after a blank, what it may be taken apart into."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Banned:
    """One forbidden word with what the agent is told about it."""

    word: str
    rule: str
    severity: Severity
    reason: Mapping[Language, str]
    replacement: str | None = None
    variants: tuple[str, ...] = ()
    allow: tuple[str, ...] = ()
    unless_before: tuple[str, ...] = ()
    unless_in_clause: tuple[str, ...] = ()
    unless_in_text: tuple[str, ...] = ()
    despite: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Disguises:
    """What is known about how characters are written and spoken."""

    characters: Swaps
    alike: Mapping[str, str]
    """For each character those drawn like it."""
    stems: Swaps
    readings: Readings
    spelling: Mapping[str, str]
    sounds: Mapping[int, str]
    near: Mapping[int, str]
    """The same, without the differences that many speakers do not make."""
    everyday: frozenset[str]
    fillers: Mapping[int, None]
    """For ``str.translate``."""
    codes: Codes
    near_codes: Codes


def read_words(file: BannedWordsFile) -> tuple[Banned, ...]:
    """Return the words of the file, each with what its group says of all."""
    return tuple(
        Banned(
            word=rule.word,
            rule=group.id,
            severity=rule.severity or group.severity,
            reason=group.reason,
            replacement=rule.replacement,
            variants=rule.variants,
            allow=(*rule.allow, *(phrase for phrase in group.allow if rule.word in phrase)),
            unless_before=group.unless_before,
            unless_in_clause=group.unless_in_clause,
            unless_in_text=rule.unless_in_text,
            despite=group.despite,
        )
        for group in file.groups
        for rule in (
            word if isinstance(word, WordRule) else WordRule(word=word) for word in group.words
        )
    )


def read_disguises(file: BannedWordsFile, pinyin: PinyinFile, glyphs: GlyphsFile) -> Disguises:
    """Return the tables that make variants of any word, configured or not."""
    spelling = {
        character: syllable
        for syllable, characters in pinyin.syllables.items()
        for character in characters
    }
    signs = (onset + rime for onset in _ONSETS for rime in RIMES)
    code = dict(zip(pinyin.syllables, signs, strict=False))
    sounds = {ord(character): code[syllable] for character, syllable in spelling.items()}
    near = {
        ord(character): code.get(_near(syllable), code[syllable])
        for character, syllable in spelling.items()
    }
    parts = {line[0]: tuple(line.split()[1:]) for line in glyphs.parts.splitlines()}
    characters = {
        character: (*file.characters.get(character, ()), *parts.get(character, ()))
        for character in dict.fromkeys((*file.characters, *parts))
    }
    return Disguises(
        codes=Codes(sounds, file.fillers),
        near_codes=Codes(near, file.fillers),
        characters={
            character: _with_radicals(options, file.radicals)
            for character, options in characters.items()
        },
        alike={line[0]: line[1:] for line in glyphs.alike.splitlines()},
        stems=file.stems,
        readings=Readings(pinyin.syllables, file.pictures),
        everyday=frozenset(file.everyday + file.fillers),
        fillers=dict.fromkeys(map(ord, file.fillers)),
        spelling=spelling,
        sounds=sounds,
        near=near,
    )


def _near(syllable: str) -> str:
    """Return the syllable that stands for all those that sound nearly like it."""
    syllable = _NEAR_F.get(syllable, syllable)
    for onset, other in _NEAR_ONSETS.items():
        if syllable.startswith(onset):
            syllable = other + syllable.removeprefix(onset)
            break
    for rime, other in _NEAR_RIMES.items():
        if syllable.endswith(rime) and not syllable.endswith("iang"):
            return syllable.removesuffix(rime) + other
    return syllable


def _with_radicals(options: tuple[str, ...], radicals: Mapping[str, str]) -> tuple[str, ...]:
    """Return the options, and those with radicals also as people write them apart."""
    plain = str.maketrans(dict(radicals))
    return tuple(dict.fromkeys((*options, *(option.translate(plain) for option in options))))
