"""The few sentences of a document's piece that answer a question."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assist.generate.plain import is_divider, is_heading, is_item, plain_line, row_cells
from assist.text.normalise import fold
from assist.text.sentences import split_sentences
from assist.text.tokenise import analyse

_MOST_UNITS = 3
_WORTH_ADDING = 0.35
"""Share of the best unit's weight that a further unit must add."""
_SINGLE_CHARACTER = 0.3
_IN_HEADING = 0.5
_ASKS_AMOUNT = re.compile(
    r"多久|多长|多少|几[个天次张元块]|何时|什么时候|how (?:long|much|many)|when", re.I
)
_AMOUNT = re.compile(r"[\d一二三四五六七八九十百]")
_AMOUNT_BONUS = 1.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A sentence, a list's item or a table's row."""

    text: str
    item: bool
    terms: frozenset[str]
    heading: frozenset[str]
    """The terms of the heading above it."""


def best_units(text: str, query: str) -> tuple[str, ...]:
    """Return one to three units that together cover the query's terms, in their order.

    A unit that ends with a colon brings the items below it.
    """
    units = tuple(_units(text))
    weights = _weights(units, query)
    asks_amount = _ASKS_AMOUNT.search(query) is not None
    chosen: list[int] = []
    left = frozenset(weights)
    first_gain = 0.0
    while len(chosen) < min(_MOST_UNITS, len(units)):
        gains = [
            (0.0, 0) if at in chosen else _gain(unit, left, weights, asks_amount=asks_amount)
            for at, unit in enumerate(units)
        ]
        at = max(range(len(units)), key=gains.__getitem__)
        if chosen and gains[at][0] <= first_gain * _WORTH_ADDING:
            break
        first_gain = first_gain or gains[at][0]
        chosen.append(at)
        left -= units[at].terms
    return tuple(units[at].text for at in sorted(_with_items(chosen, units)))


def _gain(
    unit: Unit, left: frozenset[str], weights: Mapping[str, float], *, asks_amount: bool
) -> tuple[float, int]:
    """Return what a unit adds; of equals, the one that begins with the subject adds more."""
    found = unit.terms & left
    gain = sum(weights[term] for term in found)
    gain += _IN_HEADING * sum(weights[term] for term in (unit.heading - unit.terms) & left)
    if asks_amount and _AMOUNT.search(unit.text):
        gain *= _AMOUNT_BONUS
    folded = fold(unit.text)
    places = [folded.find(term) for term in found if len(term) > 1]
    return gain, -min((place for place in places if place >= 0), default=len(folded))


def _weights(units: tuple[Unit, ...], query: str) -> dict[str, float]:
    """Weigh each term by its rarity among the units, ``ln(1 + N/n)``."""
    counts = Counter(term for unit in units for term in unit.terms)
    return {
        term: math.log1p(len(units) / counts[term]) * (1 if len(term) > 1 else _SINGLE_CHARACTER)
        for term in set(analyse(query))
        if counts[term]
    }


def _with_items(chosen: list[int], units: tuple[Unit, ...]) -> set[int]:
    wanted = set(chosen)
    for at in chosen:
        below = at + 1
        while units[at].text.endswith(("：", ":")) and below < len(units) and units[below].item:
            wanted.add(below)
            below += 1
    return wanted


def _units(text: str) -> Iterator[Unit]:
    head: tuple[str, ...] = ()
    heading: frozenset[str] = frozenset()
    lines = text.splitlines()
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        cells = row_cells(line)
        if is_heading(line):
            heading = frozenset(analyse(plain_line(line)))
        elif cells and is_divider(after):
            head = cells
        elif cells and len(cells) == len(head):
            row = "；".join(f"{name}：{cell}" for name, cell in zip(head, cells, strict=True))
            yield _unit(plain_line(row), heading, item=True)
        elif not is_divider(line):
            for span in split_sentences(plain_line(line)):
                yield _unit(span.text, heading, item=is_item(line))


def _unit(text: str, heading: frozenset[str], *, item: bool) -> Unit:
    return Unit(text=text, item=item, terms=frozenset(analyse(text)), heading=heading)
