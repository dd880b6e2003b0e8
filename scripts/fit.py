"""Refit the numbers of rules/retrieval.yaml to folders of development data, and report on them."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import anyio
import numpy as np
from fit_numbers import (
    FITTED,
    GIVEN,
    GIVEN_OF_TITLES,
    Doubles,
    Seen,
    fit_calibration,
    fit_document_bias,
    fit_weights,
    logistic,
    scores_of,
    see,
    shares_of,
    softmax,
)
from fit_sets import read_worlds

from assist.providers.builtin_embedder import BuiltinEmbedder
from assist.retrieve.evidence import LEGS
from assist.retrieve.rules import load_retrieval_rules

ROOT = Path(__file__).parent.parent
KEEP = 0.95
"""The threshold keeps at least so many answerable queries of every set, in steps of 0.05."""


@dataclass(frozen=True, kw_only=True)
class Fit:
    weights: dict[str, Doubles]
    """By kind of entry."""
    bias: dict[str, float]
    curve: Doubles

    def scores(self, seen: Seen) -> Doubles:
        return scores_of(seen, self.weights[seen.kind], self.bias[seen.kind])

    def likelihood(self, seen: Seen) -> Doubles:
        """Return for each case how likely it is that any entry answers."""
        return logistic(self.curve[0] + self.curve[1] * self.scores(seen).max(axis=1))


def fit(sets: Sequence[Seen]) -> Fit:
    by_kind = {kind: [s for s in sets if s.kind == kind] for kind in ("faq", "document")}
    weights = {kind: fit_weights(those) for kind, those in by_kind.items()}
    curve = fit_calibration(by_kind["faq"], weights["faq"])
    bias = fit_document_bias(by_kind["document"], weights["document"], curve)
    return Fit(weights=weights, bias={"faq": 0.0, "document": bias}, curve=curve)


def recall(ranks: Doubles) -> str:
    return " ".join(f"{(ranks <= at).mean():.3f}" for at in (1, 3, 5))


def fused_ranks(seen: Seen, fitted: Fit) -> Doubles:
    """Return the rank of the right entry of each answerable case; infinite when not found."""
    scores = fitted.scores(seen)
    best = np.where(seen.right > 0, scores, -np.inf).max(axis=1)
    ranks = 1.0 + (scores > best[:, None]).sum(axis=1)
    ranks[~seen.right.any(axis=1)] = np.inf
    return np.asarray(ranks[seen.sort == "in"])


def auroc(positive: Doubles, negative: Doubles) -> float:
    """Return the chance that a random positive is above a random negative."""
    order = np.argsort(np.concatenate([positive, negative]))
    places = np.empty(len(order))
    places[order] = np.arange(1, len(order) + 1)
    above = places[: len(positive)].sum() - len(positive) * (len(positive) + 1) / 2
    return float(above / len(positive) / len(negative))


def calibration_error(seen: Seen, fitted: Fit) -> float:
    """Return the expected calibration error of the first hit's probability, in ten bins."""
    scores = fitted.scores(seen)
    first = scores.argmax(axis=1)
    rows = np.arange(len(first))
    chance = fitted.likelihood(seen) * softmax(scores)[rows, first]
    right, share = seen.right[rows, first], shares_of(seen)
    bins = np.minimum((chance * 10).astype(int), 9)
    gaps = [share[bins == b] @ (chance - right)[bins == b] for b in range(10)]
    return float(np.abs(gaps).sum())


def threshold_of(sets: Sequence[Seen], fitted: Fit) -> float:
    kept = [np.quantile(fitted.likelihood(seen)[seen.sort == "in"], 1 - KEEP) for seen in sets]
    return max(0.05, float(np.floor(min(kept) * 20) / 20))


def report(sets: Sequence[Seen], fitted: Fit, threshold: float) -> None:
    """Print recall at 1, 3 and 5 of each leg and fused, and how answerable cases stand out."""
    out = sys.stdout.write
    for seen in sets:
        answerable = seen.sort == "in"
        out(f"\n{seen.name} ({seen.kind}, {answerable.sum()} answerable)   recall@1, 3, 5\n")
        for column, leg in enumerate(LEGS):
            out(f"  {leg:18} {recall(seen.ranks[answerable, column])}\n")
        others = fit([other for other in sets if other is not seen])
        out(f"  {'fused':18} {recall(fused_ranks(seen, fitted))}\n")
        out(f"  {'fused, held out':18} {recall(fused_ranks(seen, others))}\n")
        for name, one in (("", fitted), (", held out", others)):
            likely = one.likelihood(seen)
            kept = (likely[answerable] >= threshold).mean()
            out(f"  answerable{name}: kept {kept:.3f}")
            for sort in ("near", "far"):
                rows = seen.sort == sort
                if rows.any():
                    apart = auroc(likely[answerable], likely[rows])
                    refused = (likely[rows] < threshold).mean()
                    out(f"; {sort}: AUROC {apart:.3f}, abstains {refused:.3f}")
            out(f"; calibration error {calibration_error(seen, one):.3f}\n")


def print_yaml(fitted: Fit, embedder: str, threshold: float) -> None:
    out = sys.stdout.write
    out(f"\nfitted_with: {embedder}\nweights:\n")
    for kind, weights in fitted.weights.items():
        numbers = dict(zip(FITTED, weights.tolist(), strict=True)) | GIVEN
        if kind == "document":
            numbers |= GIVEN_OF_TITLES
        out(f"  {kind}:\n    bias: {fitted.bias[kind]:.2f}\n")
        out("".join(f"    {name}: {number:.2f}\n" for name, number in numbers.items()))
    out(f"calibration: {{bias: {fitted.curve[0]:.3f}, slope: {fitted.curve[1]:.3f}}}\n")
    out(f"threshold: {threshold:.2f}\n")


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    rules = load_retrieval_rules(ROOT / "rules")
    embedder = BuiltinEmbedder()
    worlds = read_worlds(parser.parse_args().folders)
    sets = [await see(world, embedder, rules) for world in worlds]
    fitted = fit(sets)
    threshold = threshold_of([seen for seen in sets if seen.kind == "faq"], fitted)
    report(sets, fitted, threshold)
    print_yaml(fitted, embedder.id, threshold)


if __name__ == "__main__":
    anyio.run(main)
