"""Steps that a draft tells in another order than its source: 先缴费，再核验 for 先核验，再缴费."""

import re
from collections.abc import Iterator, Sequence

from assist.check.sources import clauses_of
from assist.check.support import content_of
from assist.records import Span

_STEPS = re.compile(
    r"先(?!生|前|进)(?P<first>[^。；;！!？?\n]{1,30}?)(?:再|然后|接着|最后)"
    r"(?P<then>[^。；;，,！!？?\n]{1,20})"
    r"|(?<![a-z])first(?:ly)?,? (?P<one>[^.;!?\n]{3,60}?),? (?:and )?then "
    r"(?P<other>[^.;,!?\n]{3,40})",
    re.IGNORECASE,
)
# What makes an order of a list.
_ORDERED = re.compile(
    r"先|再|然后|最后|后(?!台)|(?<![a-z])(?:first|then|before|after)(?![a-z])", re.I
)
_STOP = re.compile(r"[。\n]|\.\s")


def out_of_order(text: str, sources: Sequence[str]) -> Iterator[tuple[Span, str]]:
    """Yield the steps of a text that a source tells the other way round, with its words."""
    for match in _STEPS.finditer(text):
        first = content_of(match["first"] or match["one"])
        then = content_of(match["then"] or match["other"])
        said = next(filter(None, (_turned(first - then, then - first, s) for s in sources)), None)
        if said is not None:
            yield Span(start=match.start(), end=match.end(), text=match[0]), said


def _turned(first: frozenset[str], then: frozenset[str], source: str) -> str | None:
    """Return what a source says, if it has the second step before the first."""
    early, late = _home(then, source), _home(first, source)
    if early is None or late is None:
        return None
    if early == late:
        ahead = any(f"{term}前" in late.text for term in first if len(term) > 1)
        return late.text if ahead else None  # 签收前请验货
    told = source[early.start : late.end]
    return told if early.start < late.start and _orders(told) else None


def _orders(told: str) -> bool:
    return _ORDERED.search(told) is not None and _STOP.search(told) is None


def _home(terms: frozenset[str], source: str) -> Span | None:
    """Return the clause of a source that has most of the terms, if it has any telling one."""
    ranked = [
        (sum(len(term) > 1 for term in terms & content_of(clause.text)), clause)
        for clause in clauses_of(source)
    ]
    shared, clause = max(ranked, key=lambda each: each[0], default=(0, None))
    return clause if shared else None
