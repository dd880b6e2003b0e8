"""Statements on which the knowledge base itself is of two minds."""

from collections.abc import Iterable, Iterator

from assist.check.support import content_of, cover
from assist.records import Conflict, ConflictSide, Finding, Language, Span
from assist.text.facts import Fact, agrees, find_facts
from assist.text.sentences import split_sentences

_SAYS_IT = 0.6


def conflict_findings(
    conflicts: Iterable[Conflict], text: str, *, language: Language
) -> tuple[Finding, ...]:
    """Warn where a text states what two entries dispute; ``language`` is that of the messages."""
    sentences = split_sentences(text)
    return tuple(
        Finding(
            check="conflict",
            rule="sources_disagree",
            severity="warn",
            start=place.start,
            end=place.end,
            text=place.text,
            message=_message(conflict, language),
            suggestion=_SUGGESTION[language],
        )
        for conflict in conflicts
        for place in _places(conflict, sentences)
    )


_SUGGESTION: dict[Language, str] = {
    "zh": "先核实哪一条有效，再发送，并改正另一条",
    "en": "Find out which entry holds before you send this, and correct the other",
}


def _places(conflict: Conflict, sentences: Iterable[Span]) -> Iterator[Span]:
    disputed = [fact for side in conflict.sides for fact in find_facts(side.value)]
    for sentence in sentences:
        if conflict.kind in {"fee", "stance"}:
            if any(cover(side.value, [sentence.text]) >= _SAYS_IT for side in conflict.sides):
                yield sentence
        elif _names(conflict.fact) & _names(sentence.text):
            yield from (
                Span(start=sentence.start + f.start, end=sentence.start + f.end, text=f.text)
                for f in find_facts(sentence.text)
                if _is_disputed(f, disputed)
            )


def _names(text: str) -> frozenset[str]:
    """Return the content terms that are more than one character."""
    return frozenset(term for term in content_of(text) if len(term) > 1)


def _is_disputed(fact: Fact, disputed: Iterable[Fact]) -> bool:
    return any(fact.kind == other.kind and agrees(fact, other) for other in disputed)


def _message(conflict: Conflict, language: Language) -> str:
    one, other = (_told(side, language) for side in conflict.sides)
    if language == "zh":
        about = f"关于“{conflict.fact}”，" if conflict.fact else ""
        return f"{about}两条资料说法不一：{one}；{other}"
    about = f" about “{conflict.fact}”" if conflict.fact else ""
    return f"Two entries disagree{about}: {one}; {other}"


def _told(side: ConflictSide, language: Language) -> str:
    """Return what one side says, with its dates."""
    updated = side.updated_at.date()
    if language == "zh":
        held = _span(side, "自 {} 起", "至 {} 止", "，")
        return f"《{side.title}》写“{side.value}”（{updated} 更新{held}）"
    held = _span(side, "from {}", "until {}", ", ")
    return f"“{side.title}” says “{side.value}” (updated {updated}{held})"


def _span(side: ConflictSide, since: str, until: str, comma: str) -> str:
    ends = ((since, side.effective_from), (until, side.effective_to))
    return "".join(comma + form.format(at.date()) for form, at in ends if at is not None)
