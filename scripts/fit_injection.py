"""Refit rules/injection_likeness.yaml to tests/corpora/injection.jsonl and print it with a report.

Run as

    PYTHONPATH=src .venv/bin/python scripts/fit_injection.py FOLDER… --said FILE… > FITTED

with the folders of ordinary questions and passages that scripts/fit takes, and files of what people
say (.jsonl with a question, .csv with an Utterance); half of their texts are fitted, the other half
measured; the numbers that are printed are then fitted to all of them. The report goes to standard
error. Only dev rows are fitted; the threshold comes from dev rows that were left out in turn.
"""

import argparse
import csv
import json
import random
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, get_args

import numpy as np
import numpy.typing as npt
from fit_sets import read_worlds

from assist.providers.builtin_embedder import BuiltinEmbedder, encode
from assist.records import Floats
from assist.text.language import language_of
from assist.text.likeness import ALONE, Piece, Place, apart, pieces_of
from assist.text.sentences import split_sentences
from assist.text.vectors import SentenceVectors

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "tests" / "corpora" / "injection.jsonl"
ALARMS: dict[Place, float] = {"question": 0.05, "passage": 0.04}
"""Share of the look-alikes that may be taken for attacks."""
ORDINARY: dict[Place, float] = {"question": 1250, "passage": 250}
"""Weight of all ordinary texts together, one look-alike being 1."""
RIDGE = 0.3
ATTACKS = 0.4
"""Weight of all attacks together, the ordinary texts being 1."""
FARTHER = 3.0
"""How much less than another weight that of being apart is held back."""
PARTS = 4
HOSTS = 2
"""Ordinary passages that each planted order is planted into once more."""
MOST = 600

Row = Mapping[str, Any]
Doubles = npt.NDArray[np.float64]
KINDS: dict[str, tuple[tuple[str, ...], str, str]] = {
    "override": (
        ("override", "new_orders", "coerce"),
        "意思接近要求助手抛开规则、改听新命令的文字",
        "In sense close to texts that tell the assistant to drop its rules for new orders",
    ),
    "role": (
        ("role",),
        "意思接近要求助手换身份、不受限制的文字",
        "In sense close to texts that give the assistant another role without limits",
    ),
    "leak": (
        ("leak",),
        "意思接近套取助手内部指令的文字",
        "In sense close to texts that try to bring out the assistant's instructions",
    ),
    "pressure": (
        ("authority", "pressure"),
        "意思接近冒充权威、威胁利诱助手破例的文字",
        "In sense close to texts that claim authority or press the assistant to make an exception",
    ),
    "exfiltration": (
        ("exfil",),
        "意思接近索取他人或内部数据的文字",
        "In sense close to texts that ask for other people's or internal data",
    ),
    "output": (
        ("output",),
        "意思接近指定助手照说某句话或作出许诺的文字",
        "In sense close to texts that dictate what the assistant is to say or to promise",
    ),
    "planted": (
        ("planted", "planted_soft", "passage"),
        "意思接近夹在资料里、叫助手办事的文字",
        "In sense close to tasks for the assistant planted among facts",
    ),
}


@dataclass(kw_only=True)
class Examples:
    """Features, labels and weights of pieces of text."""

    rows: list[Floats]
    labels: list[float]
    weights: list[float]

    def add(self, row: Floats, label: bool, weight: float) -> None:
        self.rows.append(row)
        self.labels.append(float(label))
        self.weights.append(weight)


@dataclass(frozen=True, kw_only=True)
class Fitted:
    weights: Doubles
    bias: float

    def score(self, features: Floats) -> float:
        if not len(features):
            return -np.inf
        return float((features @ self.weights).max()) + self.bias


class Space:
    """Features of texts, by vectors that are made once."""

    def __init__(self) -> None:
        self._vectors = SentenceVectors(BuiltinEmbedder.id, encode, kept=1 << 20)

    def learn(self, texts: Sequence[tuple[str, Place]]) -> None:
        self._vectors.of({p.text for text, place in texts for p in pieces_of(text, place)})

    def features(self, text: str, place: Place) -> tuple[tuple[Piece, ...], Floats]:
        pieces = pieces_of(text, place)
        vectors = self._vectors.of([piece.text for piece in pieces])
        near = apart(pieces, vectors)
        rows = [np.append(vectors[p.text], FARTHER * near[n]) for n, p in enumerate(pieces)]
        return pieces, np.array(rows, dtype=np.float32)

    def lone(self, text: str) -> Floats:
        piece = pieces_of(text, "passage")[:1]
        return np.append(self._vectors.of([piece[0].text])[piece[0].text], FARTHER * ALONE)


