"""What a customer means to ask, in one text that can be searched without the conversation."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import groupby

from assist.records import Turn
from assist.retrieve import phrases
from assist.retrieve.exchange import exchanged, without
from assist.retrieve.focus import Titles, in_focus, names_known, nothing
from assist.text.normalise import fold, visible

_LONG = 24
"""Characters from which a message says enough by itself."""
_FEW = 8
"""Content (see ``phrases.content``) up to which a word that points back points out of the text."""
_ENOUGH = 16
"""Content from which a message leaves nothing unsaid."""
_LONGEST_TOPIC = 60
_ASKED = re.compile(r"[?？]\s*$|吗[。\s]*$|呢[。\s]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What a customer said in one go, and after what."""

    burst: Sequence[str]
    topic: str
    """What was asked before, or else the last answer."""
    answered: str

    @property
    def text(self) -> str:
        return " ".join(self.burst)


def complete(question: str, conversation: Sequence[Turn], titles: Titles = nothing) -> str:
    """Return the question as it is to be searched; never empty for a question that is not empty.

    Short messages in a row are one question, a question that cannot stand alone gets the topic of
    the one before it, a short one the name that was spoken of last, and a correction replaces what
    it corrects. ``titles`` tell which names there are, and what is said of which.
    """
    asked = visible(question)
    turns = list(conversation)
    if turns and turns[-1].role == "customer" and visible(turns[-1].text) == asked:
        turns.pop()
    look = cache(titles)
    focus = partial(in_focus, known=cache(partial(names_known, titles=look)), titles=look)
    topic = answered = ""
    said: list[str] = []
    for role, pieces in _groups([*turns, Turn(role="customer", text=asked)]):
        if role == "agent":
            answered = " ".join(pieces)
            said.append(answered)
            continue
        for burst in _bursts(pieces):
            said = [*([] if phrases.changes_topic(burst[0]) else said), " ".join(burst)]
            told = _Told(burst=burst, topic=topic or answered[:_LONGEST_TOPIC], answered=answered)
            topic = _completed(told, partial(focus, tuple(said)), look)
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


def _completed(told: _Told, names: Callable[[], Sequence[str]], titles: Titles) -> str:
    """Return what was said as one text, with what it leaves unsaid."""
    text = told.text
    corrected = phrases.correction(text)
    if corrected is not None:
        return _corrected(*corrected, told.topic, titles)
    if phrases.changes_topic(text):
        return phrases.without_change(text)
    part = phrases.ellipsis(text)
    if part is not None and (other := exchanged(told.topic, part, titles)) is not None:
        return f"{other} {_after_ellipsis(text)}".strip()
    leans = bool(told.topic) and _leans(told)
    if not leans and phrases.content(text) > _ENOUGH and not phrases.points_back(text):
        return text
    missing = [name for name in names() if name not in fold(text)]
    if leans and not (missing and _only_points(told)):
        text = _with_topic(text, told.topic)
    return " ".join([*(name for name in missing if name not in fold(text)), text])


def _leans(told: _Told) -> bool:
    """Return whether it needs the topic: by itself, as a reply, or as a story that goes on."""
    return _goes_on(told) or not _stands_alone(told.text)


def _goes_on(told: _Told) -> bool:
    replies = _ASKED.search(told.answered) is not None and len(told.text) < _LONG
    story = len(told.burst) > 1 and not phrases.asks(told.burst[0])
    return replies or story or phrases.goes_on(told.text)


def _only_points(told: _Told) -> bool:
    """Return whether it says itself what it asks, and leaves out no more than of what."""
    goes_on = _goes_on(told) or phrases.ellipsis(told.text) is not None
    return phrases.content(told.text) >= 2 and not goes_on


def _with_topic(text: str, topic: str) -> str:
    rest = phrases.without_lead(text)
    if phrases.ellipsis(text) is not None:
        return f"{topic} {rest}"
    about = phrases.subject(topic) if phrases.asks(rest) else topic
    return f"{about[-_LONGEST_TOPIC:]} {rest}"


def _corrected(old: str, new: str, topic: str, titles: Titles) -> str:
    new = phrases.without_fillers(new)
    if old and old in topic:
        return topic.replace(old, new)
    if not topic or (_stands_alone(new) and phrases.asks(new)):
        return new
    other = exchanged(topic, new.rstrip("的吗呢？?。 "), titles)
    return other or f"{phrases.subject(without(topic, old))} {new}"


def _after_ellipsis(text: str) -> str:
    return re.split(r"呢[\s，,。？?！!]*", text, maxsplit=1)[1] if "呢" in text else ""
