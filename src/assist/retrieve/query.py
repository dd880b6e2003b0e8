"""What a customer means to ask, in one text that can be searched without the conversation."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from assist.records import Turn
from assist.retrieve import phrases
from assist.text.normalise import visible
from assist.text.tokenise import words

_LONG = 24
"""Characters from which a message says enough by itself."""
_FEW = 8
"""Content (see ``phrases.content``) up to which a word that points back points out of the text."""
_LONGEST_TOPIC = 60
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?P<unit>[a-zA-Z]{0,2})")
_ASKED = re.compile(r"[?？]\s*$|吗[。\s]*$|呢[。\s]*$")


def complete(question: str, conversation: Sequence[Turn]) -> str:
    """Return the question as it is to be searched; never empty for a question that is not empty.

    Short messages in a row are one question, a question that cannot stand alone gets the topic of
    the one before it, and a correction replaces what it corrects.
    """
    asked = visible(question)
    turns = list(conversation)
    if turns and turns[-1].role == "customer" and visible(turns[-1].text) == asked:
        turns.pop()
    topic = answered = ""
    for role, pieces in _groups([*turns, Turn(role="customer", text=asked)]):
        if role == "agent":
            answered = " ".join(pieces)
            continue
        for burst in _bursts(pieces):
            topic = _completed(burst, topic, answered)
    return topic or asked


def _groups(turns: Sequence[Turn]) -> Iterator[tuple[str, list[str]]]:
    """Yield what one side said until the other spoke, without messages that say nothing."""
    said = [(turn.role, visible(turn.text)) for turn in turns]
    telling = [(role, text) for role, text in said if text and not phrases.is_filler(text)]
    for role, run in groupby(telling, key=lambda pair: pair[0]):
        yield role, [phrases.without_fillers(text) for _, text in run]


def _bursts(pieces: Sequence[str]) -> Iterator[list[str]]:
    """Yield the messages of one side in bursts that ask one thing each."""
    burst: list[str] = []
    for piece in pieces:
        if burst and _begins_anew(piece, burst):
            yield burst
            burst = []
        burst.append(piece)
    if burst:
        yield burst


def _begins_anew(piece: str, burst: Sequence[str]) -> bool:
    """Return whether a message is not part of the question so far but one of its own."""
    if phrases.correction(piece) is not None or phrases.changes_topic(piece):
        return True
    asked = any(phrases.asks(earlier) and _stands_alone(earlier) for earlier in burst)
    return _stands_alone(piece) and (asked or len(piece) >= _LONG)


def _stands_alone(text: str) -> bool:
    """Return whether the text names what it asks about."""
    named = phrases.content(text)
    if named < 2 or phrases.ellipsis(text) is not None or phrases.goes_on(text):
        return False
    return named > _FEW or not phrases.points_back(text)


def _completed(burst: Sequence[str], topic: str, answered: str) -> str:
    """Return a burst as one text, with what it leaves unsaid from the topic or the last answer."""
    text = " ".join(burst)
    topic = topic or answered[:_LONGEST_TOPIC]
    corrected = phrases.correction(text)
    if corrected is not None:
        return _corrected(*corrected, topic)
    if phrases.changes_topic(text):
        return phrases.without_change(text)
    if not topic or not _leans(burst, text, answered):
        return text
    part = phrases.ellipsis(text)
    rest = phrases.without_lead(text)
    if part is not None:
        exchanged = _exchanged(topic, part)
        return f"{exchanged} {_after_ellipsis(text)}".strip() if exchanged else f"{topic} {rest}"
    about = phrases.subject(topic) if phrases.asks(rest) else topic
    return f"{about[-_LONGEST_TOPIC:]} {rest}"


def _leans(burst: Sequence[str], text: str, answered: str) -> bool:
    """Return whether a burst needs the topic: by itself, as a reply, or as a story that goes on."""
    replies = _ASKED.search(answered) is not None and len(text) < _LONG
    story = len(burst) > 1 and not phrases.asks(burst[0])
    return replies or story or not _stands_alone(text)


def _corrected(old: str, new: str, topic: str) -> str:
    new = phrases.without_fillers(new)
    if old and old in topic:
        return topic.replace(old, new)
    if not topic or (_stands_alone(new) and phrases.asks(new)):
        return new
    return _exchanged(topic, new) or f"{phrases.subject(topic)} {new}"


def _after_ellipsis(text: str) -> str:
    return re.split(r"呢[\s，,。？?！!]*", text, maxsplit=1)[1] if "呢" in text else ""


def _exchanged(topic: str, part: str) -> str | None:
    """Return the topic with ``part`` in the place of its counterpart, or None when none shows.

    Counterparts are numbers of one unit (300M, 500M), and words that share the greater part of
    themselves at one end, as names of two kinds of one thing do (后付费, 预付费).
    """
    number = _NUMBER.fullmatch(part)
    if number is not None:
        same = [m for m in _NUMBER.finditer(topic) if m["unit"].lower() == number["unit"].lower()]
        return _put(topic, same[0].start(), same[0].end(), part) if len(same) == 1 else None
    size = len(part)
    if size < 3 or part in topic:
        return None
    edges = {edge for span in words(topic) for edge in (span.start, span.end)}
    for start in range(len(topic) - size + 1):
        if start in edges and start + size in edges:
            there = topic[start : start + size]
            common = max(_shared(there, part), _shared(there[::-1], part[::-1]))
            if size > common > size / 2:
                return _put(topic, start, start + size, part)
    return None


def _put(text: str, start: int, end: int, part: str) -> str:
    return text[:start] + part + text[end:]


def _shared(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
