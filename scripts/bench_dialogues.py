"""Measure questions that lean on a conversation, and on what is known of the customer.

scripts/bench dialogues FOLDER    the folder holds dstc11
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import anyio
import httpx2
import numpy as np
import structlog
from fit import ROOT
from fit_numbers import index_of
from fit_sets import AT, World, read_worlds

from assist.generate.model import ChatModel
from assist.index.embed import Embedder
from assist.index.snapshot import Snapshot
from assist.pipeline.rewriting import leans, rewritten
from assist.prompt import Prompts, load_prompts
from assist.providers.builtin_embedder import BuiltinEmbedder
from assist.providers.endpoint import Limits
from assist.providers.openai_chat import OpenAIChat
from assist.providers.vendors import parse_model
from assist.records import Answer, Customer, Entry, Question, SearchQuery, Turn
from assist.retrieve.focus import titles_of
from assist.retrieve.query import complete
from assist.retrieve.rules import RetrievalRules, load_retrieval_rules
from assist.retrieve.search import filter_of, retrieve
from assist.text.normalise import fold
from assist.text.tokenise import analyse

FOLDER = ROOT / "tests" / "retrieve"
LLM_S = 20.0
"""Seconds for all LLM work of a draft, of which rewriting gets its part."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One question, and what is right."""

    question: Question
    entry: str
    gold: str | None = None
    """The stand-alone question, where the set has it."""
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Part:
    name: str
    world: World
    cases: tuple[Asked, ...]


def dialogues(folder: Path) -> Iterator[Part]:
    """Yield the conversations of tests/retrieve/dialogues.jsonl, those held out by themselves."""
    rows = [json.loads(line) for line in lines_of(folder / "dialogues.jsonl")]
    titles = dict.fromkeys(title for row in rows for title in (row["entry"], *row["near"]))
    entries = tuple(
        Entry(id=title, category=("",), question=title, answers=(Answer(text="-"),),
              created_at=AT, updated_at=AT)
        for title in titles
    )  # fmt: skip
    world = World(name="dialogues", kind="faq", entries=entries, cases=())
    for split in ("dev", "held"):
        cases = tuple(
            Asked(
                question=Question(text=row["question"], conversation=turns_of(row["turns"])),
                entry=row["entry"],
                gold=row["query"],
                must=tuple(row["must"]),
                must_not=tuple(row["must_not"]),
            )
            for row in rows
            if row["split"] == split
        )
        yield Part(name=f"dialogues, {split}", world=world, cases=cases)


def turns_of(lines: Sequence[str]) -> tuple[Turn, ...]:
    """Read lines that begin with C (customer) or A (agent)."""
    return tuple(
        Turn(role="customer" if line[0] == "C" else "agent", text=line[2:]) for line in lines
    )


def places(folder: Path) -> Iterator[Part]:
    """Yield dstc11; its gold query is the place that is meant, and the question as asked."""
    (world,) = read_worlds([folder / "dstc11"])
    titles = {entry.id: entry.question for entry in world.entries}
    cases = [
        Asked(
            question=Question(text=case.text, conversation=case.conversation),
            entry=str(case.gold),
            gold=f"{titles[str(case.gold)].split(':')[0]}: {case.text}",
        )
        for case in world.cases
        if case.sort == "in"
    ]
    for name, start in (("dev", 0), ("held", 1)):
        yield Part(name=f"dstc11, {name}", world=world, cases=tuple(cases[start::2]))


def profiles(folder: Path) -> Part:
    """Return questions to the seed knowledge whose answer depends on who asks."""
    (world,) = read_worlds([ROOT / "knowledge_seed"])
    cases = [
        Asked(
            question=Question(
                text=row["question"],
                customer=Customer(tier=row["tier"], attributes=row["attributes"]),
            ),
            entry=row["entry"],
        )
        for row in map(json.loads, lines_of(folder / "profile_cases.jsonl"))
    ]
    return Part(name="profile", world=world, cases=tuple(cases))


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


