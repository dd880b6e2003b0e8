"""Which scenario a message belongs to and which class of question it is."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from assist.records import QuestionClass, Scenario
from assist.text.normalise import fold
from assist.understand.cues import find_cues, without
from assist.understand.rules import Negative, ScenarioRules

_TURNS = 2
Label = TypeVar("Label", Scenario, QuestionClass)


def classify(
    text: str, earlier: Sequence[str], mood: Negative | None, rules: ScenarioRules
) -> tuple[Scenario, QuestionClass]:
    """Return the scenario and the class of a message; ``earlier`` is newest first.

    A message that names no subject of its own goes on with that of the customer's last turns,
    unless it reports a fault, which is a new subject.
    """
    scenarios, classes = _sums(text, rules)
    upset = rules.file.upset[mood] if mood else 0.0
    question_class = _best(_plus(classes, "complaint", upset), rules.file.classes, rules)
    scenario = _best(_plus(scenarios, "complaint", upset), rules.file.scenarios, rules)
    if scenario is None and question_class != "fault":
        before = (_sums(words, rules)[0] for words in earlier[:_TURNS])
        found = (_best(sums, rules.file.scenarios, rules) for sums in before)
        scenario = next(filter(None, found), None)
    return scenario or "general", question_class or "consult"


def _sums(
    text: str, rules: ScenarioRules
) -> tuple[dict[Scenario, float], dict[QuestionClass, float]]:
    """Return the sum of the weights of the cue groups found, for each label."""
    scenarios: dict[Scenario, float] = {}
    classes: dict[QuestionClass, float] = {}
    bare = without(fold(text), rules.plain)
    for group in {match.group for match in find_cues(rules.cues, bare)}:
        scenario, question_class, weight = rules.labels[group]
        if scenario:
            scenarios[scenario] = scenarios.get(scenario, 0.0) + weight
        if question_class:
            classes[question_class] = classes.get(question_class, 0.0) + weight
    return scenarios, classes


def _plus(sums: Mapping[Label, float], label: Label, weight: float) -> dict[Label, float]:
    return {**sums, label: sums.get(label, 0.0) + weight}


def _best(
    sums: Mapping[Label, float], order: Mapping[Label, object], rules: ScenarioRules
) -> Label | None:
    """Return the label with the largest sum, the first in the file among equals."""
    best = max(order, key=lambda label: sums.get(label, 0.0))
    return best if sums.get(best, 0.0) >= rules.file.least else None
