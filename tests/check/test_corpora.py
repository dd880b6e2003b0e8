"""What the checks reach on a third of the development rows of tests/corpora, held just below."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CORPORA = ROOT / "tests" / "corpora"

# Corpus: least recall, least precision, most false alarms.
FLOORS = {
    "banned plain": (0.99, 0.98, 0.02),
    "banned hard": (0.9, 0.95, 0.05),
    "uncertainty": (0.97, 0.94, 0.06),
    "pii": (1.0, 0.99, 0.01),
    "injection": (0.98, 0.97, 0.02),
    "grounding": (0.66, 0.91, 0.07),
}
LEAST_ROWS = {"banned": 2500, "uncertainty": 1400, "pii": 700, "injection": 3500, "grounding": 4500}


@pytest.fixture(scope="module")
def reached() -> dict[str, dict[str, float]]:
    script = str(ROOT / "scripts" / "bench_checks.py")
    bench = [sys.executable, script, "--split", "dev", "--every", "3", "--json"]
    done = subprocess.run(bench, check=True, capture_output=True, text=True, encoding="utf-8")
    totals: dict[str, dict[str, float]] = json.loads(done.stdout)
    return totals


@pytest.mark.parametrize("name", FLOORS)
def test_the_checks_reach_what_they_reached(
    name: str, reached: dict[str, dict[str, float]]
) -> None:
    recall, precision, alarms = FLOORS[name]
    totals = reached[f"{name} dev"]
    assert totals["recall"] >= recall
    assert totals["precision"] >= precision
    assert totals["false_alarms"] <= alarms


@pytest.mark.parametrize("name", LEAST_ROWS)
def test_a_corpus_is_large_and_holds_a_good_part_back(name: str) -> None:
    with open(CORPORA / f"{name}.jsonl", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    held = sum(row["split"] == "held" for row in rows)
    assert len(rows) >= LEAST_ROWS[name]
    assert 0.2 <= held / len(rows) <= 0.5
    assert len({row["id"] for row in rows}) == len(rows)
