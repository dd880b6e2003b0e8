"""Words that leave the customer in doubt, weighed by what they hedge."""

import re
from collections.abc import Iterator

from assist.check.clauses import asks, conditional, reported
from assist.check.context import CheckContext, Surroundings
from assist.check.findings import found
from assist.check.hedges import HedgeRule
from assist.check.phrases import Match, ends_with, holds, starts_with
from assist.check.sources import folded
from assist.records import Finding, Severity
from assist.text.normalise import fold

_WEIGHTY_FACTS = frozenset({"money", "percent", "duration", "date", "time", "count"})
_CUSTOMER = re.compile(
    r"(?:您|你|客户|用户|顾客|买家)(?!的)[^的我]{0,4}$|(?<![a-z])you(?:'re| are| were)?\s*$"
)
_NUMERAL = r"[\d一二两三四五六七八九十百千万半几数¥$￥]"
_NUMBER_NEXT = re.compile(
    r"\s*(?:是|需要?|要|会|有|在|为|得|花费?|等|能|用|for|at|in)?\s*"
    rf"(?:(?!一(?:样|起|直|般|致|定|下|些)){_NUMERAL}"
    r"|(?:an? (?:few |couple |half|day|week|month|hour|year|minute)|half|several|one|two|three|four"
    r"|five|six|seven|eight|nine|ten|twelve|twenty|thirty)(?![a-z]{3}))"
)
_NUMBER_BEFORE = re.compile(rf"{_NUMERAL}\s?[^\d\s，。]{{0,4}}$")
_ADVICE = re.compile(r"您|你|请|我们|咱|先|一起")
# 应该 infers when a state, an ability or a completed act comes next, and obliges when a person is
# told what to do. The first list holds for any subject, the second only for things.
_INFERRED = re.compile(
    r".{0,3}?(?:会|(?<!才)能|(?<!才)可以|是(?!否)|已|收到|到账|到了|快|没|不会|不用|不是|不能|够|看到|属于)"
)
_STATE = re.compile(r".{0,3}?(?:在|有|到|就|还|都|马上|差不多|为|退|发|送|寄|修|恢复|好|无)")
_COMPLETED = re.compile(r"[了吧啦的]$")
_PERSON = re.compile(r"您|你|我|咱|商家|卖家|买家|顾客|客户|用户|客服|快递员|双方|大家|人")
_COMMAND = re.compile(
    r"先|要|注意|避免|按|怎|如何|带|携|提前|尽|立即|及时|首先|谨慎|选择|使用|检查|确保"
)
_RULED = re.compile(r"规定|依法|按照|根据|理应|必须")
_DUE = re.compile(r"[在于]?.{0,10}(?:以?内|之?前|以前|时)(?!.{0,3}[会能可])")
_ENGLISH_DUTY = re.compile(
    r"(?<![a-z])(?:you|we|i|they|everyone|(?:customer|user|passenger|guest|student|patient|member"
    r"|travell?er|visitor|applicant|tenant|buyer|seller|parent|driver|owner|holder|client|child)s?"
    r"|children|people)\s*(?:also|always)?\s*$"
)
_ENGLISH_INFERRED = re.compile(
    r"\s*(?:be(?!\s+(?:sure|careful|aware|used|kept|happy|glad|able to help))"
    r"|have|receive|see|get|find|hear|work|take|cost|now|soon)"
)
_SHOULD = "应该"
_FEW_CHARACTERS = 5
_LOOK_BACK = 16
_LEAST_QUOTABLE = 6


def uncertainty(context: CheckContext) -> tuple[Finding, ...]:
    """Find hedges; a hedge on money, time or rights is a warning, any other is advice."""
    return tuple(_findings(context))


def _findings(context: CheckContext) -> Iterator[Finding]:
    for match in context.rules.hedges.words.find(context.normal):
        around = context.surroundings(match.start, match.end)
        rule = next((r for r in match.values if r and _hedges(context, match, around, r)), None)
        if rule is not None:
            language = context.agent_language
            yield found(
                context,
                "uncertainty",
                rule.id,
                _weight(context, match, around),
                match.start,
                match.end,
                rule.message[language].replace("{text}", context.text[match.start : match.end]),
                rule.suggestion[language],
            )


