"""Personal data out before a language model reads a text, and back into what it wrote."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from assist.records import Customer, PiiType, Question
from assist.text.normalise import fold
from assist.text.personal import find_personal

_NAMES: Mapping[PiiType, str] = MappingProxyType(
    {
        "phone": "电话",
        "landline": "座机",
        "id_card": "身份证",
        "bank_card": "银行卡",
        "passport": "护照",
        "plate": "车牌",
        "email": "邮箱",
        "address": "地址",
    }
)
_PLACEHOLDER = re.compile(r"⟦\s*(?P<name>[^\s⟦⟧]{1,6}?)\s*(?P<number>\d{1,3})\s*⟧")
# What a customer writes in our brackets would come back as someone's data.
_BRACKETS = str.maketrans("⟦⟧", "[]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Masked:
    texts: tuple[str, ...]
    """The given texts in their order, with placeholders such as ⟦电话1⟧."""
    values: Mapping[str, str]
    """What stands behind each placeholder, as it was first written. Kept in memory only."""

    def restore(self, text: str) -> str:
        """Return the text with the values back; a placeholder nobody made is left out."""
        return _PLACEHOLDER.sub(
            lambda match: self.values.get(f"⟦{match['name']}{match['number']}⟧", ""), text
        )


def mask(texts: Sequence[str]) -> Masked:
    """Replace personal data, the same value by the same placeholder in all texts."""
    placeholders: dict[tuple[PiiType, str], str] = {}
    values: dict[str, str] = {}
    masked: list[str] = []
    for text in (text.translate(_BRACKETS) for text in texts):
        pieces: list[str] = []
        at = 0
        for found in sorted(find_personal(text), key=lambda pii: (pii.start, -pii.end)):
            if found.start < at:
                continue
            value = text[found.start : found.end]
            key = (found.type, _same(found.type, value))
            if key not in placeholders:
                number = sum(kind == found.type for kind, _ in placeholders) + 1
                placeholders[key] = f"⟦{_NAMES[found.type]}{number}⟧"
                values[placeholders[key]] = value
            pieces += [text[at : found.start], placeholders[key]]
            at = found.end
        masked.append("".join([*pieces, text[at:]]))
    return Masked(texts=tuple(masked), values=MappingProxyType(values))


def mask_question(question: Question, search_query: str) -> tuple[Question, str, Masked]:
    """Return the question, the query, and what restores a reply to them.

    Covers the conversation and the customer's profile; the customer's id is left out.
    """
    customer, turns = question.customer, question.conversation
    names = tuple(customer.attributes)
    masked = mask(
        [
            question.text,
            search_query,
            *(turn.text for turn in turns),
            *customer.tags,
            *customer.attributes.values(),
        ]
    )
    rest = iter(masked.texts)
    text, query = next(rest), next(rest)
    hidden = replace(
        question,
        text=text,
        conversation=tuple(replace(turn, text=next(rest)) for turn in turns),
        customer=Customer(
            tier=customer.tier,
            tags=tuple(next(rest) for _ in customer.tags),
            attributes={name: next(rest) for name in names},
        ),
    )
    return hidden, query, masked


def _same(kind: PiiType, value: str) -> str:
    """Return what two ways of writing one value have in common."""
    core = "".join(character for character in fold(value) if character.isalnum())
    return core[-11:] if kind == "phone" else core
