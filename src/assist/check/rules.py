"""All that the checks are judged by, compiled once and replaced as a whole."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from assist.check.contrast import Contrasts, GroundingFile, compile_contrasts
from assist.check.hedges import Hedges, UncertaintyFile, compile_hedges
from assist.check.pledges import Pledges, PromisesFile, compile_pledges
from assist.check.sense import SenseLine
from assist.check.things import Things, ThingsFile, compile_things
from assist.check.turned import Turns, compile_turns
from assist.check.word_list import (
    BannedWordsFile,
    GlyphsFile,
    PinyinFile,
    read_disguises,
    read_words,
)
from assist.check.wording import FormFile, Wording, compile_wording
from assist.check.words import BannedWords, banned_words
from assist.text.injection import (
    InjectionRules,
    InjectionSign,
    find_injection,
    load_injection_rules,
)
from assist.text.likeness import Likeness, load_likeness
from assist.yaml_file import read_yaml

_KEPT = 2048


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRules:
    banned: BannedWords
    hedges: Hedges
    pledges: Pledges
    wording: Wording
    contrasts: Contrasts
    """Words that shut each other out."""
    turns: Turns
    """Characters that turn a word into its opposite."""
    things: Things
    """What a service speaks of that is of few kinds."""
    sense: SenseLine
    """Tells what is made up from what a source bears out."""
    injection: Callable[[str], tuple[InjectionSign, ...]]
    """Finds orders to the assistant; remembers the texts it saw last, since passages recur."""
    likeness: Likeness

    def with_banned_words(self, words: Iterable[str]) -> "CheckRules":
        """Return these rules with another list of forbidden words."""
        return replace(self, banned=self.banned.replaced_by(words))


def load_check_rules(folder: Path) -> CheckRules:
    """Return the rules of the folder. Raises FileInvalid."""
    listed = read_yaml(folder / "banned_words.yaml", BannedWordsFile)
    disguises = read_disguises(
        listed,
        read_yaml(folder / "pinyin.yaml", PinyinFile),
        read_yaml(folder / "glyphs.yaml", GlyphsFile),
    )
    facing = read_yaml(folder / "grounding.yaml", GroundingFile)
    return CheckRules(
        banned=banned_words(read_words(listed), disguises),
        hedges=compile_hedges(read_yaml(folder / "uncertainty.yaml", UncertaintyFile)),
        pledges=compile_pledges(read_yaml(folder / "promises.yaml", PromisesFile)),
        wording=compile_wording(read_yaml(folder / "form.yaml", FormFile)),
        contrasts=compile_contrasts(facing),
        turns=compile_turns(facing.turns),
        things=compile_things(read_yaml(folder / "grounding_things.yaml", ThingsFile)),
        sense=read_yaml(folder / "grounding_sense.yaml", SenseLine),
        injection=_reader(load_injection_rules(folder)),
        likeness=load_likeness(folder),
    )


def _reader(rules: InjectionRules) -> Callable[[str], tuple[InjectionSign, ...]]:
    @lru_cache(maxsize=_KEPT)
    def read(text: str) -> tuple[InjectionSign, ...]:
        return find_injection(text, rules)

    return read
