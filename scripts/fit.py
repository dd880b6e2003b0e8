"""Refit the numbers of rules/retrieval.yaml to folders of development data, and report on them."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import anyio
import httpx2
import numpy as np
from fit_curve import SIGNS, Curve, calibration_error, fit_curve, fit_document_bias
from fit_numbers import (
    FITTED,
    GIVEN,
    GIVEN_OF_TITLES,
    Doubles,
    Seen,
    fit_weights,
    scores_of,
    see,
)
from fit_sets import read_worlds

from assist.choose import choose_embedder
from assist.retrieve.evidence import LEGS
from assist.retrieve.rules import load_retrieval_rules
from assist.settings import load_settings

ROOT = Path(__file__).parent.parent
MANY = 200
"""Answerable cases from which a set has a say in the weights."""


@dataclass(frozen=True, kw_only=True)
class Fit:
    weights: dict[str, Doubles]
    """By kind of entry."""
    bias: dict[str, float]
    curves: dict[str, Curve]

    def scores(self, seen: Seen) -> Doubles:
        return scores_of(seen, self.weights[seen.kind], self.bias[seen.kind])

    def likelihood(self, seen: Seen) -> Doubles:
        """Return for each case how likely it is that any entry answers."""
        return self.curves[seen.kind].likelihood(seen, self.scores(seen))


def fit(sets: Sequence[Seen]) -> Fit:
    by_kind = {kind: [s for s in sets if s.kind == kind] for kind in ("faq", "document")}
    # A few dozen cases are enough to place the curve, and too few to rank entries by.
    many = {
        kind: [s for s in those if (s.sort == "in").sum() >= MANY]
        for kind, those in by_kind.items()
    }
    weights = {kind: fit_weights(those) for kind, those in many.items()}
    # The near-scope sets of a few dozen cases move no ranking, so they move no ranking's bias.
    aligned = fit_document_bias(many["faq"], weights["faq"], many["document"], weights["document"])
    bias = {"faq": 0.0, "document": aligned}
    curves = {kind: fit_curve(those, weights[kind], bias[kind]) for kind, those in by_kind.items()}
    return Fit(weights=weights, bias=bias, curves=curves)


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
            error = calibration_error(seen, one.scores(seen), likely)
            kept = (likely[answerable] >= threshold).mean()
            out(f"  answerable{name}: kept {kept:.3f}")
            for sort in ("near", "far"):
                rows = seen.sort == sort
                if rows.any():
                    apart = auroc(likely[answerable], likely[rows])
                    refused = (likely[rows] < threshold).mean()
                    out(f"; {sort}: AUROC {apart:.3f}, abstains {refused:.3f}")
            out(f"; calibration error {error:.3f}\n")


def print_yaml(fitted: Fit, embedder: str) -> None:
    out = sys.stdout.write
    out(f"\nfitted_with: {embedder}\nweights:\n")
    for kind, weights in fitted.weights.items():
        numbers = dict(zip(FITTED, weights.tolist(), strict=True)) | GIVEN
        if kind == "document":
            numbers |= GIVEN_OF_TITLES
        out(f"  {kind}:\n    bias: {fitted.bias[kind]:.2f}\n")
        out("".join(f"    {name}: {number:.2f}\n" for name, number in numbers.items()))
    out("calibration:\n")
    for kind, curve in fitted.curves.items():
        out(f"  {kind}:\n")
        for name, number in zip(SIGNS, curve.weights, strict=True):
            out(f"    {name}: {number:.3f}\n")
        out(f"    crowd: {curve.crowd:.2f}\n")


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    rules = load_retrieval_rules(ROOT / "rules")
    worlds = read_worlds(parser.parse_args().folders)
    async with httpx2.AsyncClient() as client:
        embedder = await choose_embedder(load_settings(), client)
        sets = [await see(world, embedder, rules) for world in worlds]
    fitted = fit(sets)
    report(sets, fitted, rules.threshold)
    print_yaml(fitted, embedder.id)


if __name__ == "__main__":
    anyio.run(main)
