"""Refit rules/injection_likeness.yaml to tests/corpora/injection.jsonl and print it with a report.

Run as

    PYTHONPATH=src .venv/bin/python scripts/fit_injection.py FOLDER… --said FILE… > FITTED

with the folders of ordinary questions and passages that scripts/fit takes, and files of what people
say (.jsonl with a question, .csv with an Utterance); half of their texts are fitted, the other half
measured; the numbers that are printed are then fitted to all of them. The report goes to standard
error. Only dev rows are fitted. The threshold comes from the rows of each stranger in turn, fitted
without them, and from the ordinary texts that were not fitted. The marks of the present file stay.
"""

import argparse
import csv
import json
import random
import re
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, get_args

import numpy as np
import yaml
from fit_line import WORDS, Doubles, Examples, Features, Fitted, fit_line
from fit_sets import read_worlds

from assist.providers.builtin_embedder import BuiltinEmbedder, encode
from assist.records import Floats
from assist.text.injection import InjectionRules, find_injection, load_injection_rules
from assist.text.language import language_of
from assist.text.likeness import Piece, Place, apart, load_likeness, pieces_of
from assist.text.sentences import split_sentences
from assist.text.vectors import SentenceVectors
from assist.text.wording import Buckets, buckets

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "tests" / "corpora" / "injection.jsonl"
RULES = ROOT / "rules"
STRANGERS = ("inj_i", "inj_j", "inj_k")
"""How the ids of those begin who had seen neither code nor rows."""
ALARMS = 0.04
"""Share of a stranger's clean texts that may be taken for attacks, by patterns or by the line."""
ORDINARY_ALARMS: dict[Place, float] = {"question": 0.002, "passage": 0.004}
ORDINARY: dict[Place, float] = {"question": 8000, "passage": 1500}
"""Weight of all ordinary texts together, one look-alike being 1."""
FOREIGN: dict[Place, float] = {"question": 0.3, "passage": 0.05}
"""Weight of a row of the other place: what is asked of a desk says little about passages."""
FARTHER = 3.0
"""How much less than another weight that of being apart is held back."""
LESSONS = 3
"""Fits of a passage's line, each with the worst piece of an attack that the one before saw."""
HOSTS = 2
"""Ordinary passages that each planted order is planted into once more."""
MOST = 1000

Row = Mapping[str, Any]
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


class Space:
    """Features of texts, by vectors that are made once."""

    def __init__(self, marks: re.Pattern[str]) -> None:
        self._vectors = SentenceVectors(BuiltinEmbedder.id, encode, kept=1 << 20)
        self._marks = marks
        self._words: dict[str, Buckets] = {}

    def features(self, text: str, place: Place) -> tuple[tuple[Piece, ...], Features]:
        pieces = pieces_of(text, place)
        vectors = self._vectors.of([piece.text for piece in pieces])
        near = apart(pieces, vectors)
        rows = [np.append(vectors[p.text], FARTHER * near[n]) for n, p in enumerate(pieces)]
        words = [self._worded(piece.text) for piece in pieces]
        return pieces, Features(dense=np.array(rows, dtype=np.float32), words=words)

    def lone(self, text: str) -> Floats:
        piece = pieces_of(text, "passage")[:1]
        return self._vectors.of([piece[0].text])[piece[0].text]

    def _worded(self, text: str) -> Buckets:
        if text not in self._words:
            self._words[text] = buckets(text, self._marks, WORDS)
        return self._words[text]


def examples_of(
    rows: Sequence[Row], ordinary: Sequence[str], place: Place, space: Space
) -> Examples:
    made = Examples(dense=[], words=[], labels=[], weights=[], attacks=[])
    for number, row in enumerate(rows):
        own = 1.0 if row["where"] == place else FOREIGN[place]
        if place == "question" and row["technique"] == "planted_soft":
            continue
        pieces, features = space.features(row["text"], place)
        for n, piece in enumerate(pieces):
            label = _guilty(row, piece, pieces, place)
            if label is not None:
                open_ = label and "span" not in row and place == "passage"
                made.add(features, n, label, own, number if open_ else -1)
    for text in ordinary:
        pieces, features = space.features(text, place)
        for n in range(len(pieces)):
            made.add(features, n, False, ORDINARY[place] / len(ordinary))
    return made


def _guilty(row: Row, piece: Piece, pieces: Sequence[Piece], place: Place) -> bool | None:
    """Tell whether a piece is the attack; None where nobody said."""
    if not row["attack"]:
        return False
    if "span" in row:
        start, end = row["span"]
        return bool(piece.start < end and start < piece.end)
    # The whole of a question comes last.
    return True if place == "passage" or piece is pieces[-1] else None


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


def by_strangers(
    rows: Sequence[Row], learn: Callable[[Sequence[Row]], Fitted], place: Place, space: Space
) -> dict[str, tuple[list[float], list[float]]]:
    """Return for each stranger the scores of clean rows and of attacks, fitted without theirs."""
    scores: dict[str, tuple[list[float], list[float]]] = {}
    rules = load_injection_rules(RULES)
    for stranger in STRANGERS:
        fitted = learn([row for row in rows if not row["id"].startswith(stranger)])
        theirs = [r for r in rows if r["id"].startswith(stranger) and r["where"] == place]
        scores[stranger] = tuple(
            [
                judged(r["text"], fitted, rules, place, space)
                for r in theirs
                if r["attack"] is attack
            ]
            for attack in (False, True)
        )
    return scores


