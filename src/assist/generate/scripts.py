"""The fixed sentences of a conversation, from ``rules/scripts.yaml``."""

from pathlib import Path

from assist.records import Language, Scenario, Sentence, Understanding
from assist.text.sentences import split_sentences
from assist.yaml_file import FileModel, read_yaml


class Wording(FileModel):
    zh: str
    en: str


class Lines(FileModel):
    """One wording a scenario; those that have none of their own use the general one."""

    general: Wording
    product: Wording | None = None
    logistics: Wording | None = None
    after_sales: Wording | None = None
    complaint: Wording | None = None
    promotion: Wording | None = None

    def of(self, scenario: Scenario) -> Wording:
        """Return the wording for a scenario."""
        wording: Wording | None = getattr(self, scenario)
        return wording or self.general


class Calming(FileModel):
    angry: Wording
    """HEAT: hear, empathise, apologise, take action."""
    complaint: Wording
    """LAMA: listen, apologise, make it right, appreciate."""
    dissatisfied: Wording
    disappointed: Wording


class Scripts(FileModel):
    version: int
    opening: Lines
    closing: Lines
    holding: Lines
    """Sent when the knowledge base does not answer."""
    handover: Lines
    """Sent when a supervisor takes over."""
    clarify: Lines
    """Before a clarifying question."""
    calming: Calming


def load_scripts(folder: Path) -> Scripts:
    """Read ``scripts.yaml``. Raises FileInvalid."""
    return read_yaml(folder / "scripts.yaml", Scripts)


def set_phrases(scripts: Scripts) -> frozenset[str]:
    """Return every sentence of the scripts, in both languages."""
    lines = (scripts.opening, scripts.closing, scripts.holding, scripts.handover, scripts.clarify)
    wordings = [getattr(line, name) for line in lines for name in Lines.model_fields]
    wordings += [getattr(scripts.calming, name) for name in Calming.model_fields]
    return frozenset(
        span.text
        for wording in wordings
        if wording is not None
        for text in (wording.zh, wording.en)
        for span in split_sentences(text)
    )


def opening(
    scripts: Scripts, understanding: Understanding, language: Language
) -> tuple[Sentence, ...]:
    """Return the greeting, or for an upset or complaining customer what calms first."""
    calming = _calming(scripts, understanding)
    return _said(calming or scripts.opening.of(understanding.scenario), language)


def closing(
    scripts: Scripts, understanding: Understanding, language: Language
) -> tuple[Sentence, ...]:
    """Return the last sentence of an answer."""
    return _said(scripts.closing.of(understanding.scenario), language)


def holding(
    scripts: Scripts, understanding: Understanding, language: Language
) -> tuple[Sentence, ...]:
    """Return the whole reply for a question that nothing answers; it states no fact."""
    words = scripts.holding.of(understanding.scenario)
    return opening(scripts, understanding, language) + _said(words, language)


def handover(
    scripts: Scripts, understanding: Understanding, language: Language
) -> tuple[Sentence, ...]:
    """Return the whole reply that calms and announces the hand-over."""
    words = scripts.handover.of(understanding.scenario)
    return opening(scripts, understanding, language) + _said(words, language)


def clarifying(
    scripts: Scripts, understanding: Understanding, language: Language, *, question: str
) -> tuple[Sentence, ...]:
    """Return the whole reply that asks the customer which of several things is meant."""
    lead = _said(scripts.clarify.of(understanding.scenario), language)
    return (*lead, Sentence(text=question))


def _calming(scripts: Scripts, understanding: Understanding) -> Wording | None:
    emotion = understanding.emotion
    if emotion.kind == "angry":
        return scripts.calming.angry
    if understanding.scenario == "complaint":
        return scripts.calming.complaint
    if emotion.kind is None or emotion.level == "mild":
        return None
    return (
        scripts.calming.dissatisfied
        if emotion.kind == "dissatisfied"
        else scripts.calming.disappointed
    )


def _said(wording: Wording, language: Language) -> tuple[Sentence, ...]:
    text = wording.zh if language == "zh" else wording.en
    return tuple(Sentence(text=span.text) for span in split_sentences(text))
