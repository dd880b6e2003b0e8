"""Words that leave the customer in doubt, weighed by what they hedge."""

import re
from collections.abc import Iterator

from assist.check.context import CheckContext, Surroundings
from assist.check.doubt import doubtful_facts
from assist.check.duty import infers, supposes
from assist.check.findings import found
from assist.check.hedges import HedgeRule
from assist.check.phrases import Match, ends_with, holds, starts_with
from assist.check.sources import edges_of, folded, nouns_of
from assist.records import Finding, Severity
from assist.text.clauses import asks, conditional, reported
from assist.text.normalise import fold

_WEIGHTY_FACTS = frozenset({"money", "percent", "duration", "date", "time", "count"})
_CUSTOMER = re.compile(
    r"(?:您|你|客户|用户|顾客|买家)(?!的)[^的我]{0,4}$|(?<![a-z])you(?:'re| are| were)?\s*$"
)
# What the customer feels or wants is guessed out of sympathy: 您可能很着急, you might be wondering.
_FEELING = re.compile(
    r"(?:^|您|你)[^，。]{0,3}(?:一定|很|非常|比较|有[点些]|十分|特别|不太|已经|也|会|正)?"
    r"(?:着急|急|生气|难受|失望|担[心忧]|焦[虑急]|困[扰惑]|疑[惑问]|不[满便解悦]|委屈|辛苦|等[了得待着很]|久等|心情"
    r"|感受|觉得|郁闷|奇怪|感兴趣|关心|想[问要知了看找还]|还想|好奇|在意|在想)"
    r"|(?<![a-z])(?:be|feel) (?:\w+ )?(?:wondering|frustrat|worried|upset|disappoint|concerned"
    r"|interested|anxious|confus|annoy|thinking|looking for|asking)"
)
_ENGLISH_YOU = re.compile(r"(?<![a-z])you\s*$")
# Behind these the word is denied, or a noun: 不是可能, 这款的好像素.
_NOT_ADVERB = re.compile(
    r"(?:不是|并非|绝非|而非|不再是|(?<!是)的|(?<![a-z])(?:is not|isn't|not just))\s*$"
)
_NUMERAL = r"[\d一二两三四五六七八九十百千万半几数¥$￥]"
_ENGLISH_NUMBER = (
    r"(?:an? (?:few |couple |half|day|week|month|hour|year|minute)|half|several|one|two|three|four"
    r"|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty"
    r"|seventy|eighty|ninety|a hundred|a thousand)"
)
_NUMBER_NEXT = re.compile(
    r"\s*(?:是|需要?|要|会|有|在|为|得|花费?|等|能|用|收|付|for|at|in)?\s*"
    r"(?:每(?:[月年天次人单件]|小时|个月)|人均|单价)?"
    rf"(?:(?!一(?:样|起|直|般|致|定|下|些)){_NUMERAL}|{_ENGLISH_NUMBER}(?![a-z]{{3}}))"
)
_NUMBER_BEFORE = re.compile(
    rf"{_NUMERAL}\s?[^\d\s，。]{{0,4}}$|(?<![a-z])(?:an?|{_ENGLISH_NUMBER})\s?[a-z]{{0,12}}\s*$"
    r"|(?:[今明后]天|[上下本这]周[一二三四五六日末]?|周[一二三四五六日末]|[个\d]月|月[初中底]|年[初中底]|[上中下]旬"
    r"|[早晚]上|[中下上]午|傍晚|凌晨|[春国元]\w{1,2}|节)$"
)
_ADVICE = re.compile(r"您(?!的)|你(?!的)|请|我们|咱|先|一起|让|放心|还是|那就|算了|麻烦")
_STATED = re.compile(
    r"(?:[的了到行]|出来|(?:是|会(?!员)|能|可以|没|不(?!如)|要|有|含|支持|在|得|够|算|属于|收|退|赔)[^，。]{0,12})$"
)
_FEW_CHARACTERS = 5
_LEAST_QUOTABLE = 6
_SHORT = 2


def uncertainty(context: CheckContext) -> tuple[Finding, ...]:
    """Find hedges, and facts that the model itself held unlikely.

    What concerns money, time or rights is a warning, anything else advice.
    """
    return (*_hedged(context), *doubtful_facts(context))


