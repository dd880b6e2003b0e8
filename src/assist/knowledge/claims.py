"""What an answer claims: a value, a price of nothing, or that something is possible or not."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import Literal

from assist.knowledge.grams import runs_of
from assist.records import Span
from assist.text.clauses import split_clauses
from assist.text.facts import Fact, facts_within, find_facts
from assist.text.normalise import HAN, Normalised, fold, normalise
from assist.text.sentences import split_sentences

ClaimKind = Literal["value", "fee", "stance"]
Bound = Literal["", "least", "most", "below"]

_KINDS = frozenset({"money", "percent", "duration", "date", "time", "count", "phone"})
_JOINED = re.compile(r"(?<=[a-z]),? (?:and|but) ")
_EXAMPLE = re.compile(
    r"例如|(?<!示)例(?:[一二三四五六七八九十]|子)?[：:，*]|算例|比如|譬如|举例"
    r"|for (?:example|instance)|e\.g\.",
    re.IGNORECASE,
)
_BOUNDS_BEFORE: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    ("below", re.compile(r"(?:不满|未满|不足|低于|少于|不到|less than |under |below )[^\d]{0,3}$")),
    ("most", re.compile(
        r"(?:最[多高长晚迟]|至多|不超过|不高于|上限|封顶|限购|仅限|限|up to |at most |maximum of )"
        r"[^\d]{0,6}$"
    )),
    ("least", re.compile(
        r"(?:满|至少|最[低少]|不[低少]于|超过|起送|at least |over |minimum of )[^\d]{0,3}$"
    )),
)  # fmt: skip
_BOUNDS_AFTER: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    ("below", re.compile(r"\s?(?:以下|周岁以下|之下)")),
    ("most", re.compile(r"\s?(?:封顶|为限|为上限)")),
    ("least", re.compile(r"\s?(?:以上|起(?![，。]?[计算])|及以上|or more|and up)")),
)
_PER = re.compile(
    r"(?:每|一|/|按)\s?(?P<han>[年月周天日晚次张件人个单笔位台户份期]|小时|分钟|gb|mb)"
    r"|(?:an?|per|each|every|/)\s?(?P<latin>year|month|week|day|night|hour|minute|item|order|person)"
)
_SAME_PER = {"日": "天", "晚": "天", "单": "笔", "night": "day"}
_FREE = re.compile(
    r"免费|包邮|免邮|免运费|免收|免手续费|免年费|免月费|免押金?|不收(?!到|货)|不另收|无需付费|不用付费"
    r"|(?:我们|商家|卖家|平台|本店|我司|公司|店家)(?:来?承担|负责|出)"
    r"|(?<![a-z])(?:free(?! to| of defects)|no (?:extra )?(?:fee|charge|cost))(?![a-z])"
)
_CHARGED = re.compile(
    r"收费|付费(?!用户)|自付|自理|自费|(?:您|买家|客户|顾客|用户|个人)(?:自行)?(?:承担|负担|支付)|收取|需支付|另付|另收|扣除"
    r"|(?<![a-z])(?:charged?|fee applies|at your (?:own )?(?:cost|expense))(?![a-z])"
)
_TELLS = re.compile(r"^请|请[您勿先在]|不要(?!求)|勿|^please|^do(?: not|n't) ")
_DENIES = re.compile(
    r"不(?:再|会|予|提供|可以|能够|可(?![避缺])|能|得(?!不)|给)?(?![同仅但如过管论足满良超少低高便妨断久错限])"
    r"|无法|无[需须]|没法|没有办法|禁止|严禁|谢绝|拒绝"
    r"|(?<![a-z])(?:cannot|can't|can not|not|(?:do|does|is|are|will)n't|never|unable to)(?![a-z])"
    r"|(?<![a-z])non-?(?=[a-z])"
)
_STATE = re.compile(
    rf"(?P<no>未|不|非|无)(?P<denied>[{HAN}]{{2}})|已经?(?P<done>[{HAN}]{{2}})"
    rf"|(?P<of>[{HAN}]{{2}})(?:以|之)?(?P<side>前|后|内|外)(?![付台程端])"
)
_SIDES = {"前": "before", "后": "done", "内": "within", "外": "outside"}
_CONDITION = re.compile(
    r"(?:超过|逾期?|已超|满).{1,12}(?:仍|尚?未|还没|没有)|如果|若(?!干)|如(?=您|有|需|遇|仍|未|出现|不)|的话|除非|一旦|除外|(?<![a-z])(?:if|unless|except)(?![a-z])"
)
_GOES_ON = re.compile(r"\s?(?:以?内|之?[前后]|以[前后])")
_ASKS = re.compile(r"[?？]\s*$|[吗么]\s*$|是否|能否")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Clause:
    """A clause of an answer; every text but ``sentence`` and ``text`` is folded."""

    text: str
    """As written."""
    sentence: str
    """As written."""
    folded: str
    bare: str
    """What it says besides its values; with a clause beside it where that is not all."""
    lead: str
    """The sentence up to the clause's end."""
    context: str
    """The whole sentence."""
    facts: tuple[Fact, ...]
    """In the places of the answer."""
    asserted: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Claim:
    """A statement of one answer."""

    kind: ClaimKind
    clause: Clause
    fact: Fact | None = None
    bound: Bound = ""
    positive: bool = True
    """Of a fee: there is none. Of a stance: it is possible."""
    root: str = ""
    """Of a stance: what is denied, or all that is said."""

    @property
    def text(self) -> str:
        """The value as written; for a fee or a stance the clause."""
        return self.clause.text if self.fact is None else self.fact.text