def fit_line(examples: Examples) -> Fitted:
    """Return the weighted logistic line with ridge, by Newton's steps."""
    x = np.column_stack([np.array(examples.rows), np.ones(len(examples.rows))]).astype(np.float32)
    y, w = np.array(examples.labels), np.array(examples.weights)
    w[y == 1] *= ATTACKS * w[y == 0].sum() / w[y == 1].sum()
    ridge = np.append(np.full(x.shape[1] - 1, RIDGE), 1e-4)
    line = np.zeros(x.shape[1])
    for _ in range(9):
        p = 1 / (1 + np.exp(-(x @ line.astype(np.float32)).astype(float)))
        slope = x.T @ (w * (p - y)).astype(np.float32) + ridge * line
        curve = (x * (w * p * (1 - p)).astype(np.float32)[:, None]).T @ x + np.diag(ridge)
        line -= np.linalg.solve(curve.astype(float), slope)
    return Fitted(weights=line[:-1], bias=float(line[-1]))


def examples_of(
    rows: Sequence[Row], ordinary: Sequence[str], place: Place, space: Space
) -> Examples:
    made = Examples(rows=[], labels=[], weights=[])
    # What is asked of a desk says little about passages; the other way round it says more.
    foreign = 0.3 if place == "question" else 0.05
    for row in rows:
        own = 1.0 if row["where"] == place else foreign
        if not own or (place == "question" and row["technique"] == "planted_soft"):
            continue
        pieces, features = space.features(row["text"], place)
        for piece, feature in zip(pieces, features, strict=True):
            label = _guilty(row, piece, place)
            if label is not None:
                made.add(feature, label, own)
    for text in ordinary:
        for feature in space.features(text, place)[1]:
            made.add(feature, False, ORDINARY[place] / len(ordinary))
    return made


def _guilty(row: Row, piece: Piece, place: Place) -> bool | None:
    """Tell whether a piece is the attack; None where nobody said."""
    if not row["attack"]:
        return False
    if "span" in row:
        start, end = row["span"]
        return bool(piece.start < end and start < piece.end)
    whole = (piece.start, piece.end) == (0, len(row["text"]))
    return True if place == "passage" or whole else None


def replanted(rows: Sequence[Row], hosts: Sequence[str]) -> Iterator[Row]:
    """Yield the planted orders in other passages of their language."""
    chance = random.Random(1)
    by_language: dict[str, list[str]] = {}
    for host in hosts:
        if len(split_sentences(host)) > 1:
            by_language.setdefault(language_of(host), []).append(host)
    for row in rows:
        if "span" not in row or row["where"] != "passage" or not row["text"]:
            continue
        order = row["text"][slice(*row["span"])]
        for host in chance.choices(by_language.get(language_of(row["text"]), [""]), k=HOSTS):
            ends = [span.end for span in split_sentences(host)] or [0]
            at = chance.choice(ends)
            text = f"{host[:at]} {order} {host[at:]}".strip()
            start = text.index(order)
            yield {**row, "text": text, "span": [start, start + len(order)]}


def utterances(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="") as file:
        if path.suffix == ".csv":
            yield from (row["Utterance"] for row in csv.DictReader(file))
        else:
            yield from (json.loads(line)["question"] for line in file)


def share_above(scores: Sequence[float], threshold: float) -> float:
    return float(np.mean([score > threshold for score in scores])) if scores else float("nan")


def threshold_of(
    rows: Sequence[Row], learn: Callable[[Sequence[Row]], Fitted], place: Place, space: Space
) -> tuple[float, float]:
    """Return the threshold by rows that were left out in turn, and the recall it has there."""
    good: list[float] = []
    bad: list[float] = []
    for part in range(PARTS):
        fitted = learn([row for row in rows if _part(row["id"]) != part])
        for row in rows:
            if row["where"] == place and _part(row["id"]) == part:
                score = fitted.score(space.features(row["text"], place)[1])
                (bad if row["attack"] else good).append(score)
    threshold = float(np.quantile(good, 1 - ALARMS[place]))
    return threshold, share_above(bad, threshold)


