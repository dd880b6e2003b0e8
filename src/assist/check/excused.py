"""Facts that may stand in a draft though no cited source has them as they are written."""

import re
from collections.abc import Callable, Sequence

from assist.check.agreement import denies, joins
from assist.check.bounds import end_of
from assist.check.context import CheckContext, Claim
from assist.check.sources import folded
from assist.check.support import content_of
from assist.check.told import Told, clause_of
from assist.check.worked_out import named
from assist.text.facts import Fact, agrees, facts_within

_PAIR_OF = re.compile("[两兩俩倆]")
_ONE_THING = frozenset({"piece", "time", "person", "step", "level"})
_LIMITED = re.compile(r"限|最多|至多|不超过|上限|only|at most|max|up to")
_LIMIT_REACH = 6
_ANY_OF = re.compile(r"之一|任[一意何]|其中")
_WORKDAYS = re.compile(r"工作日|双休|business day|working day|weekday")
_CASE = re.compile(r"如果|若|要是|的话|[的时]$|(?<![a-z])(?:if|when|on a)(?![a-z])")
_SAME_DAY = re.compile(r"当[天日]")
_DAILY = re.compile(r"[每单][天日]|日(?:累计|限额|上限)|今[天日]|daily|per day|a day")
_THIS_ONE = re.compile(r"[这那本该][ ]?$")
_LISTED = re.compile(r"[，。；：！？,;:!?\n]")
_ITEM = re.compile(r"、|以及|和|与|及|或| and | or ")
_MOST_ITEMS = 10
_THINGS = frozenset({"piece", "level", "step"})
_ONE_OF = re.compile(r"[一1]?个?(分钟|小时|天|日|晚|周|星期|月|季度?|年)")
_ONE = re.compile(r"[一1](?![\d.,十百千万点两二三])")
_CLASSIFIERS = {"time": "次回遍趟", "person": "人名位户", "piece": "个张条台部件款只套份笔单项种支"}
_LENGTH = re.compile(r"[之以]?[内后前上]|有效|期|左右|的|为|[^\w]|$")
"""What follows a length of time, not a period."""
_PRICE_OF = re.compile(r"\d[ ]?(?:元|块钱?)[/每一]?\w?$")
_SAME_PERIOD = {"天": "[天日晚]", "日": "[天日晚]", "晚": "[天日晚]", "星期": "(?:周|星期)"}

_RULED = frozenset({"count", "duration", "percent", "date"})
_THEIRS = re.compile(
    r"[您你我]|(?<![a-z])(?:you|your|we|our|i)(?![a-z])|比如|例如|假如|假设|e\.g\.|example"
)
_IN_PART = 0.5
"""So much of a clause's words the source's clause has where the two are one rule."""


def excused(
    context: CheckContext,
    claim: Claim,
    fact: Fact,
    told: Sequence[Told],
    reckoned: Callable[[], frozenset[Fact]],
) -> bool:
    """Whether the customer named the fact, or it follows from what the sources have.

    ``reckoned`` returns the values of the sentence that are worked out.
    """
    if _is_rule(context, fact, told):
        return False
    if named(context, fact, told):
        return True
    if fact.kind == "url":
        return _is_link_of(context, fact, told)
    mine = [f for f in facts_within(context.facts, claim.start, claim.end) if f != fact]
    if _refers_back(context, fact, mine, told) or _is_case(context, fact, told):
        return True
    if fact.unit.endswith("later"):  # 不会累计到下月: that it does so is denied, not said
        clause = context.clause_at(fact.start)
        return denies(folded(context.text[clause.start : fact.start]))
    if _joined(fact, mine, told) or fact in reckoned():
        return True
    return _counted(context, claim, fact, told)


def _is_rule(context: CheckContext, fact: Fact, told: Sequence[Told]) -> bool:
    """Whether the draft states a rule of the source with another value.

    What the customer has or did makes no rule other than it is: 满120天, though they say 90 days.
    """
    end = end_of(context.text, fact)
    clause = context.clause_at(fact.start)
    if fact.kind not in _RULED or end is None or _THEIRS.search(folded(clause.text)):
        return False
    mine = content_of(clause.text.replace(fact.text, " "))
    return any(
        each.end is not None
        and (each.fact.kind, each.fact.unit) == (fact.kind, fact.unit)
        and each.end.bound == end.bound
        and len(mine & content_of(clause_of(each))) >= _IN_PART * len(mine)
        for each in told
    )


