"""How much of a sentence its sources say too, by words."""

import re
from collections.abc import Iterable
from functools import lru_cache

from assist.check.sources import terms_of

# Han characters and English words that carry grammar and politeness, not content.
_FUNCTION = frozenset(
    "的了是在有和与或及也都就还又再很太更只会能可以要想请您你我他她它们这那哪此其个些吧呢吗啊哦呀嘛哈"
    "把被将给为对从于由向往自所之而且但若如因等到着过地得上下里中内后前时候来去做让使并没不无好已经"
)
_GRAMMAR = frozenset(
    re.findall(
        r"\w+",
        """the and for you your our are can with this that will have has not but from any all please
        into out its was were they them their there then than also just been be is it we if of to
        in on at by as or an do does so may i a no yes up us me my which when once might must shall
        should could would did had get gets got let each per some there here over than very such
        these those both who what how only own still after before about while during under via
        within through because therefore well sure okay sorry course please thank thanks""",
    )
)
_SHORT = 3
_ENDING = re.compile(
    r"(?<=[a-z]{3})(?:ations?|ments?|ables?|ibles?|ings?|ied|ed|als?|ies|ers?|ors?|ly|es|e|y|i|s)$"
)
_IRREGULAR = {
    form: base
    for base, forms in (
        ("pay", "paid"), ("buy", "bought"), ("send", "sent"), ("keep", "kept"), ("hold", "held"),
        ("take", "took taken"), ("give", "gave given"), ("make", "made"), ("sell", "sold"),
        ("lose", "lost"), ("wear", "wore worn"), ("leave", "left"), ("find", "found"),
        ("come", "came"), ("go", "went gone"), ("begin", "began begun"), ("choose", "chose chosen"),
        ("break", "broke broken"), ("write", "wrote written"), ("see", "saw seen"),
        ("free", "freely"), ("child", "children"), ("person", "people persons"), ("use", "using"),
    )
    for form in forms.split()
}  # fmt: skip
_KEPT = 8192


@lru_cache(maxsize=_KEPT)
def content_of(text: str) -> frozenset[str]:
    """Return the terms that say something: characters and words without grammar."""
    return frozenset(
        _stem(term)
        for term in terms_of(text)
        if term not in _GRAMMAR and _FUNCTION.isdisjoint(term)
    )


@lru_cache(maxsize=_KEPT)
def _stem(term: str) -> str:
    """Return an English word without its inflection: refunded, refunds and refund are one.

    A short form of the first steps of Porter's stemmer; what it returns need not be a word.
    """
    if not term.isascii() or not term.isalpha():
        return term
    term = _IRREGULAR.get(term, term)
    stem = _ENDING.sub("", term)
    if len(stem) > _SHORT and stem[-1] == stem[-2] and stem[-1] not in "aeioulsz":
        stem = stem[:-1]
    return stem.removesuffix("ll") + "l" if stem.endswith("ll") else stem


def cover(text: str, sources: Iterable[str]) -> float:
    """Return the share of the text's content that stands in the sources, 1 if it has none."""
    terms = content_of(text)
    if not terms:
        return 1.0
    known = frozenset[str]().union(*(content_of(source) for source in sources))
    return len(terms & known) / len(terms)
