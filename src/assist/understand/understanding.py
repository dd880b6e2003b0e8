"""Everything a message tells about its writer, in one record."""

from collections.abc import Mapping, Sequence

from assist.records import Customer, Floats, Injection, Language, Turn, Understanding
from assist.text.injection import find_injection
from assist.text.language import language_of
from assist.text.likeness import find_likeness
from assist.text.personal import find_personal
from assist.understand.emotion import alert_for, customer_turns, read_mood
from assist.understand.escalation import find_escalation
from assist.understand.rules import UnderstandRules
from assist.understand.scenario import classify

_NOBODY = Customer()
_NONE: Mapping[str, Floats] = {}


def understand(
    text: str,
    conversation: Sequence[Turn],
    rules: UnderstandRules,
    language: Language,
    *,
    customer: Customer = _NOBODY,
    vectors: Mapping[str, Floats] = _NONE,
) -> Understanding:
    """Return what the customer feels, asks and risks; reasons and advice are in ``language``.

    ``vectors`` has those of the text's pieces; without them only patterns tell an injection.
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
    text: str, rules: UnderstandRules, language: Language, vectors: Mapping[str, Floats]
) -> Injection:
    signs = find_injection(text, rules.injection)
    alike = find_likeness(text, rules.likeness, "question", vectors) if not signs else None
    reasons = (sign.reason[language] for sign in (*signs, *([alike] if alike else [])))
    told = tuple(dict.fromkeys(reasons))
    return Injection(suspected=bool(told), reasons=told)