def _joined(fact: Fact, mine: Sequence[Fact], told: Sequence[Told]) -> bool:
    """Whether the fact is made of both ends of a range, or is a part of one."""
    given = [each.fact for each in told]
    if joins(fact, given):
        return True
    return any(agrees(fact, whole) and joins(whole, [fact, *mine]) for whole in given)


def _counted(context: CheckContext, claim: Claim, fact: Fact, told: Sequence[Told]) -> bool:
    """Whether the fact counts nobody, what a list has, or one of a thing or a period."""
    if fact.unit in {"person", "digit"} and _PAIR_OF.match(fact.text):  # 夫妻两个人 counts nobody
        return not any(each.fact.unit == fact.unit for each in told)
    sources = {each.source for each in told}
    days = {each.fact.low for each in told if each.fact.unit == "weekday"}
    return (
        _counts_items(fact, [claim.text, *sources])
        or _is_period(context, fact, sources)
        or (fact.unit == "time" and fact.low == len(days))  # twice a week, on two days
        or _is_one(context, fact, told, sources)
    )


def _is_one(context: CheckContext, fact: Fact, told: Sequence[Told], sources: set[str]) -> bool:
    """Whether one of a thing is meant that a source speaks of as "a": 只扣一笔费用, 延期一次."""
    if fact.unit not in _ONE_THING or not (fact.low == 1 or _PAIR_OF.match(fact.text)):
        return False
    if (
        fact.low == 1
        and fact.text[-1] in _CLASSIFIERS.get(fact.unit, "")
        and any(re.search(f"[一1] ?个?[{_CLASSIFIERS[fact.unit]}]", source) for source in sources)
    ):
        return True
    if any(_ANY_OF.search(source) for source in sources):
        return True
    before = context.text[max(0, fact.start - _LIMIT_REACH) : fact.start].lower()
    numbered = any(each.fact.unit == fact.unit for each in told)
    return not (numbered or _LIMITED.search(before))


def _refers_back(
    context: CheckContext, fact: Fact, mine: Sequence[Fact], told: Sequence[Told]
) -> bool:
    """Whether 当天 is that of a date given before or of any day, or 这一期 the one spoken of."""
    if _SAME_DAY.fullmatch(fact.text):
        dated = any(other.kind == "date" and other.end <= fact.start for other in mine)
        return dated or any(_DAILY.search(folded(each.source)) for each in told)
    before = context.text[max(0, fact.start - 2) : fact.start]
    return fact.low == 1 and _THIS_ONE.search(before) is not None


def _is_case(context: CheckContext, fact: Fact, told: Sequence[Told]) -> bool:
    """Whether a condition names a day of the week where the source tells workdays from others."""
    return (
        fact.unit == "weekday"
        and any(_WORKDAYS.search(folded(each.source)) for each in told)
        and _CASE.search(folded(context.clause_at(fact.start).text)) is not None
    )


def _is_link_of(context: CheckContext, fact: Fact, told: Sequence[Told]) -> bool:
    """Whether a source has a longer form of the link, or the rules allow its host."""
    host = re.split(r"[/?#]", fact.unit.rpartition("@")[2])[0]
    allowed = context.rules.wording.allowed_hosts
    return host in allowed or any(
        each.fact.kind == "url" and each.fact.unit.startswith(fact.unit + "/") for each in told
    )


def _counts_items(fact: Fact, texts: Sequence[str]) -> bool:
    """Whether the fact says how many things a list has: 一年、两年和三年三档."""
    if fact.unit not in _THINGS or not 2 <= fact.low == fact.high <= _MOST_ITEMS:
        return False
    return any(
        len(_ITEM.split(run)) == fact.low
        for text in texts
        for run in _LISTED.split(text)
        if "、" in run
    )


def _is_period(context: CheckContext, fact: Fact, sources: set[str]) -> bool:
    """Whether 一年 stands for 每年, which a source has; in 4.53元一立方 it always does."""
    if _ONE.match(fact.text) and any(
        (other.kind == "money" or not other.unit)
        and not context.text[min(fact.end, other.end) : max(fact.start, other.start)].strip()
        for other in context.facts
    ):
        return True
    match = _ONE_OF.fullmatch(fact.text)
    if fact.kind != "duration" or match is None:
        return False
    before = context.text[: fact.start]
    if _LENGTH.match(context.text, fact.end) and not _PRICE_OF.search(before):
        return False
    unit = _SAME_PERIOD.get(match[1], match[1])
    each = re.compile(
        rf"(?:[每/按单]|一个?){unit}|{unit}(?=[费租卡付缴利均度累限])|一个[^，。]{{2}}{unit}度"
    )
    return any(each.search(folded(source)) for source in sources)
