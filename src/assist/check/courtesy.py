"""Which sentences state nothing that a source could bear out."""

import re

from assist.check.phrases import holds
from assist.check.wording import Wording
from assist.text.normalise import HAN, fold, normalise

_AGENT = re.compile(
    r"(?:我们?|这边|客服|专员|同事)(?!的)"
    r"|(?<![a-z])(?:i|we|let me|i'll|we'll|i am|i'm|i have)(?![a-z'])"
)
_ASKED = re.compile(
    r"请|麻烦|您|能否|可否|劳烦|(?<![a-z])(?:please|could you|can you|may i|do you)(?![a-z])"
)
_OPEN = re.compile(r"[?？:：]\s*[”\"』」]?$|[吗呢]\s*[。~～]?$")
"""How a question or the announcement of an answer ends."""
# Words without content of their own, which may stand between set phrases.
_FILLER = re.compile(
    r"[的了呢吧哦呀啊嘛哈地得着过和与及或也都就还再很太更对于把被将在这那有是为会您我们]"
    r"|(?<![a-z])(?:the|a|an|to|for|of|and|or|is|are|be|have|has|you|your|we|our|i|us|this|that|it"
    r"|with|any|in|if|will|would|can|could|do|does|again|very|really|so|more)(?![a-z])"
)
_HAN = re.compile(f"[{HAN}]")
_REACH = 14
"""How many characters may stand between who does something and what is done."""
_CONTENT = re.compile(rf"[{HAN}]|[a-z]+|\d+")


def needs_no_source(text: str, wording: Wording) -> bool:
    """Whether a sentence is courtesy, the agent's own act, or a question to the customer."""
    folded = fold(text).strip()
    if _OPEN.search(folded):
        return True
    if _soon(_AGENT, folded, wording.acts) or _soon(_ASKED, folded, wording.requests):
        return True
    return _rest(folded, wording) <= wording.courtesy_rest


def _soon(subject: re.Pattern[str], folded: str, words: tuple[str, ...]) -> bool:
    """Whether one of the words follows shortly on who does it."""
    reach = _REACH if _HAN.search(folded) else 2 * _REACH
    return any(
        holds(folded[match.end() : match.end() + reach], words)
        for match in subject.finditer(folded)
    )


def _rest(folded: str, wording: Wording) -> int:
    """Return how many content characters or words are no set phrase."""
    kept = list(folded)
    for match in wording.courtesy.find(normalise(folded)):
        kept[match.start : match.end] = " " * (match.end - match.start)
    return len(_CONTENT.findall(_FILLER.sub(" ", "".join(kept))))
