"""Personal data in a text that is sent."""

import re
from collections.abc import Iterator

from assist.check.context import CheckContext
from assist.check.findings import found
from assist.check.sources import folded
from assist.records import Finding, Language, PiiType
from assist.text.normalise import fold
from assist.text.personal import find_personal

_NAMES: dict[PiiType, dict[Language, str]] = {
    "phone": {"zh": "手机号", "en": "mobile number"},
    "landline": {"zh": "固定电话", "en": "landline number"},
    "id_card": {"zh": "身份证号", "en": "identity card number"},
    "bank_card": {"zh": "银行卡号", "en": "bank card number"},
    "passport": {"zh": "护照号", "en": "passport number"},
    "plate": {"zh": "车牌号", "en": "licence plate"},
    "email": {"zh": "邮箱", "en": "e-mail address"},
    "address": {"zh": "住址", "en": "address"},
}
_MARKS = re.compile(r"[\W_]+")
_SHOWN_FROM, _SHOWN_TO = 3, 4
_LEAST_SHOWN = 10


def pii(context: CheckContext) -> tuple[Finding, ...]:
    """Find personal data; what a passage publishes is no secret, and the customer's is theirs."""
    return tuple(_findings(context))


def _findings(context: CheckContext) -> Iterator[Finding]:
    personal = find_personal(context.text)
    if not personal:
        return
    public = [_bare(folded(passage)) for passage in context.passages.values()]
    own = _bare(fold(context.customer_words))
    zh = context.agent_language == "zh"
    for item in personal:
        shown = context.text[item.start : item.end]
        bare = _bare(fold(shown))
        if any(bare in passage for passage in public):
            continue
        name = _NAMES[item.type][context.agent_language]
        echoed = bare in own
        if zh:
            message = f"客户本人的{name}，没有必要复述" if echoed else f"含有{name}，不能发出"
            advice = f"打码：{masked(shown)}" if echoed else "删去"
        else:
            message = f"The customer's own {name}" if echoed else f"Holds a {name}"
            advice = f"Mask it: {masked(shown)}" if echoed else "Leave it out"
        yield found(
            context,
            "pii",
            "echoed" if echoed else item.type,
            "warn" if echoed else "block",
            item.start,
            item.end,
            message,
            advice,
        )


def masked(text: str) -> str:
    """Return the text with its middle starred out."""
    if len(text) < _LEAST_SHOWN:
        return text[:1] + "*" * (len(text) - 1)
    hidden = len(text) - _SHOWN_FROM - _SHOWN_TO
    return text[:_SHOWN_FROM] + "*" * hidden + text[-_SHOWN_TO:]


def _bare(text: str) -> str:
    return _MARKS.sub("", text)
