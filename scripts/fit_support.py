"""Refit `support` of rules/grounding.yaml and print it with a report; changes no file.

Run as

    PYTHONPATH=src .venv/bin/python scripts/fit_support.py NEWS > FITTED

with a folder of news (.jsonl): newsBeginning, newsRemainder, headLine, realContinuation and
hallucinatedContinuation. Borne out are the sentences of true drafts of tests/corpora by their own
passages, and headlines and true continuations by their reports; not borne out are the same drafts
by the passage most like them that is not theirs, and invented continuations. Only dev rows are
used. One half is fitted and the other measured, then what is printed is fitted to all. The report
goes to standard error.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
import numpy.typing as npt
from fit_curve import Doubles, logistic

from assist.check.support import content_of, cover, likeness
from assist.providers.builtin_embedder import BuiltinEmbedder, encode
from assist.records import Language
from assist.text.language import language_of
from assist.text.normalise import fold
from assist.text.sentences import split_sentences
from assist.text.vectors import SentenceVectors

Marks = npt.NDArray[np.bool_]
CORPUS = Path(__file__).parent.parent / "tests" / "corpora" / "grounding.jsonl"
TELLING = 4
"""Content terms from which a sentence is judged by its words."""
ALARMS = 0.02
"""Share of the true drafts' sentences that may fall below the threshold."""
UNRELATED = 0.3
"""Likeness of texts that have nothing to do with one another; nine in ten have more."""
SET_APART = re.compile(r"^（[^）]*）")


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A sentence and what it is held against."""

    sort: str
    text: str
    sources: Sequence[str]
    borne: bool


def of_news(folder: Path) -> Iterator[Pair]:
    """Yield the sentences of news against their own report."""
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            report = [row["newsBeginning"] + row["newsRemainder"]]
            headline = SET_APART.sub("", row["headLine"].strip())
            yield Pair(sort="headline", text=headline, sources=report, borne=True)
            for key, borne in (("realContinuation", True), ("hallucinatedContinuation", False)):
                for sentence in split_sentences(row[key].strip()):
                    yield Pair(sort=key, text=sentence.text, sources=report, borne=borne)


def of_drafts(vectors: SentenceVectors) -> Iterator[Pair]:
    """Yield the sentences of true drafts against their own passages and against the nearest."""
    rows = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
    dev = [row for row in rows if row["split"] == "dev"]
    passages = list(dict.fromkeys(passage for row in dev for passage in row["passages"]))
    known = np.array([vectors.of([fold(passage)])[fold(passage)] for passage in passages])
    for row in (row for row in dev if not row["wrong"]):
        own = [row["passages"][n - 1] for n in row["cite"]]
        for sentence in split_sentences(row["draft"]):
            yield Pair(sort="draft", text=sentence.text, sources=own, borne=True)
            spoken = language_of(sentence.text)
            folded = fold(sentence.text)
            nearest = np.argsort(-(known @ vectors.of([folded])[folded]))
            other = next(
                passages[place]
                for place in nearest
                if passages[place] not in row["passages"] and language_of(passages[place]) == spoken
            )
            yield Pair(sort="other passage", text=sentence.text, sources=[other], borne=False)


def fitted(signs: Doubles, borne: Doubles) -> Doubles:
    """Return the weights of cover, likeness and bias, both sides counting alike, by IRLS."""
    design = np.column_stack([signs, np.ones(len(signs))])
    weight = np.where(borne > 0, 1 / borne.sum(), 1 / (1 - borne).sum()) * 500
    line = np.zeros(design.shape[1])
    for _ in range(50):
        chance = logistic(design @ line)
        slope = (design * (weight * chance * (1 - chance))[:, None]).T @ design
        line -= np.linalg.solve(
            slope + 1e-2 * np.eye(len(line)), design.T @ (weight * (chance - borne)) + 1e-2 * line
        )
    return line


def least_of(chances: Doubles, drafts: Marks) -> float:
    """Return the threshold that the allowed share of true drafts falls below."""
    return float(np.quantile(chances[drafts], ALARMS))


def report(language: Language, pairs: Sequence[Pair], signs: Doubles, borne: Doubles) -> None:
    """Measure the half that was not fitted, by sort of pair."""
    half = np.array([sha256(pair.text.encode()).digest()[0] % 2 for pair in pairs])
    drafts = np.array([pair.sort == "draft" for pair in pairs])
    for held in (0, 1):
        line = fitted(signs[half != held], borne[half != held])
        chances = logistic(np.column_stack([signs, np.ones(len(signs))]) @ line)
        least = least_of(chances, drafts & (half != held))
        words = least_of(signs[:, 0], drafts & (half != held))
        for sort in dict.fromkeys(pair.sort for pair in pairs):
            some = np.array([pair.sort == sort for pair in pairs]) & (half == held)
            sys.stderr.write(
                f"{language} held {held} {sort:<26}{some.sum():>5} below: "
                f"{(chances[some] < least).mean():.3f}, by words alone "
                f"{(signs[some, 0] < words).mean():.3f}; mean chance {chances[some].mean():.3f}\n"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("news", type=Path)
    vectors = SentenceVectors(BuiltinEmbedder.id, encode, kept=1 << 20)
    every = [*of_news(parser.parse_args().news), *of_drafts(vectors)]
    telling = [pair for pair in every if len(content_of(pair.text)) >= TELLING]
    sys.stdout.write(f"support:\n  fitted_with: {BuiltinEmbedder.id}\n")
    sys.stdout.write(f"  unrelated: {UNRELATED}\n  lines:\n")
    languages: tuple[Language, ...] = ("zh", "en")
    for language in languages:
        pairs = [pair for pair in telling if language_of(pair.text) == language]
        signs = np.array(
            [
                (cover(pair.text, pair.sources), likeness(pair.text, pair.sources, vectors))
                for pair in pairs
            ]
        )
        borne = np.array([float(pair.borne) for pair in pairs])
        drafts = np.array([pair.sort == "draft" for pair in pairs])
        report(language, pairs, signs, borne)
        line = fitted(signs, borne)
        chances = logistic(np.column_stack([signs, np.ones(len(signs))]) @ line)
        sys.stdout.write(
            f"    {language}: {{cover: {line[0]:.2f}, likeness: {line[1]:.2f}, "
            f"bias: {line[2]:.2f}, least: {least_of(chances, drafts):.3f}, "
            f"least_cover: {least_of(signs[:, 0], drafts):.2f}}}\n"
        )


if __name__ == "__main__":
    main()
