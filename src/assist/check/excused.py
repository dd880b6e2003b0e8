"""Facts that may stand in a draft though no cited source has them as they are written."""

import re
from collections.abc import Sequence

from assist.check.agreement import denies, joins, summed
from assist.check.context import CheckContext, Claim
from assist.check.sources import facts_of, folded
from assist.check.told import Told
from assist.text.facts import Fact, agrees

_TOTAL = re.compile(
    r"[一总合]共|[总合共]计|共[要需交付收]|[折减优]后|[还再]需|剩余|相当于|等于"
    r"|total|altogether|in all",
    re.IGNORECASE,
)
_LISTED = re.compile(r"[，。；：！？,;:!?\n]")
_ITEM = re.compile(r"、|以及|和|与|及|或| and | or ")
_MOST_ITEMS = 10
_THINGS = frozenset({"piece", "level", "step"})
_ONE_OF = re.compile(r"[一1]?个?(分钟|小时|天|日|晚|周|星期|月|季度?|年)")
_ONE = re.compile(r"[一1](?![\d.,十百千万点两二三])")
_LENGTH = re.compile(r"[之以]?[内后前上]|有效|期|左右|的|为|[^\w]|$")
"""What follows a length of time, not a period."""
_SAME_PERIOD = {"天": "[天日晚]", "日": "[天日晚]", "晚": "[天日晚]", "星期": "(?:周|星期)"}


def excused(context: CheckContext, claim: Claim, fact: Fact, told: Sequence[Told]) -> bool:
    """Whether the customer named the fact, or it follows from what the sources have."""
    if any(_asked_of(fact, other) for other in facts_of(context.customer_words)):
        return True
    if fact.kind == "url":
        return _is_link_of(context, fact, told)
    source_facts = [each.fact for each in told]
    if joins(fact, source_facts):
        return True
    if fact.unit.endswith("later"):  # 不会累计到下月: that it does so is denied, not said
        clause = context.clause_at(fact.start)
        return denies(folded(context.text[clause.start : fact.start]))
    mine = [f for f in context.facts if claim.start <= f.start < claim.end and f != fact]
    if any(agrees(fact, whole) and joins(whole, [fact, *mine]) for whole in source_facts):
        return True
    if summed(fact, [*source_facts, *mine] if _TOTAL.search(claim.text) else mine):
        return True
    if fact.unit == "person" and fact.text[0] == "两":  # 夫妻两个人 counts nobody
        return not any(other.unit == "person" for other in source_facts)
    sources = {each.source for each in told}
    return _counts_items(fact, [claim.text, *sources]) or _is_period(context, fact, sources)


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


def _asked_of(fact: Fact, asked: Fact) -> bool:
    """Whether the customer named the value; 5G in a question is also 5GHz."""
    return agrees(fact, asked) or (
        asked.kind == "code" and folded(fact.text).startswith(asked.unit)
    )


def _is_period(context: CheckContext, fact: Fact, sources: set[str]) -> bool:
    """Whether 一年 stands for 每年, which a source has; in 4.53元一立方 it always does."""
    if _ONE.match(fact.text) and any(
        other.kind == "money" and fact.start in (other.end, other.start - len(fact.text))
        for other in context.facts
    ):
        return True
    match = _ONE_OF.fullmatch(fact.text)
    if fact.kind != "duration" or match is None or _LENGTH.match(context.text, fact.end):
        return False
    unit = _SAME_PERIOD.get(match[1], match[1])
    each = re.compile(rf"(?:[每/按单]|一个?){unit}|{unit}(?=[费租卡付缴利均度累限])")
    return any(each.search(folded(source)) for source in sources)
