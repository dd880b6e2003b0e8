"""Which entries speak of what the customer has, and which are on the customer's side."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assist.records import Customer, Question
from assist.retrieve.contrast import side_of, stance
from assist.retrieve.reading import Reading
from assist.retrieve.rules import Contrast
from assist.text.normalise import fold

_PIECE = re.compile(r"[a-z0-9][a-z0-9.+]*|[^\W\da-z_]+")
_SHORTEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What is known of the customer, made ready to compare with entries."""

    has: tuple[str, ...]
    """Folded values: plan and other attributes, tags, tier."""
    sides: tuple[tuple[Contrast, int], ...]
    """The contrasts on which the customer has taken a side."""


def profile_of(question: Question, query: str, contrasts: Sequence[Contrast]) -> Profile:
    """Return what the question, the conversation and the record of the customer tell.

    What was said last counts first, and the record only where nothing was said.
    """
    has = tuple(_values(question.customer))
    turns = [fold(turn.text) for turn in question.conversation if turn.role == "customer"]
    said = [fold(question.text), fold(query), *reversed(turns), " ".join(has)]
    taken = ((contrast, stance(said, contrast)) for contrast in contrasts)
    return Profile(
        has=has, sides=tuple((contrast, side) for contrast, side in taken if side is not None)
    )


def names_profile(entry: Reading, profile: Profile) -> float:
    """Return 1 when a phrasing or tag of the entry names something the customer has, else 0."""
    return float(any(says(text, value) for value in profile.has for text in entry.spoken))


def agrees(entry: Reading, profile: Profile) -> float:
    """Return 1 when the entry is for the customer's side, -1 for another side, 0 for any.

    A plan of the right kind of payment is the wrong one all the same when it is another plan.
    """
    stands = ((side_of(entry.head, contrast), side) for contrast, side in profile.sides)
    agreed = [theirs == ours for theirs, ours in stands if theirs is not None]
    return 0.0 if not agreed else 1.0 if all(agreed) else -1.0


def says(text: str, value: str) -> bool:
    """Return whether a folded text names a folded value: whole, or by its most telling piece.

    People say "129" for the plan "5G 畅享 129", so the last piece, a number or a name that makes it
    this one of its kind, is enough where it stands by itself.
    """
    pieces: list[str] = _PIECE.findall(value)
    last = pieces[-1] if pieces else value
    if len(last) < _SHORTEST:
        return value in text
    if last.isascii():
        return re.search(rf"(?<![a-z0-9.]){re.escape(last)}(?![a-z0-9.])", text) is not None
    return last in text


def _values(customer: Customer) -> Iterator[str]:
    for value in (*customer.attributes.values(), *customer.tags, customer.tier or ""):
        if folded := fold(value).strip():
            yield folded
