"""Answers as vendors write them, in the shape of a row: a text, or text and channel."""

import re
from collections.abc import Mapping

from assist.knowledge.extract.html_text import html_text
from assist.knowledge.extract.texts import texts_of

_EVERY_CHANNEL = frozenset({
    "default", "all", "全部", "全部渠道", "所有渠道", "通用", "默认", "不限",
})  # fmt: skip
_COMMA = re.compile(r"[,，、|\n]")
_VENDOR_KEYS = frozenset({
    "content", "plaintext", "richtext", "channelname", "list", "attachments", "perspectivecodes",
    "type",
})  # fmt: skip


def answers_of(value: object) -> list[object]:
    """Return the answers as texts, ``{text, channel}``, or what they are if that is unknown."""
    if isinstance(value, list):
        return [answer for item in value for answer in _answers(item)]
    return _answers(value)


def for_channels(answers: list[object], channels: str | list[str]) -> list[object]:
    """Return the answers that are texts once for each of the channels."""
    names = _COMMA.split(channels) if isinstance(channels, str) else channels
    wanted = [_channel(name.strip()) for name in names] or [None]
    return [
        {"text": answer, "channel": channel} if isinstance(answer, str) else answer
        for answer in answers
        for channel in (wanted if isinstance(answer, str) else [None])
    ]


def _answers(item: object) -> list[object]:
    if not isinstance(item, Mapping):
        return [item]
    named = {str(key).casefold(): value for key, value in item.items()}
    if not (_VENDOR_KEYS & named.keys() or isinstance(named.get("text"), Mapping)):
        return [item]
    inner = named.get("list") or named.get("answer")
    answers: list[object] = [_text(named)] if inner is None else answers_of(inner)
    channels = named.get("channelname") or named.get("perspectivecodes")
    return for_channels(answers, texts_of(channels)) if channels else answers


def _text(named: Mapping[str, object]) -> str:
    is_rich = str(named.get("contenttype")) == "1" or bool(named.get("richtext"))
    written = named.get("richtext") or named.get("content") or named.get("text")
    if is_rich and named.get("plaintext"):
        written, is_rich = named["plaintext"], False
    texts = texts_of(written)
    text = texts if isinstance(texts, str) else "\n".join(texts)
    return html_text(text).text if is_rich else text


def _channel(name: str) -> str | None:
    return None if not name or name.casefold() in _EVERY_CHANNEL else name
