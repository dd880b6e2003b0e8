"""What a source excepts from what it says: 每周一闭馆，法定节假日除外."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assist.check.agreement import denies
from assist.check.sources import folded, statements_of
from assist.check.support import content_of

_EXCEPTED = re.compile(
    r"(?P<what>.{2,24}?)(?:除外|例外)$|^except(?:ing)?(?: for| on)? (?P<but>.{3,40})$"
)
_TOO = ("也", "同样", "照样", "一样", "均", "都", "also", "too", "as well")
_KEPT = 2048


def excepted(clause: str, sources: Sequence[str]) -> bool:
    """Whether a clause of the draft is of what a source excepts, and so may say the reverse."""
    content = content_of(clause)
    return any(what <= content for _, what, _ in _exceptions(sources))


def included(clause: str, sources: Sequence[str]) -> str | None:
    """Return the source's exception that a draft's clause leaves out, saying the rule of it too."""
    text = folded(clause)
    if denies(text) or _EXCEPTED.search(text) or not any(word in text for word in _TOO):
        return None
    content = content_of(clause)
    return next(
        (
            said
            for said, what, rule in _exceptions(sources)
            if what <= content and content & (rule - what)
        ),
        None,
    )


def _exceptions(sources: Sequence[str]) -> Iterator[tuple[str, frozenset[str], frozenset[str]]]:
    for source in sources:
        yield from _exceptions_of(source)


@lru_cache(maxsize=_KEPT)
def _exceptions_of(source: str) -> tuple[tuple[str, frozenset[str], frozenset[str]], ...]:
    """Return each exception as written, its content, and that of the clause before it."""
    found = []
    statements = statements_of(source)
    for place, statement in enumerate(statements):
        match = _EXCEPTED.search(folded(statement.text))
        what = content_of(match["what"] or match["but"]) if match else frozenset()
        if what and place:
            found.append((statement.text, what, content_of(statements[place - 1].text)))
    return tuple(found)
