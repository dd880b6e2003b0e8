"""Things of one kind that a source names apart, 本科生 and 研究生, and what it says of each."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assist.check.agreement import bears_out
from assist.check.sources import clauses_of, edges_of, facts_of, folded
from assist.check.support import content_of
from assist.records import Span
from assist.text.facts import Fact, facts_within
from assist.text.normalise import HAN

_KINDS = (
    "版|生|卡|票|户|型|套餐|险|舱|会员|客户|用户|座|席|班|灯|键|门诊|护照|疫苗|签证|商品|膜|箱|座椅"
)
# Greedy to the left by two characters: 研究生, but also 年卡.
_NAME = re.compile(rf"[{HAN}]{{1,2}}?(?P<kind>{_KINDS})(?![{HAN}]{{0,1}}(?:版|生|卡))")
# What begins no name: 开卡 and 退票 are done, 每张卡 is any.
_NO_NAME = re.compile(
    r"[的在用凭按每该原新旧此各全一几两我您办到有与和及或将从为可内后开转停退出购买刷补换取寄拿持免享]"
)
_STOP = re.compile(r"[。；;！!？?\n]")
_SAYS_SO = 0.7
_KEPT = 2048


@dataclass(frozen=True, slots=True)
class _Said:
    clause: Span
    of: frozenset[str]
    """The names in the clause, else those of the clause before it in the sentence."""
    facts: tuple[Fact, ...]
    content: frozenset[str]


def of_a_sibling(
    clause: Span, before: str, facts: Sequence[Fact], sources: Sequence[str]
) -> Iterator[Span]:
    """Yield the source's clause that says of another thing of the kind what a draft's clause says.

    ``before`` is what leads to the clause in its sentence; the clause must share its values, or
    most of its words where it has none, with nothing that the source says of the thing itself.
    """
    for source in sources:
        names = _siblings(source)
        mine = _named(clause.text, names) or _last_named(before, names)
        if len(mine) != 1:
            continue
        homes = _homes(clause, facts, mine, _said(source))
        others = [home for home in homes if _one_of_its_kind(home.of, mine)]
        if homes and len(others) == len(homes):
            yield others[0].clause


def _homes(
    clause: Span, facts: Sequence[Fact], mine: frozenset[str], said: Iterable[_Said]
) -> list[_Said]:
    valued = [fact for fact in facts if fact.kind != "code"]
    if valued:
        return [
            each
            for each in said
            if all(any(bears_out(fact, None, other) for other in each.facts) for fact in valued)
        ]
    content = content_of(clause.text).difference(*map(content_of, mine))
    return [
        each for each in said if content and len(content & each.content) >= _SAYS_SO * len(content)
    ]


def _one_of_its_kind(of: frozenset[str], mine: frozenset[str]) -> bool:
    (name,) = mine
    return len(of) == 1 and not of & mine and _kind(next(iter(of))) == _kind(name)


def _kind(name: str) -> str:
    match = _NAME.search(name)
    return match["kind"] if match else ""


@lru_cache(maxsize=_KEPT)
def _siblings(source: str) -> frozenset[str]:
    """Return the names of a source whose kind has at least two names in it."""
    found: dict[str, set[str]] = {}
    edges = edges_of(source)
    for match in _NAME.finditer(source):
        if {match.start(), match.end()} <= edges and not _NO_NAME.match(match[0]):
            found.setdefault(match["kind"], set()).add(match[0])
    return frozenset(name for names in found.values() if len(names) > 1 for name in names)


@lru_cache(maxsize=_KEPT)
def _said(source: str) -> tuple[_Said, ...]:
    names, facts = _siblings(source), facts_of(source)
    said: list[_Said] = []
    for clause in clauses_of(source):
        of = _named(clause.text, names)
        if not of and said and not _STOP.search(source, said[-1].clause.end, clause.start):
            of = said[-1].of
        said.append(
            _Said(
                clause, of, facts_within(facts, clause.start, clause.end), content_of(clause.text)
            )
        )
    return tuple(said)


def _named(text: str, names: frozenset[str]) -> frozenset[str]:
    low = folded(text)
    return frozenset(name for name in names if name in low)


def _last_named(before: str, names: frozenset[str]) -> frozenset[str]:
    """Return the name that was said last."""
    low = folded(before)
    last = max(names, key=low.rfind, default="")
    return frozenset({last} if last and last in low else ())
