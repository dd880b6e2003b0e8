"""Answers in another language than the question."""

import re

from assist.check.context import CheckContext
from assist.check.findings import found
from assist.records import Finding
from assist.text.language import language_of
from assist.text.normalise import HAN

_WORDS = re.compile(rf"[{HAN}]|[A-Za-z]{{2,}}")
_LEAST_WORDS = 2


def language(context: CheckContext) -> tuple[Finding, ...]:
    """Find a text that is not in the language of the question.

    What the text was meant to be in counts for nothing: an entry's own answer may be in the other.
    """
    question = context.question or ""
    if min(len(_WORDS.findall(question)), len(_WORDS.findall(context.text))) < _LEAST_WORDS:
        return ()
    asked, written = language_of(question), language_of(context.text)
    if asked == written:
        return ()
    zh = context.agent_language == "zh"
    names = {"zh": "中文" if zh else "Chinese", "en": "英文" if zh else "English"}
    return (
        found(
            context,
            "language",
            "other_language",
            "warn",
            0,
            len(context.text),
            f"客户用{names[asked]}提问，回复却是{names[written]}"
            if zh
            else f"The customer wrote {names[asked]}, the text is {names[written]}",
            f"用{names[asked]}回复" if zh else f"Answer in {names[asked]}",
        ),
    )
