"""Whether a conversation must go to a supervisor, and why."""

from collections.abc import Iterator

from assist.records import Customer, Escalation, Language
from assist.text.normalise import fold
from assist.understand.clauses import Clause, split_clauses
from assist.understand.cues import Match, find_cues, without
from assist.understand.degree import find_negation
from assist.understand.emotion import Mood
from assist.understand.rules import EscalationRule, Thresholds, UnderstandRules


def find_escalation(
    text: str, mood: Mood, customer: Customer, rules: UnderstandRules, language: Language
) -> Escalation:
    """Return the reasons to hand over, each once, in the order of the rules file."""
    said = set(_said(fold(text), rules))
    reasons = tuple(
        rule.reason[language]
        for number, rule in enumerate(rules.escalation.file.rules)
        if _holds(rule, rules.emotion.file.thresholds, mood)
        and (not rule.vip or is_vip(customer, rules))
        and (number in said or not (rule.words or rule.shapes))
    )
    return Escalation(required=bool(reasons), reasons=reasons)


def is_vip(customer: Customer, rules: UnderstandRules) -> bool:
    """Whether the customer's tier begins with one of the words for important customers."""
    tier = fold(customer.tier or "").strip()
    return tier.startswith(tuple(map(fold, rules.escalation.file.vip_tiers)))


def _holds(rule: EscalationRule, thresholds: Thresholds, mood: Mood) -> bool:
    """Whether the customer is as upset as the rule needs."""
    if rule.level is None:
        return True
    least: dict[str, float] = thresholds.model_dump()
    return mood.strength >= least[rule.level]


def _said(text: str, rules: UnderstandRules) -> Iterator[int]:
    """Yield the numbers of the rules whose words the customer means, not merely mentions."""
    grammar = rules.emotion.grammar
    quoted = [match.span() for match in grammar["quoted"].finditer(text)]
    bare = without(text, rules.escalation.plain)
    clauses = split_clauses(text, grammar)
    for match in find_cues(rules.escalation.cues, bare):
        if any(start <= match.start < end for start, end in quoted):
            continue
        clause = next(clause for clause in clauses if match.start < clause.end)
        if _meant(match, clause, bare, rules):
            yield match.group


def _meant(match: Match, clause: Clause, text: str, rules: UnderstandRules) -> bool:
    rule = rules.escalation.file.rules[match.group]
    if not rule.question and rules.escalation.asks_how.search(text, clause.start, clause.end):
        return False
    if (clause.hypothetical and not rule.hypothetical) or (clause.question and not rule.asked):
        return False
    return find_negation(text[clause.start : match.start], rules.emotion.grammar) is None
