"""Measure retrieval on public data: how good each leg is, all of them together, and how fast.

scripts/bench retrieval FOLDER    the folder holds banking77, clinc150, cmrc2018, drcd and dstc11
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import anyio
import numpy as np
from bench_speed import speed
from fit import ROOT, Fit, auroc, fit, fused_ranks
from fit_curve import calibration_error, shares_of
from fit_numbers import Doubles, Seen, see
from fit_sets import World, read_worlds, recorded

from assist.providers.builtin_embedder import BuiltinEmbedder
from assist.retrieve.evidence import LEGS
from assist.retrieve.rules import load_retrieval_rules
from assist.text.normalise import simplify

FITTED = ("banking77", "clinc150", "cmrc2018", "drcd")
SCOPES = ROOT / "tests" / "retrieve" / "near_scope"
SIMPLIFIED = "drcd, asked in Simplified"
DRAWS = 2000
COVERAGE = 0.95


def measures(ranks: Doubles) -> Iterator[float]:
    """Yield recall at 1, 3, 5 and 10, MRR@10 and nDCG@10; each case has one right entry."""
    for at in (1, 3, 5, 10):
        yield float((ranks <= at).mean())
    found = ranks <= 10
    yield float(np.where(found, 1 / ranks, 0).mean())
    yield float(np.where(found, 1 / np.log2(ranks + 1), 0).mean())


def interval(differences: Doubles) -> tuple[float, float]:
    """Return the 95 % interval of the mean of paired differences, by bootstrap."""
    draw = np.random.default_rng(0)
    rows = draw.integers(0, len(differences), (DRAWS, len(differences)))
    low, high = np.quantile(differences[rows].mean(axis=1), (0.025, 0.975))
    return float(low), float(high)


def auroc_interval(inside: Doubles, out: Doubles) -> tuple[float, float]:
    """Return the 95 % interval of an AUROC, both sorts of case drawn again by bootstrap."""
    draw = np.random.default_rng(0)
    drawn = [
        auroc(draw.choice(inside, len(inside)), draw.choice(out, len(out)))
        for _ in range(DRAWS // 4)
    ]
    low, high = np.quantile(drawn, (0.025, 0.975))
    return float(low), float(high)


def quality(sets: Sequence[Seen], fitted: Fit) -> Iterator[str]:
    """Yield the table of legs and fusion; every set is ranked with weights of the others."""
    yield "| set (cases) | leg | R@1 | R@3 | R@5 | R@10 | MRR@10 | nDCG@10 |"
    yield "|---|---|---|---|---|---|---|---|"
    gains = []
    for seen in sets:
        answerable = seen.sort == "in"
        ranks: dict[str, Doubles] = {
            leg: seen.ranks[answerable, column] for column, leg in enumerate(LEGS)
        }
        best = max(ranks, key=lambda leg: float((ranks[leg] == 1).mean()))
        held = fused_ranks(seen, held_out(sets, seen))
        ranks |= {"fused, weights held out": held, "fused": fused_ranks(seen, fitted)}
        for name, those in ranks.items():
            numbers = " | ".join(f"{number:.3f}" for number in measures(those))
            yield f"| {seen.name} ({answerable.sum()}) | {name} | {numbers} |"
        gain = (held == 1).astype(float) - (ranks[best] == 1)
        if "," not in seen.name:
            gains.append(gain.mean())
        low, high = interval(gain)
        yield f"| | held out − {best} | {gain.mean():+.3f} [{low:+.3f}, {high:+.3f}] | | | | | |"
    yield ""
    yield f"Mean gain in R@1 of held-out fusion over each set's best leg: {np.mean(gains):+.3f}"


def abstention(sets: Sequence[Seen], threshold: float) -> Iterator[str]:
    """Yield how questions that nothing answers are told apart, with a curve of the other sets."""
    least_kept = f"{COVERAGE:.0%} coverage"
    yield f"| set | sort | AUROC | 95 % | abstains at {least_kept} | at {threshold:.2f} | kept |"
    yield "|---|---|---|---|---|---|---|"
    for seen in sets:
        likely = held_out(sets, seen).likelihood(seen)
        inside = likely[seen.sort == "in"]
        least = float(np.quantile(inside, 1 - COVERAGE))
        for sort in ("near", "far"):
            out = likely[seen.sort == sort]
            if len(out):
                low, high = auroc_interval(inside, out)
                yield (
                    f"| {seen.name} | {sort} ({len(out)}) | {auroc(inside, out):.3f} | "
                    f"[{low:.3f}, {high:.3f}] | "
                    f"{(out < least).mean():.3f} | {(out < threshold).mean():.3f} | "
                    f"{(inside >= threshold).mean():.3f} |"
                )


def calibration(sets: Sequence[Seen], fitted: Fit) -> Iterator[str]:
    """Yield the calibration error in each set, and of a fit to one half of all on the other."""
    yield "| set | fitted with it | its half held out | held out |"
    yield "|---|---|---|---|"
    halves = fit([half(seen, 0) for seen in sets])
    means = []
    for seen in sets:
        other = half(seen, 1)
        errors = [error(seen, fitted), error(other, halves), error(seen, held_out(sets, seen))]
        means.append(errors)
        yield f"| {seen.name} | {' | '.join(f'{one:.3f}' for one in errors)} |"
    yield f"| mean | {' | '.join(f'{one:.3f}' for one in np.mean(means, axis=0))} |"
    pooled = reliability([half(seen, 1) for seen in sets], halves)
    yield ""
    yield "| predicted | share | right |"
    yield "|---|---|---|"
    gap = 0.0
    for predicted, share, right in pooled:
        gap += share * abs(predicted - right)
        yield f"| {predicted:.2f} | {share:.3f} | {right:.2f} |"
    yield f"\nExpected calibration error over all sets, half held out: {gap:.3f}"


def reliability(sets: Sequence[Seen], fitted: Fit) -> list[tuple[float, float, float]]:
    """Return mean prediction, share and frequency in each tenth; each set counts alike."""
    chance = np.concatenate([first_chance(seen, fitted)[0] for seen in sets])
    right = np.concatenate([first_chance(seen, fitted)[1] for seen in sets])
    share = np.concatenate([shares_of(seen) for seen in sets]) / len(sets)
    bins = np.minimum((chance * 10).astype(int), 9)
    found = []
    for tenth in range(10):
        rows = bins == tenth
        whole = share[rows].sum()
        if whole:
            means = (share[rows] @ chance[rows] / whole, share[rows] @ right[rows] / whole)
            found.append((float(means[0]), float(whole), float(means[1])))
    return found


def first_chance(seen: Seen, fitted: Fit) -> tuple[Doubles, Doubles]:
    """Return the first hit's probability and whether it is right."""
    scores = fitted.scores(seen)
    parts = np.exp(scores - scores.max(axis=1, keepdims=True))
    first = scores.argmax(axis=1)
    rows = np.arange(len(first))
    return fitted.likelihood(seen) / parts.sum(axis=1), seen.right[rows, first]


