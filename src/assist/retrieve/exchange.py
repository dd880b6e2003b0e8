"""Put one thing in the place of another in what was asked before: "and X?", "not that, X"."""

import re
from collections.abc import Sequence

from assist.records import Span
from assist.retrieve import phrases
from assist.retrieve.focus import Titles, together
from assist.text.tokenise import words

_NUMBER = re.compile(r"\d+(?:\.\d+)?(?P<unit>[a-zA-Z]{0,2})")


def exchanged(topic: str, part: str, titles: Titles) -> str | None:
    """Return the topic with ``part`` in the place of its counterpart, or None when none shows.

    Counterparts are numbers of one unit (300M, 500M), words that share the greater part of
    themselves at one end, as names of two kinds of one thing do (后付费, 预付费), and what the
    knowledge base never speaks of together with ``part``, though it does of the rest of the topic.
    """
    number = _NUMBER.fullmatch(part)
    if number is not None:
        same = [m for m in _NUMBER.finditer(topic) if m["unit"].lower() == number["unit"].lower()]
        return _put(topic, same[0].start(), same[0].end(), part) if len(same) == 1 else None
    if part in topic:
        return None
    return _by_form(topic, part) or _by_use(topic, part, titles)


def without(topic: str, part: str) -> str:
    """Return the topic without the words of a part that tell something."""
    for span in words(part):
        if phrases.content(span.text):
            topic = topic.replace(span.text, "")
    return topic


def _by_form(topic: str, part: str) -> str | None:
    size = len(part)
    if size < 3:
        return None
    edges = {edge for span in words(topic) for edge in (span.start, span.end)}
    for start in range(len(topic) - size + 1):
        if start in edges and start + size in edges:
            there = topic[start : start + size]
            common = max(_shared(there, part), _shared(there[::-1], part[::-1]))
            if size > common > size / 2:
                return _put(topic, start, start + size, part)
    return None


def _by_use(topic: str, part: str, titles: Titles) -> str | None:
    new = [span.text for span in words(part) if _tells(span) and span.text not in topic]
    asked = [span for span in words(topic) if len(span.text) >= 2]
    known = {span for span in asked if any(together(span.text, word, titles) for word in new)}
    old = [span for span in asked if _tells(span)]
    beside = [span in known for span in old]
    if not known or all(beside):
        return None
    first = beside.index(False)
    last = next((n for n in range(first, len(old)) if beside[n]), len(old)) - 1
    return _put(topic, old[first].start, old[_adjoining(old, first, last)].end, part)


def _tells(span: Span) -> bool:
    return len(span.text) >= 2 and phrases.content(span.text) > 0


def _adjoining(spans: Sequence[Span], first: int, last: int) -> int:
    """Return the last of the spans up to which no more than a character lies between them."""
    for at in range(first, last):
        if spans[at + 1].start - spans[at].end > 1:
            return at
    return last


def _put(text: str, start: int, end: int, part: str) -> str:
    """Return the text with a part in it; what both have where they meet stands once."""
    before, after = text[:start], text[end:]
    front = next(n for n in range(len(part), -1, -1) if before.endswith(part[:n]))
    back = next(n for n in range(len(part), -1, -1) if after.startswith(part[len(part) - n :]))
    return before + part[front:] + after[back:]


def _shared(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
