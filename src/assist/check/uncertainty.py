"""Words that leave the customer in doubt, weighed by what they hedge."""

import re
from collections.abc import Iterator

from assist.check.context import CheckContext, Surroundings
from assist.check.doubt import doubtful_facts
from assist.check.duty import infers, supposes
from assist.check.findings import found
from assist.check.hedges import HedgeRule
from assist.check.near_number import fact_next, number_before, number_next
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
    r"(?:不是|并非|绝非|而非|不再是|不用|无需|无须|不必|不靠|不凭|没有|绝无|(?<!是)的"
    r"|(?<![a-z])(?:is not|isn't|not just|(?:do|does|did)(?: not|n't)|never)(?: an?)?)\s*$"
)
_ADVICE = re.compile(r"您(?!的)|你(?!的)|请|我们|咱|先|一起|让|放心|还是|那就|算了|麻烦")
_STATED = re.compile(
    r"(?:[的了到行]|出来|(?:是|会(?!员)|能|可以|没|不(?!如)|要|有|含|支持|在|得|够|算|属于|收|退|赔)[^，。]{0,12})$"
)
# The agent's side, as the one who acts, or the customer as the one for whom.
_OURS = re.compile(
    r"(?:我|咱|这边|师傅|快递|骑手|仓库|商家|平台|客服|同事|卖家|司机|工程师|技术|物业|门店|财务|会)[^您你请]{0,8}$"
    r"|[给帮为替跟][您你][^您你请]{0,4}$"
)
_FOR_CUSTOMER = re.compile(r"[^您你]{0,8}[给帮为替跟][您你]")
_TO_CUSTOMER = re.compile(r"请|建议|麻烦|(?<![给帮为替跟])[您你](?!的)")
# What stands behind the name of a thing: the maybe field, “不确定”选项.
_LABEL = re.compile(
    r"[”」』\"']?\s*(?:这?[一两二三四]个?字|一词|一栏|字段|参数|按钮|选项|标签|栏目|系列|频道|专区|乐队|品牌"
    r"|(?:field|button|option|tab|label|flag|parameter|column|collection|series|band|brand)(?![a-z]))"
)
# Those who do not know are told what to do: 不清楚的请致电, 弄不清尺码时.
_WHERE_SO = re.compile(r"(?:的话|时)$|[时的][请可]")
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
    if (rule.negation_free and _NOT_ADVERB.search(around.before)) or _LABEL.match(around.after):
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
        return supposed or _WHERE_SO.search(around.after) is not None
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
    if rule.undertaken and not _undertaken(around):
        return False
    return not (
        (rule.followed_by and not starts_with(around.after, rule.followed_by))
        or _beside(context, match, rule, around)
        or _ruled_out(context, rule, around)
    )


def _undertaken(around: Surroundings) -> bool:
    """Whether it is the agent's side that acts."""
    if _TO_CUSTOMER.search(around.before):
        return False
    return bool(_OURS.search(around.before) or _FOR_CUSTOMER.match(around.after))


def _beside(
    context: CheckContext, match: Match[HedgeRule | None], rule: HedgeRule, around: Surroundings
) -> bool:
    """Whether a word that makes it harmless is beside it, whole: the 请 of 申请似乎 is none."""
    before, after = around.before.rstrip(), around.after.lstrip()
    start = match.start - len(around.before) + len(before)
    end = match.end + len(around.after) - len(after)
    return any(
        ends_with(before, (word,)) and _cuts(context, word, start - len(word))
        for word in rule.not_preceded_by
    ) or any(
        starts_with(after, (word,)) and _cuts(context, word, end + len(word))
        for word in rule.not_followed_by
    )


def _cuts(context: CheckContext, word: str, place: int) -> bool:
    """Whether a word ends at ``place``; a Latin one has been found whole."""
    return word.isascii() or place in edges_of(context.text)


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
        near = fact_next(context, match.end, around)
        return infers(fold(written), around, number_next=near)
    if fold(written) in {"may", "could"}:
        return supposes(fold(written), around, capital=written[0].isupper())
    return True


def _counts(
    context: CheckContext, match: Match[HedgeRule | None], rule: HedgeRule, around: Surroundings
) -> bool:
    """Whether a number stands where the rule needs one."""
    if rule.needs == "after":
        return number_next(context, match.end, around)
    if rule.needs != "before":
        return True
    particle = context.text[match.start : match.end] == "吧"
    if particle and (_ADVICE.search(around.before) or around.after):
        return False
    return number_before(context, match.start, around)


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
