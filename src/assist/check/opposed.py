"""Whether a draft and its source say yes and no to the same: 生鲜也包邮 and 生鲜不参与包邮."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from assist.check.aligned import Match, Statement, matches, stated
from assist.check.bounds import end_of
from assist.check.polarity import Polarity, charge_of, polarity_of
from assist.check.sources import copied, facts_of, folded
from assist.check.support import content_of
from assist.records import Span
from assist.text.facts import agrees

_TOPICS: tuple[Callable[[str], Polarity], ...] = (charge_of, polarity_of)
_LEAST_SHARE = 0.5
_LEAST_BACK = 0.2
_REPEATED = 0.99
_NAMING = 2
"""Terms that name a thing of which there are others."""
_CLEARLY = 0.1
# A clause that says no more than that what was said before holds here too.
_AGAIN = re.compile(
    r"如此|一样|亦然|同理|(?<![a-z])(?:the same|likewise|applies to|as well|too)(?![a-z])"
)
_ALSO = re.compile(f"也|照样|仍|还是|{_AGAIN.pattern}")
_WAIVES = re.compile(r"即使|即便|哪怕|就算|[了过]也|(?<![a-z])even(?![a-z])")
_NARROWS = re.compile(r"(?<!提)前(?![台提])|仅|只|(?<![a-z])(?:before|until|unless|only)(?![a-z])")


def opposed(
    text: str, within: Span, question: str, sources: Sequence[str]
) -> Iterator[tuple[Span, Span]]:
    """Yield the clauses of a stretch of a text with the sources' clauses that say the reverse."""
    asked = content_of(question)
    before: Statement | None = None
    for mine in stated(text):
        start = mine.clause.start
        judged = within.start <= start < within.end and not mine.conditional
        if judged and not copied(mine.clause.text, sources):
            found = _of_its_values(mine, matches(mine.content, mine.topic | asked, sources))
            told = next(filter(None, (_reverse(mine, before, found, of) for of in _TOPICS)), None)
            if told is not None:
                yield mine.clause, told.clause
        before = mine


def _of_its_values(mine: Statement, found: Sequence[Match]) -> Sequence[Match]:
    """Keep the statements that share a value with mine, where any does, and what mine repeats."""
    facts = facts_of(mine.clause.text)
    valued = [
        match
        for match in found
        if any(agrees(fact, each) for fact in facts for each in facts_of(match.told.clause.text))
    ]
    return [m for m in found if m in valued or m.back > _REPEATED] if valued else found


def _reverse(
    mine: Statement,
    before: Statement | None,
    found: Sequence[Match],
    polarity: Callable[[str], Polarity],
) -> Statement | None:
    """Return the statement most like mine if it says the reverse, and none as like the same."""
    ours = polarity(mine.clause.text)
    if before is not None and not ours.denies and _AGAIN.search(folded(mine.clause.text)):
        ours = replace(polarity(before.clause.text), affirms=True)
    if ours.denies is None:
        return None
    sides = [(match, polarity(match.told.clause.text)) for match in found]
    known = frozenset[str]().union(*(match.told.content for match in found))
    rivals = [
        (match, theirs)
        for match, theirs in sides
        if _against(mine, ours, match.told, theirs)
        and match.share >= _LEAST_SHARE
        and match.back >= _LEAST_BACK
        and not (match.told.conditional or _of_another_case(mine, match.told))
        and (
            _same_thing(mine, match.told)
            if polarity is charge_of
            else _of_the_same(mine, ours, match.told, theirs, known)
        )
    ]
    best, theirs = max(rivals, key=lambda each: each[0].likeness, default=(None, ours))
    if best is None:
        return None
    agreed = (
        match.likeness
        for match, other in sides
        if not _against(mine, ours, match.told, other)
        and (polarity is polarity_of or other.denies is not None)
        and _of_that(match.told, mine, theirs, theirs.denied or ours.denied)
    )
    return best.told if best.likeness >= max(agreed, default=0.0) + _CLEARLY else None


def _of_that(told: Statement, mine: Statement, theirs: Polarity, denied: frozenset[str]) -> bool:
    """Whether a statement is of what is denied, and of what it is denied of if mine names that."""
    named = len(theirs.subject) >= _NAMING and theirs.subject <= mine.content
    if denied and denied.isdisjoint(told.content):
        return False
    return not named or theirs.subject <= told.content


def _of_the_same(
    mine: Statement, ours: Polarity, told: Statement, theirs: Polarity, known: frozenset[str]
) -> bool:
    """Whether what one denies is what the other affirms; ``known`` are all words of the sources."""
    if ours.denies:
        subject = (ours.subject or mine.topic) & known
        return (
            theirs.affirms
            and theirs.demand >= ours.demand
            and _half(subject, told.content | told.topic)
            and _half(ours.denied, told.content)
            and ours.first in folded(told.clause.text)
        )
    if not _shares(theirs.subject, mine.content | mine.topic):
        return False
    also = _ALSO.search(folded(mine.clause.text)) is not None
    if not theirs.denied:
        return ours.affirms and (also or not theirs.excepts)
    shared = theirs.denied & (mine.content | mine.topic if also else mine.content)
    return any(len(term) > 1 or ours.affirms for term in shared)


def _same_thing(mine: Statement, told: Statement) -> bool:
    """Whether both name one thing, by more than a unit: every price has its 元."""
    return any(len(term) > 1 and term.isalpha() for term in mine.content & told.content)


def _half(terms: frozenset[str], of: Iterable[str]) -> bool:
    return 2 * len(terms.intersection(of)) >= len(terms)


def _shares(subject: frozenset[str], words: frozenset[str]) -> bool:
    """Whether a subject is spoken of: by more than a character, if it has more."""
    telling = {term for term in subject if len(term) > 1} or subject
    return not telling or not telling.isdisjoint(words)


def _against(mine: Statement, ours: Polarity, told: Statement, theirs: Polarity) -> bool | None:
    """Whether one denies what the other affirms; None where one does not tell.

    Nor does it where one is of a case that the other denies, 拆封的 and 未拆封的, unless the draft
    sets the case aside: 拆封了也可退.
    """
    here, there = folded(mine.clause.text), folded(told.clause.text)
    waived = any(case in here for case in theirs.cases if case not in ours.cases)
    if waived and theirs.denies is ours.denies and _WAIVES.search(here):
        return True
    turned = waived or any(case in there for case in ours.cases if case not in theirs.cases)
    return None if turned or theirs.denies is None else theirs.denies is not ours.denies


def _of_another_case(mine: Statement, told: Statement) -> bool:
    """Whether the source's statement is of a case that the draft's does not name."""
    if _NARROWS.search(folded(told.clause.text)) and not _NARROWS.search(folded(mine.clause.text)):
        return True
    own = facts_of(mine.clause.text)
    return any(
        end_of(told.clause.text, fact) is not None and not any(agrees(fact, each) for each in own)
        for fact in facts_of(told.clause.text)
    )