@lru_cache(maxsize=1 << 15)
def clauses_of(text: str) -> tuple[Clause, ...]:
    """Return the clauses of an answer in reading order."""
    normal = normalise(text)
    facts = find_facts(text)
    return tuple(
        clause
        for sentence in split_sentences(text)
        for clause in _of_sentence(normal, sentence, facts)
    )


def claims_of(text: str) -> tuple[Claim, ...]:
    """Return the claims of an answer; its questions, examples and conditions claim nothing."""
    return tuple(
        claim
        for clause in clauses_of(text)
        if clause.asserted
        for claim in (*_values(clause), *_fees(clause), *_stances(clause))
    )


@lru_cache(maxsize=1 << 16)
def per_of(folded: str) -> frozenset[str]:
    """Return for each what the values of a clause are: a month, a piece."""
    found = (match["han"] or match["latin"] for match in _PER.finditer(folded))
    return frozenset(_SAME_PER.get(per, per) for per in found)


@lru_cache(maxsize=1 << 15)
def states_of(folded: str) -> Mapping[str, str]:
    """Return what is said to be done, not done, or to come before or after."""
    states = {}
    for match in _STATE.finditer(folded):
        what = match["denied"] or match["done"] or match["of"]
        side = _SIDES[match["side"]] if match["side"] else "no" if match["no"] else "done"
        states[what] = side
    return MappingProxyType(states)


def _of_sentence(normal: Normalised, sentence: Span, facts: Sequence[Fact]) -> Iterator[Clause]:
    states = not (_EXAMPLE.search(sentence.text) or _ASKS.search(sentence.text))
    pieces = list(_pieces(sentence))
    told = [facts_within(facts, piece.start, piece.end) for piece in pieces]
    bares = [_bare(normal, piece, own) for piece, own in zip(pieces, told, strict=True)]
    context = _folded(normal, sentence.start, sentence.end)
    before = ""
    for at, (piece, own) in enumerate(zip(pieces, told, strict=True)):
        bare = bares[at]
        if not runs_of(bare):
            # "退货：7 天" and "审核通过后，3 天内": the matter is named in the clause before.
            bare = f"{before},{bare}"
        before = bare
        folded = _folded(normal, piece.start, piece.end)
        if own and at + 1 < len(bares) and _GOES_ON.fullmatch(bares[at].rpartition(",")[2]):
            # "收到后 30 天内，可申请复核": what may be done is told in the next clause.
            bare = f"{bare},{bares[at + 1]}"
        yield Clause(
            text=piece.text,
            sentence=sentence.text,
            folded=folded,
            bare=bare,
            lead=_folded(normal, sentence.start, piece.end),
            context=context,
            facts=own,
            asserted=states and not _CONDITION.search(folded),
        )


def _pieces(sentence: Span) -> Iterator[Span]:
    """Yield the clauses of a sentence, also those joined by "and", in the places of the answer."""
    for clause in split_clauses(sentence.text):
        joints = [(0, 0), *(match.span() for match in _JOINED.finditer(clause.text))]
        for (_, start), (end, _) in pairwise([*joints, (len(clause.text), 0)]):
            if text := clause.text[start:end].strip():
                at = sentence.start + clause.start + start
                yield Span(start=at, end=at + len(text), text=text)


def _bare(normal: Normalised, piece: Span, facts: Sequence[Fact]) -> str:
    starts = [piece.start, *(fact.end for fact in facts)]
    ends = [*(fact.start for fact in facts), piece.end]
    return ",".join(_folded(normal, *between) for between in zip(starts, ends, strict=True))


def _folded(normal: Normalised, start: int, end: int) -> str:
    return normal.text[bisect_left(normal.starts, start) : bisect_left(normal.starts, end)]


def _values(clause: Clause) -> Iterator[Claim]:
    at = 0
    for fact in clause.facts:
        value = fold(fact.text)
        at = max(at, clause.folded.find(value, at))
        if fact.kind in _KINDS and fact.unit:
            bound = _bound(clause.folded[:at], clause.folded[at + len(value) :])
            yield Claim(kind="value", clause=clause, fact=fact, bound=bound)


def _fees(clause: Clause) -> Iterator[Claim]:
    if _FREE.search(clause.folded):
        if not clause.facts:  # free from an amount on, or for a time: that is a condition
            yield Claim(kind="fee", clause=clause, positive=True)
    elif _CHARGED.search(clause.folded) or any(fact.kind == "money" for fact in clause.facts):
        yield Claim(kind="fee", clause=clause, positive=False)


def _stances(clause: Clause) -> Iterator[Claim]:
    if _TELLS.search(clause.folded):
        return
    denied = _DENIES.search(clause.folded)
    root = clause.folded[denied.end() :] if denied else clause.folded
    yield Claim(kind="stance", clause=clause, positive=not denied, root=root)


def _bound(before: str, after: str) -> Bound:
    for bound, pattern in _BOUNDS_BEFORE:
        if pattern.search(before):
            return bound
    return next((bound for bound, pattern in _BOUNDS_AFTER if pattern.match(after)), "")