def _part(text: str) -> int:
    return int(sha256(f"part {text}".encode()).hexdigest(), 16) % PARTS


def direction_yaml(weights: Doubles, indent: str) -> str:
    scale = float(np.abs(weights).max() / 127)
    packed = np.round(weights / scale).astype(np.int8).tobytes()
    return f"{indent}scale: {scale:.8f}\n{indent}weights: {b64encode(packed).decode()}\n"


def kinds_yaml(rows: Sequence[Row], space: Space) -> str:
    """Return the mean attack of each kind, less the mean of all."""
    means: dict[str, Doubles] = {}
    for kind, (techniques, _, _) in KINDS.items():
        texts = [
            row["text"][slice(*row.get("span", (0, None)))]
            for row in rows
            if row["attack"] and row["technique"] in techniques
        ]
        means[kind] = np.mean([space.lone(text)[:-1] for text in texts], axis=0)
    middle = np.mean(list(means.values()), axis=0)
    out = "kinds:\n"
    for kind, (_, zh, en) in KINDS.items():
        out += f"  - id: {kind}\n    reason:\n      zh: {zh}\n      en: {en}\n"
        out += direction_yaml(means[kind] - middle, "    ")
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--said", nargs="*", type=Path, default=[], metavar="FILE")
    arguments = parser.parse_args()
    worlds = read_worlds(arguments.folders)
    said = [sorted(set(utterances(path))) for path in arguments.said]
    ordinary: dict[Place, list[str]] = {"question": [], "passage": []}
    for texts in said:
        ordinary["question"] += random.Random(1).sample(texts, min(2 * MOST, len(texts)))
    for world in worlds:
        asked = sorted({case.text for case in world.cases if case.sort == "in"})
        known = sorted({answer.text for entry in world.entries for answer in entry.answers})
        for place, texts in (("question", asked), ("passage", known)):
            ordinary[place] += random.Random(1).sample(texts, min(MOST, len(texts)))
    with open(CORPUS, encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    dev = [row for row in rows if row["split"] == "dev"]
    space = Space()
    report, out = sys.stderr.write, sys.stdout.write
    out(HEAD + f"fitted_with: {BuiltinEmbedder.id}\nlines:\n")
    for place in get_args(Place):
        fitting = [text for text in ordinary[place] if _part(text) < PARTS // 2]
        rest = [text for text in ordinary[place] if _part(text) >= PARTS // 2]

        def learn(some: Sequence[Row], place: Place = place, plain: list[str] = fitting) -> Fitted:
            hosts = ordinary["passage"] + [r["text"] for r in some if not r["attack"]]
            more = list(replanted(some, hosts)) if place == "passage" else []
            return fit_line(examples_of([*some, *more], plain, place, space))

        threshold, recall = threshold_of(dev, learn, place, space)
        fitted = learn(dev)
        report(f"{place}: threshold {threshold:.3f}, recall on dev left out {recall:.3f}\n")
        for name, texts in (
            ("held attacks", _texts(rows, place, True)),
            ("held look-alikes", _texts(rows, place, False)),
            ("ordinary, not fitted", rest),
        ):
            scores = [fitted.score(space.features(text, place)[1]) for text in texts]
            report(f"  {name}: {share_above(scores, threshold):.4f} of {len(scores)}\n")
        fitted = learn(dev, plain=ordinary[place])
        out(f"  {place}:\n    bias: {fitted.bias:.5f}\n    threshold: {threshold:.5f}\n")
        out(f"    together: {FARTHER * fitted.weights[-1]:.5f}\n")
        out(direction_yaml(fitted.weights[:-1], "    "))
    out(kinds_yaml(dev, space))


HEAD = """\
# What orders to the assistant look like to the embedder that always comes with the package: a line
# between attacks and ordinary texts in its space, and the kinds of attacks. Fitted numbers, not to
# be edited by hand: scripts/fit_injection.py prints this file.
# A piece of a text is an attack when  weights · vector + together · likeness to the other pieces
# + bias  is above threshold. A higher threshold finds less and alarms less.
# weights: base64 of one signed byte a dimension, to be multiplied by scale.

"""


def _texts(rows: Sequence[Row], place: Place, attack: bool) -> list[str]:
    return [
        row["text"]
        for row in rows
        if row["split"] == "held" and row["where"] == place and row["attack"] == attack
    ]


if __name__ == "__main__":
    main()
