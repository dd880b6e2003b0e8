"""Which sentences state nothing that a source could bear out."""

import re
from functools import lru_cache

from assist.check.phrases import holds
from assist.check.wording import Wording
from assist.text.normalise import HAN, fold

_AGENT = re.compile(
    r"(?:我们?|这边|客服|专员|同事)(?!的)"
    r"|(?<![a-z])(?:i|we|let me|i'll|we'll|i am|i'm|i have)(?![a-z'])"
)
_ASKED = re.compile(
    r"请|麻烦|您|能否|可否|劳烦|(?<![a-z])(?:please|could you|can you|may i|do you)(?![a-z])"
)
_OPEN = re.compile(
    r"[?？:：]\s*[”\"』」]?$|[吗呢]\s*[。~～]?$|(?:如下|以下)[。~～]?$"
    r"|^(?:hello,? )?(?:here (?:is|are)|below (?:is|are))(?![a-z])"
)
"""How a question ends, or the announcement of an answer."""
# What follows in the clause is what one is thankful for, wishes, or feels for the customer.
_FEELING = re.compile(
    r"(?:感谢|谢谢|多谢|祝(?!福卡)|愿您|恭喜|期待|盼(?=您|望)|欢迎(?!券|礼|套)|节哀|辛苦|理解|体谅|心疼|揪心"
    r"|(?:抱歉|遗憾|难过|高兴|开心)(?=[^，。！？；,.!?;]{0,10}(?:听|得知|看到|影响|打扰|耽误|让|给|为|您的))"
    r"|希望您|望您|(?:别|不必|不用|不要|无需)(?:再|太|过于|过分|这么)?(?:担心|着急|难过|灰心|紧张|慌|急|怕)"
    r"|请?(?:您|务必|千万|多多|多|一定)*(?:注意(?:安全|身体)|留意|保重|小心|谅解|见谅|包涵)|安全第一"
    r"|(?<![a-z])(?:thanks?(?: you)?|appreciate|congratulations|wish you|hope|enjoy|take care"
    r"|sorry (?:to|about|for|that|your|you|this|the)|do(?:n't| not) worry|no worries|good luck"
    r"|look(?:ing)? forward|see you|let (?:me|us) know|feel free|safe travels|get well"
    r"|(?:i|we) understand|(?:happy|glad|here) to help"
    r"|(?:best|kind|warm) (?:regards|wishes))(?![a-z]))"
    r"[^，。！？；,.!?;]{0,60}"
)
# Between the agent and an act these words make it a rule or a feature.
_RULE = re.compile(r"支持|提供|允许|规定|不|(?<![a-z])(?:support|offer|provide|not|only)(?![a-z])")
# Words without content of their own, which may stand between set phrases.
_FILLER = re.compile(
    r"[的了呢吧哦呀啊嘛哈地得着过和与及或也都就还再很太更对于把被将在这那有是为会您我们]"
    r"|(?<![a-z])(?:the|a|an|to|for|of|and|or|is|are|be|have|has|you|your|we|our|i|us|this|that|it"
    r"|with|any|in|if|will|would|can|could|do|does|again|very|really|so|more)(?![a-z])"
)
_HAN = re.compile(f"[{HAN}]")
_REACH = 14
"""How many characters may stand between who does something and what is done."""
_WORD = 1.5
_KEPT = 2048
_CONTENT = re.compile(rf"[{HAN}]|[a-z]+|\d+")


@lru_cache(maxsize=_KEPT)
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
        holds(_RULE.split(folded[match.end() : match.end() + reach], maxsplit=1)[0], words)
        for match in subject.finditer(folded)
    )


def _rest(folded: str, wording: Wording) -> float:
    """Return how many content characters are no set phrase; a word is as much as one and a half."""
    kept = list(_FEELING.sub(lambda felt: " " * len(felt[0]), folded))
    for match in wording.courtesy.find_folded(folded):
        kept[match.start : match.end] = " " * (match.end - match.start)
    rest: list[str] = _CONTENT.findall(_FILLER.sub(" ", "".join(kept)))
    return sum(_WORD if len(each) > 1 else 1 for each in rest)
