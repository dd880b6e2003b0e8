"""A draft that says of all what its source says of some: 所有客人 for 金卡会员."""

import re
from collections.abc import Iterator, Sequence

from assist.check.aligned import stated
from assist.check.polarity import polarity_of
from assist.check.sources import folded
from assist.records import Span

_ALL = re.compile(
    r"所有|任[何意一]|全[部程场]|全体|人人|不管|不论|无论"
    r"|(?:什么|多少|哪|谁|几时|何时|怎么)[^，。]{0,6}都"
    r"|(?<![a-z])(?:any(?! (?:time|point|stage|other|more|further|longer|questions?)(?![a-z]))"
    r"|all(?! (?:other|the best|for)(?![a-z]))|every|everyone|everybody|anyone|anybody|everything"
    r"|anything|always|whatever|whoever|whichever|anywhere|everywhere|whole|entire|regardless"
    r"|unlimited)(?![a-z])"
)
# What a source may say instead of all: 均可, 一律, each, and what it denies of all: 概不, no.
_AS_MUCH = re.compile(
    rf"{_ALL.pattern}|[全均皆概都]|一[切律]|随[时意]|不限|100%|(?<![a-z])(?:each|both)(?![a-z])"
)


def unlimited(text: str, within: Span, sources: Sequence[str]) -> Iterator[Span]:
    """Yield the words of a stretch of a text for all or any, where the sources have none."""
    if any(_AS_MUCH.search(folded(source)) for source in sources):
        return
    for mine in stated(text):
        clause = mine.clause
        if not within.start <= clause.start < within.end or mine.conditional:
            continue
        if polarity_of(clause.text).denies:
            continue
        match = _ALL.search(clause.text.lower())
        if match is not None:
            start, end = clause.start + match.start(), clause.start + match.end()
            yield Span(start=start, end=end, text=text[start:end])
