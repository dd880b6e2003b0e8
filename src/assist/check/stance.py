"""Whether a sentence and its source say yes and no to the same thing."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import islice

from assist.check.sources import statements_of
from assist.check.support import content_of
from assist.records import Span
from assist.text.clauses import asks, conditional
from assist.text.sentences import split_sentences

# Of each topic what denies and what consents. 不支持 holds 支持 and so comes first, but 不收费
# means free, so there consent comes first.
_ABLE_NO = (
    r"不(?:再|能|会|太|予|提供|支持|可以|可(?!能|或缺|避免|抗)|能够|允许|享受|接受|适用|参与"
    r"|得(?!不)|给|办理|退|换|保修|包含)|无法|没法|没办法|禁止|严禁|谢绝|拒绝|非支持"
    r"|[退换改用取办开修兑享叠订约查买]不(?:了|到|上|成)"
    r"|(?<![a-z])(?:cannot|can't|can not|unable to|non-?refundable"
    r"|not (?:be )?(?:able|allowed|possible|supported|available|accepted|eligible)"
    r"|(?:do|does|did|is|are|was|were|be)(?: not|n't)(?: \w+)? (?:support|allow|accept|offer"
    r"|provide|cover|supported|allowed|accepted|covered|available|eligible|possible|refundable|permitted)"
    r"|excluded)(?![a-z])"
    r"|不宜|不适[合宜]|不建议|不在[^，。；]{0,8}(?:范围|之列)"
)
_ABLE_YES = (
    r"支持|可以(?:放心)?|可(?=退|换|用|享|随时|在|申请|办|叠|到|凭|通过|自|直接|免)|能够"
    r"|能(?=退|换|用|享|办|叠|开|申请|修|改|取)|允许|提供|享受|接受|适[用宜合]|放心|在[^，。；]{1,8}范围之?内"
    r"|(?<![a-z])(?:can|able to|allowed|possible|supports?|supported|available|accepts?|accepted"
    r"|eligible|refundable|permitted|offers?|covers?|covered)(?![a-z])"
)
_NEED_NO = (
    r"不需要|无需|无须|不用|不必|不要求"
    r"|(?<![a-z])(?:no need|not (?:need|require|necessary|required)"
    r"|(?:do|does)(?: not|n't) (?:need|require))(?![a-z])"
)
_NEED_YES = r"需要|必须|须|需(?!求)|(?<![a-z])(?:needs?|requires?|required|must)(?![a-z])"
_FREE_YES = (
    r"(?<![a-z])on us(?![a-z])|免费|包邮|免邮|免运费|不收费|不收取|不另收|免收|无需付费|不用付费"
    r"|(?:我们|商家|卖家|平台)承担"
    r"|(?<![a-z])(?:free(?: of charge)?|(?:at )?no (?:\w+ )?(?:fee|charge|cost)s?"
    r"|without charge)(?![a-z])"
)
_FREE_NO = (
    r"收费|付费|自付|自理|另计|另算|另收|自行承担|收取|另付|由您承担|买家承担|(?<!不)扣除"
    r"|(?<![a-z])(?:charged?|fee applies|at your (?:own )?(?:cost|expense)"
    r"|extra charges?|chargeable)(?![a-z])"
)
_INCLUDE_NO = (
    r"不包含|不包括|不含|除外"
    r"|(?:(?<![a-z])not|n't) (?:be )?(?:included?|part of)(?![a-z])"
    r"|(?<![a-z])(?:excludes?|excluding|excluded)(?![a-z])"
)
_INCLUDE_YES = r"包含|包括|含有|内含|(?<![a-z])(?:included?|includes|including)(?![a-z])"
_PATTERNS = (
    ("able", re.compile(f"(?P<no>{_ABLE_NO})|(?P<yes>{_ABLE_YES})")),
    ("need", re.compile(f"(?P<no>{_NEED_NO})|(?P<yes>{_NEED_YES})")),
    ("free", re.compile(f"(?P<yes>{_FREE_YES})|(?P<no>{_FREE_NO})")),
    ("include", re.compile(f"(?P<no>{_INCLUDE_NO})|(?P<yes>{_INCLUDE_YES})")),
)
# A price says that something is not free, where its clause says nothing clearer.
_PRICED = re.compile(
    r"\d[\d.]*\s*(?:元|块|角|euros?|dollars?|pounds?|yuan|usd|eur|gbp)|[$€£¥]\s?\d"
)
_ASKED_WHETHER = re.compile(r"(?:是否|能否|可否|是不是|看|确认|whether|if)\s*$")
LEAST_COVER = 0.5
_CLEAR = 0.05
_NAMING = 2
"""Terms that name a thing of which there are others."""
_KEPT = 2048


@dataclass(frozen=True, slots=True)
class Stance:
    topic: str
    consents: bool
    start: int
    end: int
    clause: Span
    content: frozenset[str]
    """Of the clause."""
    context: frozenset[str]
    """Of the sentence."""
    subject: frozenset[str] = frozenset()
    """Of the clause before the words that say so."""
    priced: bool = False
    """Whether a price alone says so; then it speaks of nothing but what its clause names."""


def opposed(text: str, sources: Iterable[str]) -> Iterator[tuple[Stance, Stance]]:
    """Yield what the text says the other way round than the source that speaks of the same."""
    told = [stance for source in sources for stance in stances_of(source)]
    for mine in stances_of(text):
        agreeing = [t for t in told if _matches(mine, t, True)]
        same = max((likeness(mine, t) for t in agreeing), default=0.0)
        rivals = [t for t in told if _matches(mine, t, False)]
        best = max(rivals, key=lambda t: likeness(mine, t), default=None)
        if best is not None and likeness(mine, best) >= max(LEAST_COVER, same + _CLEAR):
            yield mine, best
        elif not any(mine.subject <= t.content for t in agreeing):
            yield from ((mine, t) for t in islice(filter(partial(_names, mine), rivals), 1))


@lru_cache(maxsize=_KEPT)
def stances_of(text: str) -> tuple[Stance, ...]:
    """Return where a text allows, demands, charges or includes something, or does not."""
    found: list[Stance] = []
    for sentence in split_sentences(text):
        context = content_of(sentence.text)
        for clause in statements_of(sentence.text):
            if not asks(sentence.text, clause) and not conditional(clause.text):
                found += _of_clause(clause, sentence.start, context)
    return tuple(found)


def _of_clause(clause: Span, offset: int, context: frozenset[str]) -> Iterator[Stance]:
    low = clause.text.lower()
    for topic, pattern in _PATTERNS:
        match = pattern.search(low)
        priced = _PRICED.search(low) if topic == "free" and match is None else None
        match = match or priced
        if match is None or _ASKED_WHETHER.search(low, 0, match.start()):
            continue
        start = offset + clause.start + match.start()
        yield Stance(
            topic=topic,
            consents=priced is None and match["yes"] is not None,
            start=start,
            end=start + len(match[0]),
            clause=clause,
            content=content_of(low[: match.start()] + " " + low[match.end() :]),
            context=context,
            subject=content_of(low[: match.start()]),
            priced=priced is not None,
        )


def _matches(mine: Stance, told: Stance, same: bool) -> bool:
    """Whether the two speak of one thing: the same topic and something of the same clause."""
    if mine.priced or (told.priced and 2 * len(mine.content & told.content) < len(mine.content)):
        return False
    return (
        mine.topic == told.topic
        and (mine.consents == told.consents) == same
        and bool(mine.content & told.content or not told.content)
    )


def _names(mine: Stance, told: Stance) -> bool:
    """Whether both say it of the very same: monthly plans are, and monthly plans are not."""
    return len(mine.subject) >= _NAMING and mine.subject == told.subject


def likeness(mine: Stance, told: Stance) -> float:
    """Return the share of my clause's content in the source's, by clause and by sentence."""
    if not mine.content:
        return 0.0
    both = len(mine.content & told.content) + len(mine.content & told.context)
    return both / (2 * len(mine.content))
