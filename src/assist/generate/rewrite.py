"""Let a language model make a follow-up stand alone, and believe it only what was said."""

import re
from collections.abc import Sequence

import anyio

from assist.errors import ProviderReplyBad, ProviderTimeout
from assist.generate.mask import Masked
from assist.generate.model import ChatModel
from assist.generate.plain import plain_line
from assist.generate.thoughts import ThoughtFilter
from assist.records import Prompt
from assist.text.facts import agrees, find_facts
from assist.text.normalise import fold, visible

_MOST_CHARACTERS = 4000
"""Of a reply, what a model thinks aloud included."""
_LABEL = re.compile(
    r"\A(?:(?:改写|独立|完整)[^:：\s]{0,8}|问题|rewritten(?: question)?|question|query)\s*[:：]\s*",
    re.IGNORECASE,
)
_QUOTES = "\"'“”‘’「」『』"
_MARKUP = re.compile(r"<<<|>>>|[<{\[]\s*[/\"a-z]|[\0\ufffd\ud800-\udfff]", re.IGNORECASE)
_CODE = re.compile(r"[a-z]*\d[a-z\d]*")


async def rewrite(
    model: ChatModel,
    prompt: Prompt,
    said: Sequence[str],
    masked: Masked,
    *,
    most: int,
    deadline: float,
) -> str:
    """Return the question, of at most ``most`` characters, that the model makes of what was said.

    ``deadline`` is on anyio's clock, ``said`` is masked. Raises ProviderError, also for a question
    with a number or code that is not in ``said``.
    """
    line = _one_line(await _reply(model, prompt, deadline), prompt.canary)
    if not 0 < len(line) <= most:
        raise ProviderReplyBad("the model's question is empty or too long")
    _only_what_was_said(line, said)
    return masked.restore(line)


async def _reply(model: ChatModel, prompt: Prompt, deadline: float) -> str:
    pieces = model.stream(prompt)
    seen = ThoughtFilter()
    shown = ""
    size = 0
    try:
        with anyio.CancelScope(deadline=deadline) as scope:
            async for piece in pieces:
                size += len(piece.text)
                if size > _MOST_CHARACTERS:
                    raise ProviderReplyBad("the model's reply is too long")
                part = seen.feed(piece.text)
                shown = part.text if part.retracted else shown + part.text
        if scope.cancelled_caught:
            raise ProviderTimeout("the model did not rewrite the question in time")
        return shown + seen.feed("", last=True).text
    finally:
        with anyio.CancelScope(shield=True):
            await pieces.aclose()


def _one_line(reply: str, canary: str) -> str:
    if fold(canary) in re.sub(r"[\W_]", "", fold(reply)):
        raise ProviderReplyBad("the model repeated its instructions")
    if _MARKUP.search(reply):
        raise ProviderReplyBad("the model's question has markup in it")
    lines = [plain_line(line) for line in visible(reply).splitlines() if line.strip()]
    if len(lines) != 1:
        raise ProviderReplyBad("the model's question is not one line")
    return _LABEL.sub("", lines[0].strip(_QUOTES + " ")).strip(_QUOTES + " ")


def _only_what_was_said(line: str, said: Sequence[str]) -> None:
    """Raise ProviderReplyBad for a number or code that is in none of the texts."""
    told = "\n".join(said)
    codes = set(_CODE.findall(fold(told)))
    known = find_facts(told)
    for code in _CODE.findall(fold(line)):
        if code not in codes:
            raise ProviderReplyBad("the model's question has a number that nobody mentioned")
    for fact in find_facts(line):
        if not any(agrees(fact, other) for other in known) and fold(fact.text) not in fold(told):
            raise ProviderReplyBad("the model's question has a fact that nobody mentioned")
