"""How a kind of fact is recognised: a pattern over folded text, and a reader of what it matched."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from assist.text.amounts.numerals import NUMBER, TO, read_number

FactKind = Literal[
    "money", "percent", "duration", "date", "time", "count", "phone", "url", "code"
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a stretch of text says, in the units that facts are compared in."""

    kind: FactKind
    low: float
    high: float
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str]], Reading | None]
    """None when the match is no fact after all."""
    group: str | int = 0
    """Which part of the match is the fact."""
    needs: tuple[str, ...] = ()
    """No match has none of these; a text without them is not searched."""


def amount(unit: str) -> str:
    """Return the pattern of one number or a range of numbers with a unit, as named groups."""
    return (
        rf"(?P<low>{NUMBER})(?:[ -]?(?P<low_unit>{unit}))?"
        rf"{TO}(?P<high>{NUMBER})[ -]?(?P<unit>{unit})"
        rf"|(?P<only>{NUMBER})[ -]?[多余来]?(?P<only_unit>{unit})"
    )


def read_amount(match: re.Match[str]) -> tuple[tuple[float, str], tuple[float, str]] | None:
    """Return the lower and the upper end of an ``amount``, each with the unit it was written in."""
    if match["only"] is not None:
        both = read_number(match["only"])
        unit = match["only_unit"]
        return ((both[0], unit), (both[1], unit)) if both else None
    low, high = read_number(match["low"]), read_number(match["high"])
    if low is None or high is None:
        return None
    return (low[0], match["low_unit"] or match["unit"]), (high[1], match["unit"])
