"""Whether a text denies what its source states, or states what it denies: 不外借 and 可以外借."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

from assist.check.agreement import denies
from assist.check.sources import statements_of
from assist.check.stance import LEAST_COVER, Stance, likeness
from assist.check.support import content_of
from assist.records import Span
from assist.text.clauses import asks, conditional
from assist.text.normalise import HAN
from assist.text.sentences import split_sentences

_DENIED = re.compile(
    rf"(?:不|未|没有)(?:再|能|会|予|得|可以?|参与|允许|支持|需要?)?(?P<verb>[{HAN}][{HAN}])"
)
_DENIES = re.compile(rf"(?:[不未没无免非勿]|禁止)[{HAN}]{{0,3}}$")
_CANNOT = re.compile(r"不[了到上成得](?!解)")
# Of a single character only those that mean one thing alone.
_ALONE = frozenset("计扣退换赔送寄借罚补算")
_NO_VERBS = frozenset(
    ("超过", "少于", "低于", "高于", "足一", "同的", "同于", "限于", "到一", "便之")
)
_MOST_OF_CLAUSE = 4
_MOST = 60
_LOOK_BACK = 6
_KEPT = 2048


def denied(text: str, sources: Iterable[str]) -> Iterator[tuple[Stance, Stance]]:
    """Yield what the text denies and a source states of the same thing, and the reverse."""
    texts = tuple(sources)
    theirs = [denial for source in texts for denial in denials_of(source)]
    ours = denials_of(text)
    for mine in ours:
        told = [s for source in texts for s in _statements(source, mine.topic)]
        same = [t for t in theirs if t.topic == mine.topic]
        same += [s for source in texts for s in _statements(source, mine.topic, consents=False)]
        yield from _opposite(mine, told, same)
    for denial in theirs:
        stated = _statements(text, denial.topic)
        known = [s for source in texts for s in _statements(source, denial.topic)]
        for mine in stated:
            yield from _opposite(mine, [denial], known)


def _opposite(
    mine: Stance, rivals: Iterable[Stance], same: Iterable[Stance]
) -> Iterator[tuple[Stance, Stance]]:
    """Yield the rival most like mine, unless a source says the same as mine."""
    agreed = max((likeness(mine, each) for each in same), default=0.0)
    best = max(rivals, key=lambda each: likeness(mine, each), default=None)
    if best is not None and likeness(mine, best) >= LEAST_COVER and agreed < LEAST_COVER:
        yield mine, best


@lru_cache(maxsize=_KEPT)
def denials_of(text: str) -> tuple[Stance, ...]:
    """Return the verbs that a text denies, of each its first two characters or one."""
    found: dict[tuple[str, str], Stance] = {}
    for sentence, clause in _clauses(text):
        for match in islice(_DENIED.finditer(clause.text), _MOST_OF_CLAUSE):
            ends = clause.text[match.end() - 1 : match.end()] == "的"  # 未剪的
            for verb in (match["verb"], match["verb"][0]):
                fit = verb not in _NO_VERBS if len(verb) > 1 else ends or verb in _ALONE
                if fit and (verb, clause.text) not in found and len(found) < _MOST:
                    found[verb, clause.text] = _stance(
                        verb, False, sentence, clause, match.start(), match.end()
                    )
    return tuple(found.values())


@lru_cache(maxsize=_KEPT)
def _statements(text: str, verb: str, *, consents: bool = True) -> tuple[Stance, ...]:
    """Return where a text states the verb without denying it, or denies it in whatever way."""
    return tuple(
        _stance(verb, consents, sentence, clause, match.start(), match.end())
        for sentence, clause in _clauses(text)
        if verb in clause.text
        for match in islice(re.finditer(re.escape(verb), clause.text), 1)
        if _is_denied(clause.text, match.start(), match.end()) is not consents
    )


def _is_denied(clause: str, start: int, end: int) -> bool:
    """Whether a verb of the clause is denied, before it or after: 不可退, 退不了, 退货的不收."""
    return bool(
        _DENIES.search(clause, max(0, start - _LOOK_BACK), start)
        or _CANNOT.match(clause, end)
        or denies(clause[end:])
    )


@lru_cache(maxsize=_KEPT)
def _clauses(text: str) -> tuple[tuple[Span, Span], ...]:
    """Return each clause that states something, with its sentence."""
    return tuple(
        (sentence, clause)
        for sentence in split_sentences(text)
        for clause in statements_of(sentence.text)
        if not asks(sentence.text, clause) and not conditional(clause.text)
    )


def _stance(
    verb: str, consents: bool, sentence: Span, clause: Span, start: int, end: int
) -> Stance:
    offset = sentence.start + clause.start
    return Stance(
        topic=verb,
        consents=consents,
        start=offset + start,
        end=offset + end,
        clause=clause,
        content=content_of(clause.text[:start] + " " + clause.text[end:]),
        context=content_of(sentence.text),
    )