def error(seen: Seen, fitted: Fit) -> float:
    return calibration_error(seen, fitted.scores(seen), fitted.likelihood(seen))


def held_out(sets: Sequence[Seen], seen: Seen) -> Fit:
    """Return the fit to all other sets; one that is made of another ("drcd, …") is no other."""
    own = seen.name.split(",")[0]
    return fit([one for one in sets if "," not in one.name and one.name not in (own, "dstc11")])


def half(seen: Seen, odd: int) -> Seen:
    rows = np.arange(len(seen.sort)) // 2 % 2 == odd
    return replace(
        seen,
        sort=seen.sort[rows],
        x=seen.x[rows],
        fixed=seen.fixed[rows],
        right=seen.right[rows],
        strange=seen.strange[rows],
        length=seen.length[rows],
        ranks=seen.ranks[rows],
    )


def in_simplified(world: World) -> World:
    cases = tuple(replace(case, text=simplify(case.text)) for case in world.cases)
    return replace(world, name=SIMPLIFIED, cases=cases)


def say(lines: Iterator[str], title: str) -> None:
    sys.stdout.write(f"\n## {title}\n\n")
    for line in lines:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


async def measure_quality(data: Path) -> None:
    rules = load_retrieval_rules(ROOT / "rules")
    embedder = BuiltinEmbedder()
    folders = [ROOT / "knowledge_seed", *(SCOPES / name for name in ("bank", "shop", "everyday"))]
    worlds = read_worlds([*folders, *(data / name for name in FITTED)])
    drcd = next(world for world in worlds if world.name == "drcd")
    (dialogues,) = read_worlds([data / "dstc11"])
    sets = [await see(world, embedder, rules) for world in worlds]
    extra = (in_simplified(drcd), dialogues, *recorded(worlds[0], rules.contrasts))
    others = [await see(world, embedder, rules) for world in extra]
    fitted = fit(sets)
    say(quality([*sets, *others], fitted), "Legs and fusion")
    say(abstention(sets, rules.threshold), "Questions that nothing answers")
    say(calibration(sets, fitted), "Calibration")


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, metavar="FOLDER")
    parser.add_argument("--only", choices=("quality", "speed"))
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    asked = parser.parse_args()
    if asked.only != "speed":
        await measure_quality(asked.data)
    if asked.only != "quality":
        for size in asked.sizes:
            async for line in speed(asked.data, size):
                sys.stdout.write(line + "\n")
                sys.stdout.flush()


if __name__ == "__main__":
    anyio.run(main)