def judged(text: str, fitted: Fitted, rules: InjectionRules, place: Place, space: Space) -> float:
    """Return the score of the worst piece, beyond all bounds where a pattern is found."""
    if find_injection(text, rules):
        return np.inf
    return fitted.score(space.features(text, place)[1])


def _part(text: str) -> int:
    return int(sha256(f"part {text}".encode()).hexdigest(), 16) % 2


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
        means[kind] = np.mean([space.lone(text) for text in texts], axis=0)
    middle = np.mean(list(means.values()), axis=0)
    out = "kinds:\n"
    for kind, (_, zh, en) in KINDS.items():
        out += f"  - id: {kind}\n    reason:\n      zh: {zh}\n      en: {en}\n"
        out += direction_yaml(means[kind] - middle, "    ")
    return out


def ordinary_texts(folders: Sequence[Path], said: Sequence[Path]) -> dict[Place, list[str]]:
    """Return ordinary questions and passages, as many of each source as MOST allows."""
    texts: dict[Place, list[str]] = {"question": [], "passage": []}
    for path in said:
        spoken = sorted(set(utterances(path)))
        texts["question"] += random.Random(1).sample(spoken, min(2 * MOST, len(spoken)))
    for world in read_worlds(folders):
        asked = sorted({case.text for case in world.cases if case.sort == "in"})
        known = sorted({answer.text for entry in world.entries for answer in entry.answers})
        for place, some in (("question", asked), ("passage", known)):
            texts[place] += random.Random(1).sample(some, min(MOST, len(some)))
    return texts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--said", nargs="*", type=Path, default=[], metavar="FILE")
    arguments = parser.parse_args()
    ordinary = ordinary_texts(arguments.folders, arguments.said)
    with open(CORPUS, encoding="utf-8") as lines:
        dev = [row for row in map(json.loads, lines) if row["split"] == "dev"]
    present = load_likeness(RULES)
    space = Space(present.marked)
    out = sys.stdout.write
    out(HEAD + f"fitted_with: {BuiltinEmbedder.id}\n")
    out(yaml.safe_dump({"marks": present.marks}, allow_unicode=True, sort_keys=False, width=10_000))
    out("lines:\n")
    for place in get_args(Place):
        out(line_yaml(place, dev, ordinary, space))
    out(kinds_yaml(dev, space))


def line_yaml(
    place: Place, rows: Sequence[Row], ordinary: Mapping[Place, Sequence[str]], space: Space
) -> str:
    """Return the line of one place as it stands in the file; report what it finds."""
    halves = [[text for text in ordinary[place] if _part(text) == part] for part in range(2)]

    def learn(some: Sequence[Row], plain: Sequence[str] = halves[0]) -> Fitted:
        hosts = [*ordinary["passage"], *(r["text"] for r in some if not r["attack"])]
        more = list(replanted(some, hosts)) if place == "passage" else []
        lessons = LESSONS if place == "passage" else 1
        return fit_line(examples_of([*some, *more], plain, place, space), lessons)

    strangers = by_strangers(rows, learn, place, space)
    half = learn(rows)
    rest = [half.score(space.features(text, place)[1]) for text in halves[1]]
    clean = [score for good, _ in strangers.values() for score in good]
    threshold = max(
        float(np.quantile(clean, 1 - ALARMS, method="higher")),
        float(np.quantile(rest, 1 - ORDINARY_ALARMS[place])),
    )
    report = sys.stderr.write
    report(f"{place}: threshold {threshold:.3f}\n")
    for stranger, (good, bad) in strangers.items():
        found, alarms = share_above(bad, threshold), share_above(good, threshold)
        report(f"  {stranger}, not fitted: recall {found:.3f}, false alarms {alarms:.3f}\n")
    report(f"  ordinary, not fitted: {share_above(rest, threshold):.4f} of {len(rest)}\n")
    fitted = learn(rows, ordinary[place])
    out = f"  {place}:\n    bias: {fitted.bias:.5f}\n    threshold: {threshold:.5f}\n"
    out += f"    together: {FARTHER * fitted.dense[-1]:.5f}\n"
    out += direction_yaml(fitted.dense[:-1], "    ")
    return out + "    words:\n" + direction_yaml(fitted.words, "      ")


HEAD = """\
# What orders to the assistant look like to the embedder that always comes with the package: a line
# between attacks and ordinary texts, by their sense and by their wording, and the kinds of attacks.
# Fitted numbers, not to be edited by hand: scripts/fit_injection.py prints this file.
# A piece of a text is an attack when  weights · vector + weights of its words / root of their
# number + together · likeness to the other pieces + bias  is above threshold. A higher threshold
# finds less and alarms less.
# marks: words that count as one another, as the words for who is told to do something; the script
# keeps them, and has to be run again when they change.
# weights: base64 of one signed byte a dimension, to be multiplied by scale.

"""


if __name__ == "__main__":
    main()
