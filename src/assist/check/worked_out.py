"""The values of a draft that it works out, or that it makes up to work out others from."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise, product
from math import isclose

from assist.check.agreement import asked_of, bears_out
from assist.check.bounds import end_of
from assist.check.context import CheckContext, Claim
from assist.check.reckoning import Given, announces, follows, leads_to, like, numbers_in, rounded_up
from assist.check.sources import facts_of
from assist.check.told import Told
from assist.text.facts import Fact, agrees, facts_within

_EXAMPLE = re.compile(
    r"比如|例如|譬如|比方|举例|举个例|假设|假如|假定"
    r"|(?<![a-z])(?:e\.g\.|for (?:example|instance)|suppose|imagine|say)(?![a-z])",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"(?:约|大概|差不多|将近|(?<![a-z])(?:about|around|roughly|nearly)[ ])[ ]?$")
_ABOUT_REACH = 8
_NEARLY = 0.03
_MOST_PAIRS = 64
_COUNTS_AS = re.compile(
    r"[^，。；,.;!?\d]{0,4}[按算作当][^，。；,.;!?\d]{0,3}"
    r"|[^.;!?\d]{0,20}(?:count|round|charge|bill)[^.;!?\d]{0,12}"
)
# A case and the limit that it is held against: 3年不到5年, 4000元也没超过4200元.
_LESS = re.compile(
    r"[^。；.;!?\d]{0,8}(?:(?:不|没有?|未)(?:到|足|满|够|达到?|超过?|[高多大]于)|[低少小]于)"
    r"[了过]?[ ]?"
    r"|[^，。；.;!?\d]{0,16}(?<![a-z])(?:under|below|short of|within|(?:less|fewer) than)"
    r"[^，。；,.;!?\d]{0,12}"
)
_MORE = re.compile(
    r"[^。；.;!?\d]{0,12}(?<![不没未有])(?:[超高多大]过?于?|够|达到?|满)[了过]?[ ]?"
    r"|[^，。；.;!?\d]{0,16}(?<![a-z])(?:over|above|past|beyond|more than|exceeds?)"
    r"[^，。；,.;!?\d]{0,12}"
)


def worked_out(context: CheckContext, claim: Claim, told: Sequence[Told]) -> frozenset[Fact]:
    """Return the values of a sentence that follow from those of the sources and the customer."""
    before = [c.start for c in context.claims if c.end <= claim.start]
    first = max(before, default=claim.start)
    near = facts_within(context.facts, first, claim.end)
    asked = facts_of(context.customer_words)
    sound = [fact for fact in near if _given(context, fact, told)]
    sound += _rounded(context, near)
    rest = [fact for fact in near if fact not in sound]
    own = (*_single(asked), *numbers_in(context.customer_words, asked))
    words = numbers_in(context.text[first : claim.end], near, first=first)
    lengths = [each for each in _lengths(each.fact for each in told) if each.kind == "duration"]
    while rest:
        given = Given(
            own=own,
            here=(*_single(sound), *words),
            told=_lengths(each.fact for each in told),
            announced=announces(claim.text),
            applied=any(asked_of(fact, other) for fact in near for other in asked),
        )
        found = [
            fact
            for fact in rest
            if (follows(fact, given) and not _misreckoned(context, fact, near))
            or _compared(context, fact, sound)
            or any(agrees(fact, o) for o in (*_single(sound), *lengths) if fact.low == fact.high)
        ] or _premise(rest, near, given)
        if not found:
            break
        sound += found
        rest = [fact for fact in rest if fact not in found]
    return frozenset(sound)


def _premise(rest: Sequence[Fact], near: Sequence[Fact], given: Given) -> list[Fact]:
    """Return a value that the draft begins with and the result of it: 用了18G, 超3G."""
    if len(rest) * len(near) > _MOST_PAIRS:
        return []  # among so many some pair always fits
    shares = any(fact.kind == "percent" for fact in near)
    for first, result in product(rest, near):
        # A value of the sources makes no other one right, but a share of it may.
        open_ = result in rest or (shares and result.kind == "money" and first.kind != "duration")
        if open_ and leads_to(first, result, given):
            return [first, result]
    return []


def _misreckoned(context: CheckContext, fact: Fact, near: Sequence[Fact]) -> bool:
    """Whether the sum and its share right before the value make another: 500元的80%是480元."""
    before = [other for other in near if other.end <= fact.start][-2:]
    if len(before) < 2 or fact.kind != "money":
        return False
    whole, share = before
    if whole.kind != fact.kind or not like(fact, whole) or share.kind != "percent":
        return False
    shares = (share.low / 100, 1 - share.low / 100, 1 + share.low / 100)
    return context.clause_at(whole.start) == context.clause_at(share.start) and not any(
        isclose(fact.low, whole.low * each, rel_tol=_NEARLY) for each in shares
    )


def _rounded(context: CheckContext, near: Sequence[Fact]) -> list[Fact]:
    """Return what is said to count as so many whole units: 两个半小时按3小时算."""
    return [
        fact
        for pair in pairwise(near)
        if rounded_up(*pair)
        and end_of(context.text, pair[0]) is None
        and _COUNTS_AS.fullmatch(context.text[pair[0].end : pair[1].start])
        for fact in pair
    ]


def _compared(context: CheckContext, fact: Fact, sound: Sequence[Fact]) -> bool:
    """Whether the value is held, rightly, against one behind it that is given."""
    limit = next((other for other in sound if other.start >= fact.end), None)
    if limit is None or not (like(fact, limit) and fact.low == fact.high):
        return False
    between = context.text[fact.end : limit.start]
    if _LESS.fullmatch(between):
        return fact.low <= limit.low
    return fact.low >= limit.low and _MORE.fullmatch(between) is not None


def named(context: CheckContext, fact: Fact, told: Sequence[Told]) -> bool:
    """Whether the customer named the value, and of the same thing: five days are no 5节."""
    words = context.customer_words
    asked = [other for other in facts_of(words) if asked_of(fact, other)]
    behind = context.text[fact.end : fact.end + 1]
    counted = {each.source[each.fact.end : each.fact.end + 1] for each in told}
    if fact.unit or not behind.isalpha() or behind not in counted:
        return bool(asked)
    return any(behind in words[other.end - 1 : other.end + 1] for other in asked)


def _given(context: CheckContext, fact: Fact, told: Sequence[Told]) -> bool:
    """Whether the sources or the customer give the value, or it is of an example."""
    if named(context, fact, told):
        return True
    if _EXAMPLE.search(context.text, _two_clauses(context, fact), fact.start):
        return True
    if _ABOUT.search(context.text, max(0, fact.start - _ABOUT_REACH), fact.start) and any(
        like(fact, each.fact) and isclose(fact.low, each.fact.low, rel_tol=_NEARLY) for each in told
    ):
        return True
    end = end_of(context.text, fact)
    return any(bears_out(fact, end.bound if end else None, each.fact) for each in told)


def _lengths(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return the single values, of an opening time how long it is, of other ranges the ends."""
    facts = tuple(facts)
    ends = (
        replace(fact, low=end, high=end)
        for fact in facts
        if fact.kind in {"percent", "duration"} and fact.low < fact.high
        for end in (fact.low, fact.high)
    )
    single = tuple(
        replace(
            fact, kind="duration", low=fact.high - fact.low, high=fact.high - fact.low, unit="hour"
        )
        if fact.kind == "time" and fact.low < fact.high
        else fact
        for fact in facts
        if fact.low == fact.high or fact.kind == "time"
    )
    return (*single, *ends)


def _two_clauses(context: CheckContext, fact: Fact) -> int:
    """Return where the clause before that of the fact begins."""
    starts = [clause.start for clause in context.clauses if clause.start <= fact.start]
    return starts[-2] if len(starts) > 1 else 0


def _single(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple(fact for fact in facts if fact.low == fact.high)