def _hedges(
    context: CheckContext, match: Match[HedgeRule | None], around: Surroundings, rule: HedgeRule
) -> bool:
    """Whether the words hedge what the agent states."""
    if asks(context.text, around.clause) or context.quoted(match.start, match.end):
        return False
    if reported(around.before) or (rule.conditional_free and _conditioned(around, rule)):
        return False
    if _CUSTOMER.search(around.before) and (rule.customer_free or _asked(context, match.start)):
        return False
    if rule.id == "should":
        return _infers(context, match, around)
    return _fits(rule, around) and _counts(context, match, rule, around)


def _conditioned(around: Surroundings, rule: HedgeRule) -> bool:
    """Whether an "if" rules the words; the if of "I don't know if" asks."""
    return conditional(around.before if rule.id == "ignorance" else around.whole) or (
        around.after.endswith("的话")
    )


def _asked(context: CheckContext, place: int) -> bool:
    """Whether the sentence around a place ends as a question."""
    claim = context.claim_at(place)
    return claim is not None and claim.text.endswith(("？", "?"))


def _fits(rule: HedgeRule, around: Surroundings) -> bool:
    return not (
        (rule.followed_by and not starts_with(around.after, rule.followed_by))
        or starts_with(around.after, rule.not_followed_by)
        or ends_with(around.before, rule.not_preceded_by)
        or holds(around.whole, rule.unless_in_clause)
    )


def _counts(
    context: CheckContext, match: Match[HedgeRule | None], rule: HedgeRule, around: Surroundings
) -> bool:
    """Whether a number stands where the rule needs one."""
    if rule.needs == "after":
        near = any(match.end <= fact.start <= match.end + 1 for fact in context.facts)
        return near or _NUMBER_NEXT.match(around.after) is not None
    if rule.needs != "before":
        return True
    particle = context.text[match.start : match.end] == "吧"
    if particle and (_ADVICE.search(around.before) or around.after):
        return False
    beside = any(fact.end <= match.start <= fact.end + 1 for fact in context.facts)
    return beside or _NUMBER_BEFORE.search(around.before) is not None


def _infers(context: CheckContext, match: Match[HedgeRule | None], around: Surroundings) -> bool:
    """Whether "should" draws a conclusion; otherwise it says what someone has to do."""
    words = fold(context.text[match.start : match.end])
    if words.isascii():
        duty = _ENGLISH_DUTY.search(around.before) is not None
        return not duty or _ENGLISH_INFERRED.match(around.after) is not None
    rest = words[len(_SHOULD) :] + around.after
    if _RULED.search(context.text, max(0, match.start - _LOOK_BACK), match.start):
        return False
    if _PERSON.search(around.before) and _DUE.match(rest):
        return False
    if any(match.end <= fact.start <= match.end + 1 for fact in context.facts):
        return True
    if _INFERRED.match(rest):
        return True
    if _PERSON.search(around.before):
        return False
    inferred = _STATE.match(rest) or _COMPLETED.search(around.after)
    return bool(inferred) or not _COMMAND.match(rest)


def _weight(
    context: CheckContext, match: Match[HedgeRule | None], around: Surroundings
) -> Severity:
    """Return a warning for a hedge on money, time or rights that no source has in these words."""
    start, end = around.clause.start, around.clause.end
    text = around.whole
    if end - match.end < _FEW_CHARACTERS:
        after = next((clause for clause in context.clauses if clause.start >= end), None)
        if after is not None:
            end = after.end
            text += fold(after.text)
    facts = any(fact.kind in _WEIGHTY_FACTS and start <= fact.start < end for fact in context.facts)
    if not facts and not holds(text, context.rules.hedges.weighty):
        return "info"
    quotable = len(around.whole) >= _LEAST_QUOTABLE
    sourced = quotable and any(
        around.whole in folded(source) for source in context.sources_at(match.start)
    )
    return "info" if sourced else "warn"
