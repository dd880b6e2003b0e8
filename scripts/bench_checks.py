"""Print precision and recall of the checks on tests/corpora, and how fast they are."""

import argparse
import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import ahocorasick
from bench_corpora import NAMES, Judged, judge_all, judge_continuations

from assist.check.context import CheckContext
from assist.check.rules import CheckRules, load_check_rules
from assist.check.runner import run_checks
from assist.records import Sentence
from assist.text.sentences import split_sentences

ROOT = Path(__file__).parents[1]
_SEED = 20261122
_WORDS = 10_000
_ROUNDS = 25
_WHOLE = 10
_DRAFT = 200
_DRAFTS = 400


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench checks", description=__doc__)
    parser.add_argument("--rules", type=Path, default=ROOT / "rules", help="folder of rules")
    parser.add_argument("--split", choices=("dev", "held", "both"), default="both")
    parser.add_argument("--corpus", choices=NAMES, action="append", help="default: all")
    parser.add_argument("--every", type=int, default=1, help="judge each so many-th row only")
    parser.add_argument("--misses", action="store_true", help="show the dev rows judged wrongly")
    parser.add_argument("--json", action="store_true", help="the totals as JSON, without speed")
    parser.add_argument(
        "--continuations", type=Path, help="a folder of news with invented continuations, .jsonl"
    )
    return parser.parse_args()


def _share(rows: Sequence[Judged]) -> float | None:
    return sum(row.found for row in rows) / len(rows) if rows else None


def _totals(rows: Sequence[Judged]) -> dict[str, float | int | None]:
    """Return recall, precision and false alarms of some rows."""
    bad = [row for row in rows if row.expected]
    clean = [row for row in rows if not row.expected]
    hits, alarms = sum(row.found for row in bad), sum(row.found for row in clean)
    return {
        "rows": len(rows),
        "recall": _share(bad),
        "precision": hits / (hits + alarms) if hits + alarms else None,
        "false_alarms": _share(clean),
    }


def _groups(rows: Iterable[Judged], key: str) -> dict[str, list[Judged]]:
    grouped: dict[str, list[Judged]] = {}
    for row in rows:
        grouped.setdefault(str(getattr(row, key)), []).append(row)
    return grouped


def _summary(rows: Sequence[Judged]) -> dict[str, dict[str, float | int | None]]:
    """Return the totals of each corpus and split; of the banned words also of each level."""
    totals: dict[str, dict[str, float | int | None]] = {}
    for name, of_corpus in _groups(rows, "corpus").items():
        for split, of_split in sorted(_groups(of_corpus, "split").items()):
            totals[f"{name} {split}"] = _totals(of_split)
            if name == "banned":
                for level in ("plain", "hard"):
                    some = [row for row in of_split if row.group.startswith(level)]
                    totals[f"{name} {level} {split}"] = _totals(some)
    return totals


def _line(name: str, totals: dict[str, float | int | None]) -> str:
    cells = "".join(
        f"{'–' if totals[key] is None else f'{totals[key]:.3f}':>10}"
        for key in ("recall", "precision", "false_alarms")
    )
    return f"{name:<36}{totals['rows']:>6}{cells}\n"


def _report(rows: Sequence[Judged]) -> str:
    text = f"{'corpus, split':<36}{'rows':>6}{'recall':>10}{'precision':>10}{'alarms':>10}\n"
    text += "".join(_line(name, totals) for name, totals in _summary(rows).items())
    for name, of_corpus in _groups(rows, "corpus").items():
        text += f"\n{name}, by group\n"
        for group, some in sorted(_groups(of_corpus, "group").items()):
            text += _line(f"  {group}", _totals(some))
    return text


def _misses(rows: Sequence[Judged]) -> str:
    wrong = [row for row in rows if row.split == "dev" and row.found != row.expected]
    return "".join(
        f"{'MISS ' if row.expected else 'ALARM'} {row.corpus} {row.group} {row.row['id']} "
        f"{row.row.get('text') or row.row.get('draft')!r} {row.row.get('word') or ''}\n"
        for row in wrong
    )


def _words(chance: random.Random) -> set[str]:
    """Return words without meaning, of the characters in everyday use, so that all have variants.

    The everyday characters are the first 3,755 of GB 2312, rows 16 to 55.
    """
    everyday = [
        bytes((row, cell)).decode("gb2312")
        for row in range(0xB0, 0xD8)
        for cell in range(0xA1, 0xFF if row < 0xD7 else 0xFA)
    ]
    return {"".join(chance.choices(everyday, k=chance.randint(3, 6))) for _ in range(_WORDS)}


