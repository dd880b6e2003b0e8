"""Everything a message tells about its writer, in one record."""

from collections.abc import Sequence

from assist.records import Customer, Injection, Language, Turn, Understanding
from assist.text.injection import find_injection
from assist.text.language import language_of
from assist.text.likeness import find_likeness
from assist.text.personal import find_personal
from assist.text.vectors import SentenceVectors
from assist.understand.emotion import alert_for, customer_turns, read_mood
from assist.understand.escalation import find_escalation
from assist.understand.rules import UnderstandRules
from assist.understand.scenario import classify

_NOBODY = Customer()


def understand(
    text: str,
    conversation: Sequence[Turn],
    rules: UnderstandRules,
    language: Language,
    *,
    customer: Customer = _NOBODY,
    vectors: SentenceVectors | None = None,
) -> Understanding:
    """Return what the customer feels, asks and risks; reasons and advice are in ``language``.

    Without ``vectors`` only patterns tell an injection.
    """
    spoken = language_of(text)
    mood = read_mood(text, conversation, rules.emotion)
    earlier = customer_turns(text, conversation)
    scenario, question_class = classify(text, earlier, mood.level, rules.scenario)
    return Understanding(
        emotion=mood.emotion,
        alert=alert_for(mood.level, rules.emotion, agent=language, customer=spoken),
        escalate=find_escalation(text, mood, customer, rules, language),
        question_class=question_class,
        scenario=scenario,
        language=spoken,
        pii=find_personal(text),
        injection=_injection(text, rules, language, vectors),
    )


def _injection(
    text: str, rules: UnderstandRules, language: Language, vectors: SentenceVectors | None
) -> Injection:
    signs = find_injection(text, rules.injection)
    alike = find_likeness(text, rules.likeness, "question", vectors) if not signs else None
    reasons = (sign.reason[language] for sign in (*signs, *([alike] if alike else [])))
    told = tuple(dict.fromkeys(reasons))
    return Injection(suspected=bool(told), reasons=told)
