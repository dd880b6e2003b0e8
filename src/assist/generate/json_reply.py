"""A reply in JSON, which some models write whatever they were asked for."""

import re

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from assist.errors import ProviderReplyBad

_START = re.compile(r"\s*(?:`{3,}\w*\s*)?(?:\{|\[\s*\{)")
_UNDECIDED = re.compile(r"\s*(?:`{1,2}|`{3,}\w*\s*|\[\s*)?")
_FENCES = re.compile(r"\A\s*`{3,}\w*\s*|\s*`{3,}\s*\Z")
_NUMBER = re.compile(r"\d{1,2}")

Cited = tuple[str, tuple[int, ...]]
"""A text and the citation numbers given for it."""


class _Sentence(BaseModel):
    text: str
    citations: list[int | str] = Field(default_factory=list)


class _Answer(BaseModel):
    sentences: list[_Sentence | str] | None = None
    answer: str | None = None
    text: str | None = None
    citations: list[int | str] = Field(default_factory=list)


_ANY: TypeAdapter[_Answer | list[_Sentence]] = TypeAdapter(_Answer | list[_Sentence])


def looks_like_json(text: str) -> bool:
    """Tell whether the text begins as a JSON object or a list of objects does."""
    return _START.match(text) is not None


def undecided(text: str) -> bool:
    """Tell whether too little of the text is there to know."""
    return _UNDECIDED.fullmatch(text) is not None


def read_json(text: str) -> tuple[Cited, ...]:
    """Return the texts with their numbers; none for an empty list. Raises ProviderReplyBad."""
    try:
        read = _ANY.validate_json(_FENCES.sub("", text))
    except ValidationError:
        # Its message would quote the reply.
        raise ProviderReplyBad("the model's reply is JSON of another form") from None
    if isinstance(read, list):
        return tuple((each.text, _numbers(each.citations)) for each in read)
    if read.sentences is not None:
        return tuple(
            (each, ()) if isinstance(each, str) else (each.text, _numbers(each.citations))
            for each in read.sentences
        )
    whole = read.answer if read.answer is not None else read.text
    if whole is None:
        raise ProviderReplyBad("the model's reply is JSON of another form")
    return ((whole, _numbers(read.citations)),)


def _numbers(citations: list[int | str]) -> tuple[int, ...]:
    return tuple(sorted({int(n) for each in citations for n in _NUMBER.findall(str(each))}))
