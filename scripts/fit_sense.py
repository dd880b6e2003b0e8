"""Refit rules/grounding_sense.yaml to tests/corpora/grounding.jsonl and print it with a report.

Run as

    PYTHONPATH=src .venv/bin/python scripts/fit_sense.py NEWS > FITTED

with a folder of news (.jsonl) that have newsBeginning, newsRemainder, headLine,
hallucinatedContinuation and, for its words, annotations (word<sep>verdict). Fitted are the clauses
of dev rows that the other rules do not flag, made up where they touch a wrong stretch, and of the
news headlines and the annotated clauses of invented continuations. The threshold comes from dev
rows whose passages were left out in turn. The report goes to standard error.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from fit_curve import Doubles, logistic
from fit_injection import direction_yaml

from assist.check.context import CheckContext
from assist.check.made_up import judged
from assist.check.rules import CheckRules, load_check_rules
from assist.check.runner import run_checks
from assist.check.sense import SIGNS
from assist.providers.builtin_embedder import BuiltinEmbedder, encode
from assist.records import Floats, Sentence
from assist.text.clauses import reported
from assist.text.language import language_of
from assist.text.normalise import fold
from assist.text.sentences import split_sentences
from assist.text.vectors import SentenceVectors

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "tests" / "corpora" / "grounding.jsonl"
ALARMS = 0.02
"""Share of the true drafts that may be taken for made up."""
PARTS = 5
NEWS = 0.3
"""Weight of a clause of the news, one of a draft being 1."""
RIDGE = 50.0
CLOSER = 5.0
"""How much less than those of the signs the weights of the vector are held back."""
SET_APART = re.compile(r"^（[^）]*）")


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A clause: what the line is fitted to, and whose it is."""

    row: int
    part: int
    features: Floats
    made_up: bool
    caught: bool
    """Whether another rule flags it."""
    weight: float


def context_of(row: dict[str, Any], rules: CheckRules, vectors: SentenceVectors) -> CheckContext:
    sentences = split_sentences(row["draft"])
    return CheckContext(
        text=row["draft"],
        rules=rules,
        language=language_of(row["draft"]),
        sentences=tuple(Sentence(text=s.text, citations=tuple(row["cite"])) for s in sentences),
        passages=dict(enumerate(row["passages"], 1)),
        question=row["question"],
        vectors=vectors,
    )


def see(
    rows: list[dict[str, Any]], rules: CheckRules, vectors: SentenceVectors, *, weight: float
) -> Iterator[Seen]:
    """Yield the clauses that the check would judge by their sense."""
    for number, row in enumerate(rows):
        plain = context_of(row, rules, vectors)
        flagged = run_checks(replace(plain, vectors=None), {"grounding"})
        key = "|".join(sorted(row["passages"]))
        part = int(sha256(key.encode()).hexdigest(), 16) % PARTS
        for claim in plain.claims:
            if plain.states_nothing(claim.text) or reported(fold(claim.text)):
                continue
            for clause, signs, vector in judged(plain, claim, plain.sources_of(claim), vectors):
                yield Seen(
                    row=number,
                    part=part,
                    features=np.concatenate([signs, CLOSER * vector]).astype(np.float32),
                    made_up=any(clause.start < e and s < clause.end for s, e in row["wrong"]),
                    caught=any(f.start < clause.end and clause.start < f.end for f in flagged),
                    weight=weight,
                )


