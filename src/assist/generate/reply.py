"""What a language model wrote, read into cited sentences: as a whole, or while it streams in.

A model is asked for plain sentences, one a line, each ending in marks such as [1]. It is also
understood when it thinks aloud, writes Markdown or JSON, or forgets the lines.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from assist.errors import ProviderReplyBad
from assist.generate.json_reply import looks_like_json, read_json, undecided
from assist.generate.marks import MARK, leading, signed, unsigned
from assist.generate.plain import plain_line
from assist.generate.thoughts import ThoughtFilter
from assist.records import Sentence
from assist.text.normalise import fold, visible
from assist.text.sentences import split_sentences

_MOST_CHARACTERS = 20_000
_ENDS = r"[。！？!?…]+[”’」』）)】》\"]*"
# Where a unit ends: a line, or a run of marks with a sentence's end before or after it.
_BREAK = re.compile(
    rf"\n|(?:(?<=[。！？!?….”」])(?:\s*{MARK})+|(?:{MARK}\s*)+(?:{_ENDS}|\.(?=\s)))"
    r"[ \t]*(?=[^\s\[［【〔。！？!?….”’」』）)】》\"])",
    re.IGNORECASE,
)
_NO_ANSWER = re.compile(r"[【\[]\s*(?:无答案|無答案|NO[_ ]?ANSWER)\s*[】\]]|\bNO_ANSWER\b")
_BARE_NO_ANSWER = {"无答案", "無答案", "no answer", "no_answer", "noanswer"}
_SOURCES = re.compile(
    r"(?:参考|引用|资料|信息)?来源|参考(?:资料|文献)|引用|出处|(?:sources?|references?|citations?)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\A(?:回复|答复|回答|答案|草稿|客服|reply|answer|draft)(?:内容|如下)?\s*[:：]\s*",
    re.IGNORECASE,
)
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_HTML = re.compile(
    r"<\s*(?:!doctype|/?\s*(?:a|article|aside|b|blockquote|body|button|center|code|div|em|font|"
    r"footer|form|h[1-6]|head|header|html|i|iframe|img|input|li|link|main|meta|nav|object|ol|p|pre|"
    r"script|section|span|strong|style|sub|sup|svg|table|tbody|td|th|thead|title|tr|u|ul|video)"
    r"(?=[\s/>]|$))",
    re.IGNORECASE,
)
_FENCE = re.compile("<<<|>>>")
_SPOILT = re.compile("[\0\ufffd\ud800-\udfff]")
_JSON = re.compile(r"\A\s*[{}]|\{\s*\"|\"\s*\}")


def read_reply(text: str, *, sources: int, canary: str) -> tuple[Sentence, ...]:
    """Return the cited sentences; none when the model says that the passages do not answer.

    Raises ProviderReplyBad, whose message never quotes the reply.
    """
    stream = SentenceStream(sources=sources, canary=canary)
    return stream.feed(text) + stream.close()


class SentenceStream:
    """Gives sentences as soon as their text and their marks are whole."""

    def __init__(self, *, sources: int, canary: str) -> None:
        self._sources = sources
        self._canary = _bare(canary)
        self._filter = ThoughtFilter()
        self._buffer = ""
        self._bare_tail = ""
        self._held: tuple[Sentence, ...] = ()
        """The last unit, while a mark for it may still follow on a line of its own."""
        self._size = 0
        self._given = 0
        self._begun = False
        """Whether a unit has been read: only the first can be JSON or have a label before it."""
        self._declined = False

    def feed(self, piece: str) -> tuple[Sentence, ...]:
        """Return the sentences that this piece finishes. Raises ProviderReplyBad."""
        self._reveal(piece)
        if not self._begun and (looks_like_json(self._buffer) or undecided(self._buffer)):
            return ()
        done: list[Sentence] = []
        at = 0
        for match in _BREAK.finditer(self._buffer):
            done += self._take(self._buffer[at : match.end()])
            at = match.end()
        self._buffer = self._buffer[at:]
        return self._give(done)

    def close(self) -> tuple[Sentence, ...]:
        """Return what is left. Raises ProviderReplyBad, also when there was no sentence at all."""
        self._reveal("", last=True)
        rest, self._buffer = self._buffer, ""
        if not self._begun and looks_like_json(rest):
            units = read_json(rest)
            self._declined = self._declined or not units
        else:
            units = ((rest, ()),)
        done = [
            sentence
            for text, numbers in units
            for line in text.splitlines()
            for sentence in self._take(line, numbers)
        ]
        sentences = self._give([*done, *self._held])
        self._held = ()
        if not self._given and not self._declined:
            raise ProviderReplyBad("the model's reply has no sentence")
        return sentences

    def _reveal(self, piece: str, *, last: bool = False) -> None:
        if _SPOILT.search(piece):
            raise ProviderReplyBad("the model's reply has broken characters")
        seen = self._filter.feed(piece, last=last)
        if seen.retracted:
            if self._given:
                raise ProviderReplyBad("the model thought aloud without saying so")
            self._buffer, self._held = "", ()
            self._begun = self._declined = False
        text = _BREAK_TAG.sub("\n", seen.text.replace("\r\n", "\n").replace("\r", "\n"))
        bare = self._bare_tail + _bare(text)
        if self._canary in bare:
            raise ProviderReplyBad("the model repeated its instructions")
        self._bare_tail = bare[-len(self._canary) :]
        self._size += len(text)
        if self._size > _MOST_CHARACTERS:
            raise ProviderReplyBad("the model's reply is too long")
        self._buffer += text

    def _give(self, done: list[Sentence]) -> tuple[Sentence, ...]:
        if self._declined:
            if self._given:
                raise ProviderReplyBad("the model answered and said that it cannot")
            self._held = ()
            return ()
        self._given += len(done)
        return tuple(done)

    def _take(self, unit: str, numbers: tuple[int, ...] = ()) -> list[Sentence]:
        """Read one unit; return the sentences that nothing can be added to any more."""
        if _FENCE.search(unit):
            raise ProviderReplyBad("the model repeated its prompt")
        if _HTML.search(unit):
            raise ProviderReplyBad("the model's reply has HTML in it")
        line = plain_line(unit)
        if _JSON.search(line):
            raise ProviderReplyBad("the model's reply has JSON among its sentences")
        if _NO_ANSWER.search(line) or fold(line).strip(" 。.【】[]!！") in _BARE_NO_ANSWER:
            self._declined = True
            return []
        text = signed(line if self._begun else _LABEL.sub("", line, count=1))
        self._begun = self._begun or bool(line)
        if _only_sources(text):
            return []
        read = self._numbered(_cited(text, numbers))
        if not read:
            return self._marked_later(unsigned(text)[1])
        done = [*self._held, *read]
        if read[-1].citations:
            self._held = ()
            return done
        self._held = (read[-1],)
        return done[:-1]

    def _marked_later(self, numbers: tuple[int, ...]) -> list[Sentence]:
        """Give marks that stand on a line of their own to the sentence before."""
        valid = tuple(n for n in numbers if 1 <= n <= self._sources)
        if not valid or not self._held:
            return []
        *rest, last = self._held
        self._held = ()
        return [*rest, replace(last, citations=valid)]

    def _numbered(self, cited: Iterator[tuple[str, tuple[int, ...]]]) -> list[Sentence]:
        return [
            Sentence(text=text, citations=tuple(n for n in numbers if 1 <= n <= self._sources))
            for text, numbers in cited
            if any(character.isalnum() for character in text)
        ]


def _cited(text: str, numbers: tuple[int, ...]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield the sentences of a line; one without marks shares those of the next that has some."""
    pieces = [span.text for span in split_sentences(text)]
    for at in range(1, len(pieces)):
        # The mark behind "。" belongs to the sentence before it.
        lead = leading(pieces[at])
        pieces[at - 1] += pieces[at][:lead]
        pieces[at] = pieces[at][lead:]
    shared: tuple[int, ...] = numbers
    read: list[tuple[str, tuple[int, ...]]] = []
    for piece in reversed(pieces):
        words, own = unsigned(piece)
        shared = tuple(sorted({*own, *numbers})) if own else shared
        read.append((visible(words), shared))
    yield from reversed(read)


def _only_sources(text: str) -> bool:
    """Tell whether a line is a list of sources below the answer."""
    label = _SOURCES.match(text)
    if label is None:
        return False
    rest = text[label.end() :].lstrip()
    return rest[:1] in {":", "："} and (leading(rest[1:].lstrip()) > 0 or not rest[1:].strip())


def _bare(text: str) -> str:
    """Return only the letters and digits, so that a leak cannot hide between other characters."""
    return "".join(character for character in fold(text) if character.isalnum())
