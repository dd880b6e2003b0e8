"""Wording by pairs of characters: what one text says in the words of another, and what it adds.

Han text is taken apart into pairs, not dictionary words: a segmenter cuts 退货运费 differently in
two sentences, and the pairs of one are then still those of the other.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from assist.text.normalise import HAN

# What asks, joins, points and is polite. Whatever else a text says may tell two matters apart.
_SMALL_HAN = re.compile(
    r"什么时候|啥时候|多长时间|多久|多少|[好]?几[天号点个时次块年折张件位台笔条月]?|哪[里些个天]|怎么(?:样|办)?|怎样|如何|什么|是否|是不是"
    r"|能不能|可不可以|有没有|要不要|可以|可(?![能靠选])|需(?!求)|能够|需要|必须|应当|如果|要是|的话|以及|或者|并且|或|和|与|及"
    r"|我们|你们|我|你|您|他|她|它|本店|本(?=[店司])|我家|你家|们|该|此|这[个些种]?|那[个些种]?|其"
    r"|一般|通常|大约|左右|目前|现在|暂|均|即可|即|起(?![诉步送飞租])|就|则|也|都|还(?![款车清贷书价])|再|又|才|先(?!充|存)|请|吗|呢|吧|呀|啊|么|嘛"
    r"|免费|收费|(?<![预后])付费|支付|收取|缴纳|交纳|办理|进行|享受?|为期|期间|[每按][年月周天日晚次张件人单笔位份]"
    r"|不?满(?!意|足|减)|至少|至多|最[多少高低长晚迟]|封顶|上限|不?超过|不?[低高少]于|限购|仅限"
    r"|的|了|着|是|(?<!人|行)为(?!止)|被|把|将|让|给|对|从|由|按|自(?![营助动提己取理付费])|在(?![线网职校])"
    r"|(?<!功|性|智|节)能(?![耗量效源])|会(?![员计议])|(?<!主|重)要(?!求)|有(?!效)|个|[钱花]"
)
_SMALL_LATIN = re.compile(
    r"an?|the|of|for|to|in|on|at|by|with|from|and|or|is|are|was|be|been|do|does|did|can|could|will"
    r"|would|should|may|must|have|has|i|you|we|he|she|it|they|my|your|our|their|its|this|that|these"
    r"|those|there|what|how|when|where|which|who|why|much|many|long|get|per|if|as|any|please|not|no"
)
_DENIAL = re.compile(r"[无没]法|无[需须]|不[必用需]要?|[不没无未别勿]")
_HEAD = re.compile(r"^(?:以?内|以[上下前后]|之[前后内])(?=.)")
_TAIL = re.compile(r"(?<=..)(?:[以之]?[前后内]|时|以[上下])$")
_PLACES = frozenset("前后内外时中里上下以之于到起")
_RUN = re.compile(rf"[{HAN}]+|[a-z0-9][a-z0-9.+]*")
_STEM = 5
_LATIN_WEIGHT = 2


@lru_cache(maxsize=1 << 17)
def runs_of(folded: str) -> tuple[str, ...]:
    """Return the stretches of folded text that say something: Han runs and Latin words."""
    return tuple(_runs(folded))


@lru_cache(maxsize=1 << 17)
def grams_of(folded: str) -> frozenset[str]:
    """Return the pairs and single characters of Han runs, and the stems of Latin words."""
    return frozenset(
        gram for run in runs_of(folded) for gram in (*pairs_of(run), *_characters(run))
    )


def pairs_of(run: str) -> tuple[str, ...]:
    """Return a run's overlapping pairs; itself when it is one character or a Latin word."""
    if run.isascii():
        return (run[:_STEM],)
    return tuple(run[at : at + 2] for at in range(len(run) - 1)) or (run,)


def _characters(run: str) -> Iterable[str]:
    return () if run.isascii() else run


def weight(runs: Iterable[str]) -> int:
    """Return how much runs say: a Han character counts 1, a Latin word 2."""
    return sum(_LATIN_WEIGHT if run and run.isascii() else len(run) for run in runs)


def apart(runs: Iterable[str], known: frozenset[str]) -> tuple[str, ...]:
    """Return the stretches of the runs that are in none of the known pairs."""
    return tuple(piece for run in runs for piece, told in stretches(run, known) if not told)


def shared(runs: Iterable[str], known: frozenset[str]) -> tuple[str, ...]:
    """Return the stretches of the runs that known pairs make up."""
    return tuple(piece for run in runs for piece, told in stretches(run, known) if told)


def additions(
    runs: Iterable[str], known: frozenset[str], characters: frozenset[str]
) -> tuple[str, ...]:
    """Return what the runs add to the known, each piece with enough beside it to be a word.

    A lone character that is one of ``characters`` adds nothing: 装 | 宽带 after 装机.
    """
    words = []
    for run in runs:
        at = 0
        for piece, told in stretches(run, known):
            end = at + len(piece)
            if not told and not (len(piece) == 1 and piece in characters):
                short = len(piece) == 1 and len(run) > 1
                words.append(
                    run[at - 1 : end] if short and end == len(run) else run[at : end + short]
                )
            at = end
    return tuple(words)


def heads(runs: Iterable[str], known: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """Return the known pairs that follow something unknown, each with what that is."""
    return tuple(
        (head[0][:2], before[0])
        for run in runs
        for before, head in pairwise(stretches(run, known))
        if not before[1] and head[1]
    )


def stretches(run: str, known: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """Yield a run cut where it goes from what known pairs make up to what they do not, or back."""
    pairs = pairs_of(run)
    if run.isascii() or len(run) == 1:
        yield run, pairs[0] in known
        return
    told = [pair in known for pair in pairs]
    covered = [left or right for left, right in zip([*told, False], [False, *told], strict=True)]
    start = 0
    for at in range(1, len(run) + 1):
        if at == len(run) or covered[at] != covered[start]:
            yield run[start:at], covered[start]
            start = at


def _runs(folded: str) -> Iterator[str]:
    for run in _RUN.findall(folded):
        if run.isascii():
            if not _SMALL_LATIN.fullmatch(run):
                yield run.rstrip(".")
            continue
        for part in _SMALL_HAN.sub(" ", _DENIAL.sub(" ", run)).split(" "):
            core = _TAIL.sub("", _HEAD.sub("", part))
            if core and core not in _PLACES:
                yield core