def news(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield headlines as true drafts and invented continuations with their wrong words."""
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            known = {
                "passages": [row["newsBeginning"] + row["newsRemainder"]],
                "cite": [1],
                "question": None,
            }
            yield {"draft": SET_APART.sub("", row["headLine"].strip()), "wrong": [], **known}
            draft = row["hallucinatedContinuation"].strip()
            verdicts = [each.split("<sep>") for each in row["annotations"]]
            wrong = [word for word, verdict in verdicts if verdict.startswith("不合理")]
            spans = [(draft.find(word), draft.find(word) + len(word)) for word in wrong]
            yield {"draft": draft, "wrong": [span for span in spans if span[0] >= 0], **known}


def fitted(seen: Sequence[Seen]) -> Doubles:
    """Return the weights of signs, vector and bias, both sides counting alike, by IRLS."""
    design = np.array([np.append(each.features, 1) for each in seen], dtype=float)
    made_up = np.array([float(each.made_up) for each in seen])
    weight = np.array([each.weight for each in seen])
    for side in (0, 1):
        weight[made_up == side] *= len(seen) / 2 / weight[made_up == side].sum()
    ridge = np.full(design.shape[1], RIDGE)
    ridge[-1] = 1e-4
    line = np.zeros(design.shape[1])
    for _ in range(12):
        chance = logistic(design @ line)
        slope = (design * (weight * chance * (1 - chance))[:, None]).T @ design + np.diag(ridge)
        line -= np.linalg.solve(slope, design.T @ (weight * (chance - made_up)) + ridge * line)
    return line


def scores_of(seen: Sequence[Seen], line: Doubles) -> Doubles:
    return np.array([float(each.features @ line[:-1] + line[-1]) for each in seen])


def left_out(seen: Sequence[Seen]) -> Doubles:
    """Return the score of each clause by a line that was fitted without its part."""
    scores = np.zeros(len(seen))
    for part in range(PARTS):
        line = fitted([s for s in seen if s.part != part and not (s.caught and s.made_up)])
        mine = [n for n, s in enumerate(seen) if s.part == part]
        scores[mine] = scores_of([seen[n] for n in mine], line)
    return scores


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("news", type=Path)
    vectors = SentenceVectors(BuiltinEmbedder.id, encode, kept=1 << 20)
    rules = load_check_rules(ROOT / "rules")
    rows = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
    dev = [row for row in rows if row["split"] == "dev"]
    drafts = list(see(dev, rules, vectors, weight=1))
    told = list(see(list(news(parser.parse_args().news)), rules, vectors, weight=NEWS))
    told = [replace(each, row=each.row + len(dev)) for each in told]
    every = [*drafts, *told]
    scores = left_out(every)
    true = {n for n, row in enumerate(dev) if not row["wrong"]}
    best: dict[int, float] = dict.fromkeys(true, -np.inf)
    for each, score in zip(every, scores, strict=True):
        if each.row in true and not each.caught:
            best[each.row] = max(best[each.row], score)
    threshold = float(np.quantile(list(best.values()), 1 - ALARMS))
    report(every, scores, threshold, len(dev))
    line = fitted([each for each in every if not (each.caught and each.made_up)])
    sys.stdout.write(HEAD + f"fitted_with: {BuiltinEmbedder.id}\nsigns:\n")
    for name, weight in zip(SIGNS, line, strict=False):
        sys.stdout.write(f"  {name}: {weight:.4f}\n")
    sys.stdout.write(f"bias: {line[-1]:.4f}\nthreshold: {threshold:.4f}\n")
    sys.stdout.write(direction_yaml(CLOSER * line[len(SIGNS) : -1], ""))


def report(every: Sequence[Seen], scores: Doubles, threshold: float, drafts: int) -> None:
    """Say what share of clauses left out lies above the threshold."""
    for name, wanted in (
        ("made up, of drafts", lambda s: s.made_up and s.row < drafts),
        ("made up and missed by the other rules", lambda s: s.made_up and not s.caught),
        ("borne out, of drafts", lambda s: not s.made_up and s.row < drafts),
        ("made up, of news", lambda s: s.made_up and s.row >= drafts),
        ("borne out, of news", lambda s: not s.made_up and s.row >= drafts),
    ):
        some = np.array([wanted(each) for each in every])
        share = (scores[some] > threshold).mean()
        sys.stderr.write(f"{name}: {share:.3f} of {some.sum()} above\n")


HEAD = """\
# What tells a clause that was made up from one that the sources bear out, to the embedder that
# always comes with the package. Fitted numbers, not to be edited by hand: scripts/fit_sense.py
# prints this file. A clause is made up when  signs + weights · vector + bias  is above threshold.
# A higher threshold finds less and alarms less.
# weights: base64 of one signed byte a dimension, to be multiplied by scale.

"""


if __name__ == "__main__":
    main()
