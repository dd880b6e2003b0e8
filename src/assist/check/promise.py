"""Commitments that an agent cannot make good."""

import re
from collections.abc import Iterator

from assist.check.context import CheckContext, Surroundings
from assist.check.findings import found
from assist.check.phrases import Match, holds
from assist.check.pledges import PromiseRule
from assist.check.sources import folded
from assist.records import Finding
from assist.text.clauses import asks, conditional, reported
from assist.text.normalise import fold

_DENIED = re.compile(
    r"(?:不|没|没有|未|无法|无|难以|不能|不敢|不会|不可能|不做|不作|并非|并不|不是|别|勿"
    r"|(?<![a-z])(?:not|never|cannot|can't|don't|doesn't|no))"
    r"(?:[^，。我]{0,8}(?<=任何)[^，。我]{0,4})?\s*(?:作出|做出|向您|给您|为您|对您|能|敢|会|可以|完全|轻易|办法|人|any|a|make|give|really"
    r"|always|be able to)*\s*(?:(?:保证|承诺|确保|担保|确定|说|promise|guarantee)[^，。我]{0,4})?$"
)
_PURPOSE = re.compile(
    r"(?:为了?|以便?|从而|旨在|用于|帮助|来|以更好地|to|in order to)\s*(?:更好地?|能)?\s*$"
)
# The customer, or anyone told to do something, is bound; then it is an instruction.
_BINDS_CUSTOMER = re.compile(
    r"(?:请|麻烦|需要?|务必|建议|记得|得|烦请|please|must|你|您"
    r"|you(?!'ll| will|'re going| are going))[^我]{0,4}$"
)
_WE = re.compile(r"我|本店|平台|商家|公司|咱|客服|(?<![a-z])(?:i|we|our)(?![a-z])")
_DUTY = re.compile(r"要(?!求)|得(?!到)|需|记得|注意|小心|have to|need to|must")
_BEARER = re.compile(r"[给为帮让]您$")
# "I never received it" tells what was.
_PAST = re.compile(r"\s*(?:[a-z]{2,12}ed|got|had|saw|was|were|been|sent|went)(?![a-z])")
_LOOK_AHEAD = 10
_LOOK_BACK = 120
_LEAST_QUOTABLE = 4


def promise(context: CheckContext) -> tuple[Finding, ...]:
    """Find commitments, unless denied, conditional, quoted, or made by a cited source as well."""
    return tuple(_findings(context))


def _findings(context: CheckContext) -> Iterator[Finding]:
    pledges = context.rules.pledges
    language = context.agent_language
    for match in pledges.words.find(context.normal):
        around = context.surroundings(match.start, match.end)
        rule = next((r for r in match.values if r and _binds(context, match, around, r)), None)
        if rule is not None and not _sourced(context, match, around):
            shown = context.text[match.start : match.end]
            yield found(
                context,
                "promise",
                rule.id,
                "warn",
                match.start,
                match.end,
                pledges.reason[language].replace("{text}", shown),
                rule.suggestion[language],
            )


def _binds(
    context: CheckContext, match: Match[PromiseRule | None], around: Surroundings, rule: PromiseRule
) -> bool:
    if asks(context.text, around.clause) or context.quoted(match.start, match.end):
        return False
    if _DENIED.search(around.before) or reported(around.before):
        return False
    if conditional(around.whole) or conditional(_sentence_before(context, match.start)):
        return False
    if rule.id == "guarantee" and _PURPOSE.search(around.before):
        return False
    if rule.id in {"guarantee", "certainty"} and _instructs(around):
        return False
    return not rule.needs_result or _results(context, around)


def _sentence_before(context: CheckContext, place: int) -> str:
    claim = context.claim_at(place)
    start = claim.start if claim else place
    return context.text[max(start, place - _LOOK_BACK) : place]


def _instructs(around: Surroundings) -> bool:
    """Whether the customer is told to do something, or is what is talked about."""
    if _WE.search(around.before):
        return False
    if _BINDS_CUSTOMER.search(around.before) and not _BEARER.search(around.before):
        return True
    return _DUTY.match(around.after) is not None


def _results(context: CheckContext, around: Surroundings) -> bool:
    """Whether a result comes next; "for sure" and its like may stand behind it."""
    pledges = context.rules.pledges
    after = around.after if around.after.strip() else around.before
    if _PAST.match(after):
        return False
    ahead = after[:_LOOK_AHEAD] if not after.isascii() else after
    return holds(ahead, pledges.results) and not holds(ahead, pledges.efforts)


def _sourced(context: CheckContext, match: Match[PromiseRule | None], around: Surroundings) -> bool:
    """Whether a source of the sentence says the same with the same words."""
    said = fold(context.text[match.start : match.end]) + around.after
    return len(said) >= _LEAST_QUOTABLE and any(
        said in folded(source) for source in context.sources_at(match.start)
    )
