"""What the files rules/emotion.yaml, escalation.yaml and scenarios.yaml say, made ready for use."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from assist.records import Language, QuestionClass, Scenario
from assist.text.injection import InjectionRules, load_injection_rules
from assist.text.likeness import Likeness, load_likeness
from assist.understand.cues import CueGroup, CueIndex, build_cues, compile_shape
from assist.yaml_file import FileModel, read_yaml

Texts = dict[Language, str]
CueKind = Literal[
    "angry", "dissatisfied", "disappointed", "threat", "weak", "positive", "fair", "thanks"
]
Negative = Literal["mild", "clear", "strong"]


class Thresholds(FileModel):
    positive: float = Field(gt=0)
    mild: float = Field(gt=0)
    clear: float
    strong: float

    @model_validator(mode="after")
    def _rise(self) -> "Thresholds":
        if not self.mild < self.clear < self.strong:
            raise ValueError("the thresholds must rise: mild, clear, strong")
        return self


class Energy(FileModel):
    """How much louder marks, capitals and repetition make a message."""

    one_mark: float
    two_marks: float
    many_marks: float
    marks_alone: float
    capitals: float
    capitals_alone: float
    repeated: float
    repeated_alone: float
    asked_again: float
    asked_again_most: float


class Degrees(FileModel):
    """What words of degree and negation make of a cue's weight."""

    intense: float
    light: float
    soft: float
    after: float
    repeat: float
    negated_positive: float
    negated_fair: float
    before_contrast: float
    after_contrast: float
    overcome: float
    in_question: float


class Grammar(FileModel):
    """Regular expressions that tell how a cue is meant."""

    quoted: str
    question: str
    request: str
    hypothetical: str
    tag: str
    asks_how: str
    past: str
    contrast: str
    negation: str
    negation_en: str
    rhetorical: str
    repeated: str
    intense: str
    intense_gap: str
    light: str
    soft: str
    after: str


class EmotionCue(CueGroup):
    kind: CueKind
    weight: float = Field(gt=0)


class AlertRule(FileModel):
    level: Literal["hint", "script", "red"]
    advice: Texts
    script: Texts | None = None


class EmotionFile(FileModel):
    thresholds: Thresholds
    fading: float = Field(gt=0, le=1)
    earlier: tuple[float, ...]
    energy: Energy
    degrees: Degrees
    parts: dict[str, str]
    grammar: Grammar
    plain: CueGroup
    """Harmless words that hold a cue inside, such as 垃圾短信."""
    cues: tuple[EmotionCue, ...]
    alerts: dict[Negative, AlertRule]


class EscalationRule(CueGroup):
    name: str
    reason: Texts
    level: Negative | None = None
    """The rule needs the customer to be at least this upset."""
    vip: bool = False
    """The rule needs an important customer."""
    question: bool = True
    """False: asking for the way is not enough."""
    asked: bool = True
    """False: no question is enough."""
    hypothetical: bool = True
    """False: a supposed case is not enough."""


class EscalationFile(FileModel):
    vip_tiers: tuple[str, ...]
    parts: dict[str, str]
    asks_how: str
    plain: CueGroup
    rules: tuple[EscalationRule, ...]


class WeightedCue(CueGroup):
    weight: float = 1.0


class ScenarioFile(FileModel):
    parts: dict[str, str]
    plain: CueGroup
    least: float
    """A scenario or class below this sum is not taken."""
    upset: dict[Negative, float]
    """What the customer's mood adds to the scenario and class complaint."""
    scenarios: dict[Scenario, tuple[WeightedCue, ...]]
    classes: dict[QuestionClass, tuple[WeightedCue, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class EmotionRules:
    file: EmotionFile
    cues: CueIndex
    plain: CueIndex
    grammar: Mapping[str, re.Pattern[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationRules:
    file: EscalationFile
    cues: CueIndex
    plain: CueIndex
    asks_how: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioRules:
    file: ScenarioFile
    cues: CueIndex
    plain: CueIndex
    labels: tuple[tuple[Scenario | None, QuestionClass | None, float], ...]
    """For each group of ``cues``: the scenario or the class it speaks for, and its weight."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderstandRules:
    emotion: EmotionRules
    escalation: EscalationRules
    scenario: ScenarioRules
    injection: InjectionRules
    likeness: Likeness


def load_understand_rules(folder: Path) -> UnderstandRules:
    """Return the rules of the folder. Raises FileInvalid."""
    return UnderstandRules(
        emotion=_emotion(folder / "emotion.yaml"),
        escalation=_escalation(folder / "escalation.yaml"),
        scenario=_scenario(folder / "scenarios.yaml"),
        injection=load_injection_rules(folder),
        likeness=load_likeness(folder),
    )


def _emotion(path: Path) -> EmotionRules:
    file = read_yaml(path, EmotionFile)
    name = str(path)
    return EmotionRules(
        file=file,
        cues=build_cues(file.cues, file.parts, name=name),
        plain=build_cues([file.plain], file.parts, name=name),
        grammar={
            k: compile_shape(v, file.parts, name=name) for k, v in _grammar(file.grammar).items()
        },
    )


def _grammar(grammar: Grammar) -> dict[str, str]:
    """Return the shapes by name; a run of words of degree must reach the cue itself."""
    shapes: dict[str, str] = grammar.model_dump()
    gap = shapes.pop("intense_gap")
    runs = {
        f"{name}_run": f"(?:{shapes[name]}\\s?){{1,8}}{gap}"
        for name in ("intense", "light", "soft")
    }
    return shapes | runs


def _escalation(path: Path) -> EscalationRules:
    file = read_yaml(path, EscalationFile)
    name = str(path)
    return EscalationRules(
        file=file,
        cues=build_cues(file.rules, file.parts, name=name),
        plain=build_cues([file.plain], file.parts, name=name),
        asks_how=compile_shape(file.asks_how, file.parts, name=name),
    )


def _scenario(path: Path) -> ScenarioRules:
    file = read_yaml(path, ScenarioFile)
    name = str(path)
    groups: list[WeightedCue] = []
    labels: list[tuple[Scenario | None, QuestionClass | None, float]] = []
    for scenario, cues in file.scenarios.items():
        groups += cues
        labels += [(scenario, None, cue.weight) for cue in cues]
    for question_class, cues in file.classes.items():
        groups += cues
        labels += [(None, question_class, cue.weight) for cue in cues]
    return ScenarioRules(
        file=file,
        cues=build_cues(groups, file.parts, name=name),
        plain=build_cues([file.plain], file.parts, name=name),
        labels=tuple(labels),
    )
