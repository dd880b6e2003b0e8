"""Conversations of four trades, and what their last question must be completed to."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from assist.records import Turn
from assist.retrieve.query import complete
from assist.text.normalise import fold
from assist.text.tokenise import analyse

ROWS = [
    json.loads(line)
    for line in (Path(__file__).parent / "dialogues.jsonl").read_text(encoding="utf-8").splitlines()
]
TITLES = tuple(dict.fromkeys(title for row in ROWS for title in (row["entry"], *row["near"])))
TERMS = {title: frozenset(analyse(title)) for title in TITLES}


def titles(text: str) -> Sequence[str]:
    """Stand in for the lexical leg: the phrasings with the largest share of the terms."""
    asked = set(analyse(text))
    score = {
        title: len(asked & terms) / (len(terms) + 8)
        for title, terms in TERMS.items()
        if asked & terms
    }
    return sorted(score, key=lambda title: -score[title])[:4]


def holds(row: dict[str, list[str]], query: str) -> bool:
    folded = fold(query)
    wrong = any(fold(each) in folded for each in row["must_not"])
    return not wrong and all(fold(each) in folded for each in row["must"])


@pytest.mark.parametrize(("split", "least"), [("dev", 0.9), ("held", 0.75)])
def test_most_completed_queries_have_what_they_must(split: str, least: float) -> None:
    rows = [row for row in ROWS if row["split"] == split]
    right = 0
    for row in rows:
        turns = tuple(
            Turn(role="customer" if line[0] == "C" else "agent", text=line[2:])
            for line in row["turns"]
        )
        right += holds(row, complete(row["question"], turns, titles))
    assert right / len(rows) >= least


def test_the_conversations_are_many_and_a_third_is_held_out() -> None:
    assert len(ROWS) >= 60
    assert sum(row["split"] == "held" for row in ROWS) * 3 == len(ROWS)
    assert len({row["id"] for row in ROWS}) == len(ROWS)
    assert all(holds(row, row["query"]) for row in ROWS if "charge" not in row["must"])
