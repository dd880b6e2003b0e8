"""The question to ask back when two entries fit and the customer has not said which."""

from collections.abc import Iterator, Sequence

from assist.records import Clarify, Hit, Language, Question
from assist.retrieve.contrast import Condition, condition_between, shows
from assist.retrieve.rules import ClarifyRules, RetrievalRules
from assist.text.language import language_of
from assist.text.normalise import fold

_MOST_OPTIONS = 4


def clarify(
    hits: Sequence[Hit], question: Question, query: str, rules: RetrievalRules
) -> Clarify | None:
    """Return a question naming the condition in which the best hits differ, with its options.

    None when one hit leads, when the hits differ in more than a condition, or when the question,
    the conversation or the customer's record shows which one it is.
    """
    if not hits:
        return None
    language = _language(question)
    known = _known(question, query)
    name: str | None = None
    options: list[str] = []
    chance = hits[0].score
    for hit, condition in _differing(hits, rules, language):
        if _is_known(condition, known):
            return None
        name = condition.name
        chance += hit.score
        options += [_label(side, language) for side in (condition.first, condition.second)]
    different = tuple(dict.fromkeys(options))[:_MOST_OPTIONS]
    if len(different) < 2 or chance < rules.clarify.floor:
        return None
    return _ask(name, different, rules, language)


def _differing(
    hits: Sequence[Hit], rules: RetrievalRules, language: Language
) -> Iterator[tuple[Hit, Condition]]:
    """Yield the hits that differ from the first in one condition, the same for all.

    The first of them ties with it; once there is something to ask, every side that was found is
    offered.
    """
    first = hits[0]
    least = min(rules.clarify.tie, rules.clarify.tie_unnamed) * first.score
    asked: Condition | None = None
    for hit in hits[1:]:
        if asked is None and hit.score < least:
            return  # nor will a later one tie
        condition = condition_between(
            first.entry, hit.entry, rules.contrasts, alike=rules.clarify.alike, language=language
        )
        if condition is None or (asked is not None and condition.name != asked.name):
            continue
        ties = hit.score >= _least(condition, rules.clarify) * first.score
        if ties or (asked is not None and asked.name is not None):
            asked = condition
            yield hit, condition


def _least(condition: Condition, rules: ClarifyRules) -> float:
    """Return how likely, against the first hit, another must be to tie with it."""
    return rules.tie_unnamed if condition.name is None else rules.tie


def _is_known(condition: Condition, known: str) -> bool:
    return shows(known, condition.first) or shows(known, condition.second)


def _known(question: Question, query: str) -> str:
    """Return all that was said and is on record, folded."""
    customer = question.customer
    turns = (turn.text for turn in question.conversation)
    record = (*customer.attributes.values(), *customer.tags, customer.tier or "")
    return fold("\n".join((question.text, query, *turns, *record)))


def _label(side: Sequence[str], language: Language) -> str:
    """Return the word for a side of a condition, in the language if there is one."""
    latin = (word for word in side if word.isascii())
    return next(latin, side[0]) if language == "en" else side[0]


def _ask(
    name: str | None, options: tuple[str, ...], rules: RetrievalRules, language: Language
) -> Clarify:
    listed = (" / " if language == "en" else "、").join(options)
    if name is None:
        text = rules.clarify.question_unnamed[language].format(options=listed)
    else:
        text = rules.clarify.question[language].format(condition=name, options=listed)
    return Clarify(question=text, options=options)


def _language(question: Question) -> Language:
    return language_of(question.text) if question.language == "auto" else question.language