def _hedged(context: CheckContext) -> Iterator[Finding]:
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
    if _of_customer(context, match, around, rule) or not _whole(context, match):
        return False
    if rule.negation_free and _NOT_ADVERB.search(around.before):
        return False
    return (
        _fits(context, match, rule, around)
        and _modal(context, match, rule, around)
        and _counts(context, match, rule, around)
    )


def _of_customer(
    context: CheckContext, match: Match[HedgeRule | None], around: Surroundings, rule: HedgeRule
) -> bool:
    """Whether it is the customer who is in doubt, or whose feelings are guessed."""
    if _CUSTOMER.search(around.before) and (rule.customer_free or _asked(context, match.start)):
        return True
    theirs = _CUSTOMER.search(around.before) or _ENGLISH_YOU.search(around.before)
    about = around.after.lstrip()
    return bool((theirs or about.startswith(("您", "你"))) and _FEELING.match(about))


def _whole(context: CheckContext, match: Match[HedgeRule | None]) -> bool:
    """Whether a short Chinese hedge begins and ends where words do: 大概念 is 大 and 概念.

    An English one must not be part of a name.
    """
    written = context.text[match.start : match.end]
    if written.isascii():
        # A capital within a sentence makes a name of it: the Perhaps collection.
        claim = context.claim_at(match.start)
        return claim is None or match.start == claim.start or not written[0].isupper()
    if match.end - match.start > _SHORT:
        return True
    edges = edges_of(context.text)
    return match.start in edges and match.end in edges


def _conditioned(around: Surroundings, rule: HedgeRule) -> bool:
    """Whether an "if" rules the words; the if of "I don't know if" asks."""
    # Behind 的话 comes what follows from the condition: 取消的话多半可以退.
    supposed = conditional(around.before.rpartition("的话")[2])
    if rule.id == "ignorance":
        return supposed or around.after.endswith("的话")
    return supposed or conditional(around.after)


def _asked(context: CheckContext, place: int) -> bool:
    """Whether the sentence around a place ends as a question."""
    claim = context.claim_at(place)
    return claim is not None and claim.text.endswith(("？", "?"))


def _fits(
    context: CheckContext, match: Match[HedgeRule | None], rule: HedgeRule, around: Surroundings
) -> bool:
    if rule.adverb and (not around.after.strip() or match.end in nouns_of(context.text)):
        return False
    if rule.said and (
        around.after or _ADVICE.search(around.before) or not _STATED.search(around.before)
    ):
        return False
    return not (
        (rule.followed_by and not starts_with(around.after, rule.followed_by))
        or starts_with(around.after, rule.not_followed_by)
        or ends_with(around.before, rule.not_preceded_by)
        or _ruled_out(context, rule, around)
    )


def _ruled_out(context: CheckContext, rule: HedgeRule, around: Surroundings) -> bool:
    """Whether one of the rule's ``unless_in_clause`` words begins where a word does."""
    if not holds(around.whole, rule.unless_in_clause):
        return False
    edges = edges_of(around.clause.text)
    text = fold(around.clause.text)
    return any(
        word.isascii() or len(text) != len(around.clause.text) or at in edges
        for word in rule.unless_in_clause
        for at in (found.start() for found in re.finditer(re.escape(word), text))
    )


def _modal(
    context: CheckContext, match: Match[HedgeRule | None], rule: HedgeRule, around: Surroundings
) -> bool:
    """Whether a modal verb that can also oblige or allow does neither."""
    written = context.text[match.start : match.end]
    if rule.id == "should":
        near = _fact_next(context, match, around)
        return infers(fold(written), around, number_next=near)
    if fold(written) in {"may", "could"}:
        return supposes(fold(written), around, capital=written[0].isupper())
    return True


def _counts(
    context: CheckContext, match: Match[HedgeRule | None], rule: HedgeRule, around: Surroundings
) -> bool:
    """Whether a number stands where the rule needs one."""
    if rule.needs == "after":
        near = _fact_next(context, match, around)
        return near or _NUMBER_NEXT.match(around.after) is not None
    if rule.needs != "before":
        return True
    particle = context.text[match.start : match.end] == "吧"
    if particle and (_ADVICE.search(around.before) or around.after):
        return False
    beside = any(fact.end <= match.start <= fact.end + 1 for fact in context.facts)
    return beside or _NUMBER_BEFORE.search(around.before) is not None


def _fact_next(context: CheckContext, match: Match[HedgeRule | None], around: Surroundings) -> bool:
    last = min(match.end + 1, around.clause.end - 1)
    return any(match.end <= fact.start <= last for fact in context.facts)


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
