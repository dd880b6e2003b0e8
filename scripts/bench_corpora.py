"""Judge the rows of tests/corpora by the checks: whether they find what they should."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from assist.check.context import CheckContext
from assist.check.rules import CheckRules
from assist.check.runner import run_checks
from assist.providers.builtin_embedder import BuiltinEmbedder, encode
from assist.records import CheckName, Sentence
from assist.text.language import language_of
from assist.text.likeness import find_likeness
from assist.text.personal import find_personal
from assist.text.sentences import split_sentences
from assist.text.vectors import SentenceVectors

CORPORA = Path(__file__).parents[1] / "tests" / "corpora"
NAMES = ("banned", "uncertainty", "pii", "injection", "grounding")

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    corpus: str
    split: str
    group: str
    """What the row tries: a technique, a kind of hedge, a type of personal data."""
    expected: bool
    """Whether something should be found."""
    found: bool
    """Whether it was; in a clean row, whether anything at all was."""
    row: Row


def judge_all(
    rules: CheckRules, names: tuple[str, ...] = NAMES, *, split: str = "both", every: int = 1
) -> tuple[Judged, ...]:
    """Judge the rows of the named corpora, or ``every`` so many-th one of a split."""
    return tuple(
        judged for name in names for judged in judge(name, rules, split=split, every=every)
    )


def judge(name: str, rules: CheckRules, *, split: str = "both", every: int = 1) -> Iterator[Judged]:
    """Judge the rows of one corpus."""
    vectors = SentenceVectors(BuiltinEmbedder.id, encode, kept=64)
    ways: Mapping[str, Callable[[Row], tuple[str, bool, bool]]] = {
        "banned": partial(_banned, rules, {}),
        "uncertainty": partial(_uncertainty, rules),
        "pii": _pii,
        "injection": partial(_injection, rules, vectors),
        "grounding": partial(_grounding, rules, vectors),
    }
    with open(CORPORA / f"{name}.jsonl", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    asked = [row for row in rows if split in {"both", row["split"]}]
    for row in asked[::every]:
        group, expected, found = ways[name](row)
        yield Judged(
            corpus=name, split=row["split"], group=group, expected=expected, found=found, row=row
        )


def judge_continuations(folder: Path, rules: CheckRules) -> Iterator[Judged]:
    """Judge news with a true and an invented continuation, the whole report being the source.

    Each line of the folder's .jsonl files has newsBeginning, newsRemainder, realContinuation and
    hallucinatedContinuation.
    """
    vectors = SentenceVectors(BuiltinEmbedder.id, encode, kept=64)
    for path in sorted(folder.glob("*.jsonl")):
        with open(path, encoding="utf-8") as lines:
            reports = [json.loads(line) for line in lines]
        for report in reports:
            source = report["newsBeginning"] + report["newsRemainder"]
            for key in ("realContinuation", "hallucinatedContinuation"):
                row = {"draft": report[key].strip(), "passages": [source], "cite": [1]}
                _, _, found = _grounding(
                    rules, vectors, {**row, "kind": key, "question": None, "wrong": []}
                )
                yield Judged(
                    corpus="continuations",
                    split="dev",
                    group=key,
                    expected=key != "realContinuation",
                    found=found,
                    row={**row, "id": report["id"]},
                )


def _spans(
    check: CheckName, text: str, rules: CheckRules, **known: Any
) -> tuple[tuple[int, int], ...]:
    context = CheckContext(text=text, rules=rules, language=language_of(text), **known)
    return tuple((finding.start, finding.end) for finding in run_checks(context, {check}))


def _meets(spans: tuple[tuple[int, int], ...], wanted: list[int] | None) -> bool:
    """Whether one of the spans touches the wanted one, or any is there where none is wanted."""
    if wanted is None:
        return bool(spans)
    return any(start < wanted[1] and wanted[0] < end for start, end in spans)


def _banned(
    rules: CheckRules, made: dict[tuple[str, ...], CheckRules], row: Row
) -> tuple[str, bool, bool]:
    words = tuple(row["words"] or ())
    if words and words not in made:
        made[words] = rules.with_banned_words(words)
    spans = _spans("banned_word", row["text"], made.get(words, rules))
    return f"{row['level']} {row['technique']}", row["banned"], _meets(spans, row["span"])


def _uncertainty(rules: CheckRules, row: Row) -> tuple[str, bool, bool]:
    spans = _spans("uncertainty", row["text"], rules)
    group = "hedge" if row["hedged"] else row["kind"]
    return group, row["hedged"], _meets(spans, row["span"])


def _pii(row: Row) -> tuple[str, bool, bool]:
    found = [(pii.type, pii.start, pii.end) for pii in find_personal(row["text"])]
    every = all(
        any(kind == k and s < end and start < e for k, s, e in found)
        for kind, start, end in row["pii"]
    )
    group = row["pii"][0][0] if row["pii"] else row["kind"]
    return group, bool(row["pii"]), every if row["pii"] else bool(found)


def _injection(rules: CheckRules, vectors: SentenceVectors, row: Row) -> tuple[str, bool, bool]:
    text, place = row["text"], row["where"]
    found = bool(rules.injection(text))
    if not found:
        found = find_likeness(text, rules.likeness, place, vectors) is not None
    return f"{place} {row['technique']}", row["attack"], found


def _grounding(rules: CheckRules, vectors: SentenceVectors, row: Row) -> tuple[str, bool, bool]:
    spans = _spans(
        "grounding",
        row["draft"],
        rules,
        vectors=vectors,
        sentences=tuple(
            Sentence(text=sentence.text, citations=tuple(row["cite"]))
            for sentence in split_sentences(row["draft"])
        ),
        passages=dict(enumerate(row["passages"], 1)),
        question=row["question"],
    )
    wanted = row["wrong"] or [None]
    return row["kind"], bool(row["wrong"]), all(_meets(spans, each) for each in wanted)