async def ranks(
    index: Snapshot, embedder: Embedder, rules: RetrievalRules, cases: Sequence[Asked],
    texts: Sequence[str],
) -> list[int]:  # fmt: skip
    """Return the rank of each case's entry when it is searched with a text; 99 when not found."""
    vectors = await embedder.embed([fold(text) for text in texts], kind="query")
    found = []
    for case, text, vector in zip(cases, texts, vectors, strict=True):
        query = SearchQuery(text=text, terms=analyse(text), vector=vector)
        hits = retrieve(index, query, case.question, rules, AT).hits
        ids = [hit.entry.id for hit in hits]
        found.append(ids.index(case.entry) + 1 if case.entry in ids else 99)
    return found


def holds(case: Asked, text: str) -> bool:
    """Return whether a query has what it must have, and nothing that it must not."""
    folded = fold(text)
    wrong = any(fold(each) in folded for each in case.must_not)
    return not wrong and all(fold(each) in folded for each in case.must)


def row(name: str, way: str, cases: Sequence[Asked], texts: Sequence[str], at: list[int]) -> str:
    found = np.array(at)
    right = [holds(case, text) for case, text in zip(cases, texts, strict=True) if case.must]
    told = f"{np.mean(right):.3f}" if right else "–"
    r1, r3 = (found == 1).mean(), (found <= 3).mean()
    return f"| {name} ({len(cases)}) | {way} | {r1:.3f} | {r3:.3f} | {told} |"


async def by_model(
    case: Asked, completed: str, model: ChatModel, prompts: Prompts, fallen: list[str]
) -> str:
    """Return the query that a draft with this model would search with."""
    if not leans(case.question, completed):
        return completed
    text = await rewritten(case.question, model, prompts, budget_s=LLM_S)
    if text is None:
        fallen.append(case.question.text)
    return text or completed


async def several_turns(parts: Iterator[Part], model: ChatModel | None) -> None:
    rules, prompts = load_retrieval_rules(ROOT / "rules"), load_prompts(ROOT / "prompts")
    embedder = BuiltinEmbedder()
    say("| set | query | R@1 | R@3 | strings hold |\n|---|---|---|---|---|")
    index: Snapshot | None = None
    for part in parts:
        if index is None or index.release != part.world.name:
            index = await index_of(part.world, embedder)
        asked = [case.question for case in part.cases]
        completed = [
            complete(one.text, one.conversation, titles_of(index, filter_of(one, AT)))
            for one in asked
        ]
        ways = {"alone": [one.text for one in asked], "rules": completed}
        fallen: list[str] = []
        if model is not None:
            ways["llm"] = [
                await by_model(case, text, model, prompts, fallen)
                for case, text in zip(part.cases, completed, strict=True)
            ]
        ways["gold"] = [case.gold or case.question.text for case in part.cases]
        for way, texts in ways.items():
            at = await ranks(index, embedder, rules, part.cases, texts)
            say(row(part.name, way, part.cases, texts, at))
        if fallen:
            say(f"| {part.name} | fell back to the rules | {len(fallen)} | | |")


async def with_profile(part: Part) -> None:
    rules, embedder = load_retrieval_rules(ROOT / "rules"), BuiltinEmbedder()
    index = await index_of(part.world, embedder)
    say("\n| set | customer | R@1 | R@3 | |\n|---|---|---|---|---|")
    unknown = [
        replace(case, question=replace(case.question, customer=Customer())) for case in part.cases
    ]
    for name, cases in (("unknown", unknown), ("known", part.cases)):
        texts = [case.question.text for case in cases]
        at = await ranks(index, embedder, rules, cases, texts)
        say(row(part.name, name, cases, texts, at))


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, metavar="FOLDER")
    parser.add_argument("--llm", help="a model that rewrites, as openai:<profile>/<model>")
    parser.add_argument("--llm-base-url", help="where it is, instead of its profile's own address")
    asked = parser.parse_args()
    # What the model failed at is no row of the tables.
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    async with httpx2.AsyncClient() as client:
        model = asked.llm and OpenAIChat(
            parse_model(asked.llm), client=client, api_key=None, base_url=asked.llm_base_url,
            limits=Limits(total_s=LLM_S),
        )  # fmt: skip
        parts = (part for source in (dialogues(FOLDER), places(asked.data)) for part in source)
        await several_turns(parts, model or None)
    await with_profile(profiles(FOLDER))


if __name__ == "__main__":
    anyio.run(main)