def _answers() -> list[str]:
    return [
        answer["text"]
        for path in sorted((ROOT / "knowledge_seed").glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
        for answer in json.loads(line)["answers"]
    ]


def _speeds(rules: CheckRules) -> Iterator[str]:
    """Yield a line for each way of looking through clean answers: MB a second of one core.

    The floors are what no search in Python could beat: a bare automaton over the same words, and
    the one translation that the search before had to begin with.
    """
    words = _words(random.Random(_SEED))
    engine = rules.banned.replaced_by(words)
    bare = ahocorasick.Automaton()
    for word in words:
        bare.add_word(word, word)
    bare.make_automaton()
    table = {ord(character): character for text in _answers() for character in text}
    clean = [text for text in _answers() if not engine.find(text)]
    unlisted = [text for text in clean if not rules.banned.find(text)]
    whole = ["\n".join(clean) * _WHOLE]
    for name, texts, look in (
        ("search, one answer at a time", clean, engine.find),
        ("search, all answers as one text", whole, engine.find),
        ("search for the shipped list", unlisted, rules.banned.find),
        ("floor: bare automaton", clean, lambda text: list(bare.iter(text))),
        ("floor: str.translate", clean, lambda text: text.translate(table)),
    ):
        low, median, high = _speed(texts, look)
        yield f"  {name:<34}{median:7.1f} MB/s  ({low:.1f} to {high:.1f})\n"


def _speed(texts: Sequence[str], look: Callable[[str], object]) -> tuple[float, float, float]:
    """Return the lowest, the median and the highest MB a second of processor time."""
    size = sum(len(text.encode()) for text in texts) / 1e6
    speeds = []
    for _ in range(_ROUNDS):
        started = time.process_time()
        for text in texts:
            look(text)
        speeds.append(size / (time.process_time() - started))
    return min(speeds), statistics.median(speeds), max(speeds)


def _hard_drafts() -> Iterator[tuple[str, Sequence[str]]]:
    """Yield drafts of unrelated sentences, half of them false, with passages never seen before."""
    with open(ROOT / "tests" / "corpora" / "grounding.jsonl", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    chance = random.Random(_SEED)
    for number in range(_DRAFTS):
        chosen = [row["draft"] for row in chance.sample(rows, 12)]
        yield (
            f"第{number}单：" + "".join(chosen),
            [r["passages"][0] for r in chance.sample(rows, 3)],
        )


def _ordinary_drafts() -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the seed's answers, three together, against themselves."""
    answers = [
        json.loads(line)["answers"][0]["text"]
        for path in sorted((ROOT / "knowledge_seed").glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    for at in range(len(answers) - 2):
        yield "".join(answers[at : at + 3]), answers[at : at + 3]


def _draft_times(
    rules: CheckRules, drafts: Iterable[tuple[str, Sequence[str]]]
) -> tuple[float, float]:
    """Return the median and the 95th percentile, in ms, of all checks."""
    took: list[float] = []
    for text, passages in drafts:
        draft = text[:_DRAFT]
        sentences = split_sentences(draft)
        started = time.perf_counter()
        run_checks(
            CheckContext(
                text=draft,
                rules=rules,
                sentences=tuple(Sentence(text=s.text, citations=(1, 2, 3)) for s in sentences),
                passages=dict(enumerate(passages, 1)),
                question="请问怎么收费，多久能办好？",
            )
        )
        took.append((time.perf_counter() - started) * 1000)
    return statistics.median(took), statistics.quantiles(took, n=20)[-1]


def main() -> None:
    """Judge the corpora, then measure the speed."""
    arguments = _arguments()
    rules = load_check_rules(arguments.rules)
    names = tuple(arguments.corpus or NAMES)
    rows = judge_all(rules, names, split=arguments.split, every=arguments.every)
    if arguments.continuations:
        rows += tuple(judge_continuations(arguments.continuations, rules))
    if arguments.json:
        sys.stdout.write(json.dumps(_summary(rows)) + "\n")
        return
    sys.stdout.write(_report(rows))
    if arguments.misses:
        sys.stdout.write("\n" + _misses(rows))
    ordinary = list(_ordinary_drafts())
    for name, drafts in (
        ("unrelated facts, new passages", _hard_drafts()),
        ("ordinary, new passages", ordinary),
        ("ordinary, known passages", ordinary),
    ):
        median, late = _draft_times(rules, drafts)
        sys.stdout.write(
            f"\nall checks, {_DRAFT} characters, {name}: median {median:.2f} ms, p95 {late:.2f}"
        )
    sys.stdout.write("\n")
    sys.stdout.write(f"banned words, {_WORDS} words, clean answers:\n")
    sys.stdout.writelines(_speeds(rules))


if __name__ == "__main__":
    main()
