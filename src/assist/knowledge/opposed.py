"""Which claims of two answers exclude each other, whatever they are about."""

from collections.abc import Iterator, Sequence
from itertools import product

from assist.knowledge.answered import Answered
from assist.knowledge.claims import Claim, per_of
from assist.knowledge.grams import grams_of
from assist.text.facts import Fact, agrees

_WORKING_WEEK = 7 / 5
_WEEKEND = 2
_HOURS_OF_DAY = 24


def opposed_claims(a: Answered, b: Answered) -> Iterator[tuple[Claim, Claim]]:
    """Yield the pairs of claims, of ``a`` and of ``b``, that cannot both hold.

    What the other answer says too, anywhere, is not disputed: then it only says more.
    """
    for kind in sorted(a.claims.keys() & b.claims.keys() & a.facts.keys()):
        yield from _values(kind, a, b)
    yield from _fees(a, b)
    yield from _stances(a, b)
    yield from ((mine, theirs) for theirs, mine in _stances(b, a))


def _values(kind: str, a: Answered, b: Answered) -> Iterator[tuple[Claim, Claim]]:
    mine, theirs = (
        [claim for claim in one.claims.get(kind, ()) if not _told(claim, other.facts[kind])]
        for one, other in ((a, b), (b, a))
    )
    for one, other in product(mine, theirs):
        if (
            one.fact is not None
            and other.fact is not None
            and _disagree(one.fact, other.fact)
            and _bounds_fit(one, other)
            and _per_fits(one, other)
            and not _two_cases(one, other)
        ):
            yield one, other


def _fees(a: Answered, b: Answered) -> Iterator[tuple[Claim, Claim]]:
    for here, there in (("free", "charged"), ("charged", "free")):
        if not a.claims.get(there) and not b.claims.get(here):
            yield from product(a.claims.get(here, ()), b.claims.get(there, ()))


def _stances(a: Answered, b: Answered) -> Iterator[tuple[Claim, Claim]]:
    """Yield what ``a`` denies and ``b`` affirms."""
    for denied in a.claims.get("denied", ()):
        root = grams_of(denied.root)
        if not root or not root <= b.said:
            continue
        if any(_touches(root, grams_of(too.root)) for too in b.claims.get("denied", ())):
            continue
        for affirmed in b.claims.get("affirmed", ()):
            said = grams_of(affirmed.root)
            too = (grams_of(own.root) for own in a.claims.get("affirmed", ()))
            if root <= said and not any(said <= own for own in too):
                yield denied, affirmed


def _told(claim: Claim, facts: Sequence[Fact]) -> bool:
    """Whether one of the facts, all of the claim's kind, does not exclude it."""
    fact = claim.fact
    return fact is not None and any(
        (fact.unit == told.unit or fact.kind in {"duration", "phone"}) and not _disagree(fact, told)
        for told in facts
    )


def _disagree(a: Fact, b: Fact) -> bool:
    """Whether two values of one sort exclude each other."""
    if a.kind != b.kind or agrees(a, b):
        return False
    if a.unit == b.unit or a.kind == "phone":
        return True
    if a.kind != "duration":
        return False
    (low, high), (other_low, other_high) = _hours(a), _hours(b)
    return high < other_low or other_high < low


def _hours(fact: Fact) -> tuple[float, float]:
    """Return a duration in hours, one in working days as the calendar days it may take."""
    if fact.unit != "workday":
        return fact.low, fact.high
    return fact.low * _HOURS_OF_DAY, (fact.high * _WORKING_WEEK + _WEEKEND) * _HOURS_OF_DAY


def _bounds_fit(one: Claim, other: Claim) -> bool:
    """Whether both are limits of one sort; what is given as a value may be meant as the least."""
    bounds = {one.bound, other.bound}
    return len(bounds) == 1 or bounds == {"", "least"}


def _per_fits(one: Claim, other: Claim) -> bool:
    mine, theirs = per_of(one.clause.folded), per_of(other.clause.folded)
    return not mine or not theirs or not mine.isdisjoint(theirs)


def _two_cases(one: Claim, other: Claim) -> bool:
    """Whether the other values of the clauses show that these are two cases: 100M and 300M."""
    mine, theirs = (
        [fact for fact in claim.clause.facts if fact is not claim.fact] for claim in (one, other)
    )
    pairs = [(a, b) for a, b in product(mine, theirs) if a.kind == b.kind]
    named = [(a, b) for a, b in pairs if a.kind == "code"]
    valued = [(a, b) for a, b in pairs if a.kind != "code" and a.unit == b.unit]
    return any(kind and not any(agrees(a, b) for a, b in kind) for kind in (named, valued))


def _touches(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two texts share more than a lone character."""
    return any(len(gram) > 1 for gram in one & other)
