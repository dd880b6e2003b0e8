"""How fast retrieval is: the search by itself, the whole of it, and many at once."""

from collections.abc import AsyncIterator, Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, thread_time

import anyio
import faiss
import numpy as np
from anyio import to_thread
from bench_texts import phrasings
from fit import ROOT
from fit_numbers import Nowhere
from fit_sets import AT

from assist.index.segment import build_segment, segment_from
from assist.index.snapshot import Snapshot, whole
from assist.knowledge.split import passages_of
from assist.providers.builtin_embedder import BuiltinEmbedder
from assist.records import Answer, Entry, Filter, Question, SearchQuery
from assist.retrieve.evidence import LEGS
from assist.retrieve.query import complete
from assist.retrieve.rules import load_retrieval_rules
from assist.retrieve.search import retrieve
from assist.text.normalise import fold
from assist.text.tokenise import analyse

QUERIES = 300
CLIENTS = 16
SECONDS = 10
PHRASINGS_AN_ENTRY = 4


async def speed(data: Path, size: int) -> AsyncIterator[str]:
    """Yield a table for an index of so many phrasings."""
    texts = phrasings(data, size + QUERIES)
    step = len(texts) // QUERIES
    asked = texts[::step][:QUERIES]
    drawn = set(asked)
    index = await _index([text for text in texts if text not in drawn][:size])
    embedder = BuiltinEmbedder()
    vectors = await embedder.embed([fold(text) for text in asked], kind="query")
    queries = [
        SearchQuery(text=text, terms=analyse(text), vector=vector)
        for text, vector in zip(asked, vectors, strict=True)
    ]
    rules = load_retrieval_rules(ROOT / "rules")
    everything = Filter(at=AT)
    yield f"\n## Speed with {size} phrasings in {index.entries_count} entries\n"
    yield "| what | p50 ms | p95 ms |"
    yield "|---|---|---|"
    for leg in LEGS:
        count = rules.candidates[leg]
        yield _row(leg, queries, lambda q, leg=leg, k=count: index.search(leg, q, everything, k))
    whole_search = _times(queries, lambda q: retrieve(index, q, Question(text=q.text), rules, AT))
    yield _numbers("search without embedding: four legs, fusion, calibration", whole_search)
    floor = _times(queries, _bare(index, rules.candidates["dense_question"]))
    yield _numbers("floor: bare IndexFlatIP, and one sum over the postings", floor)

    async def ask(text: str) -> None:
        query = complete(text, ())
        vector = (await embedder.embed([fold(query)], kind="query"))[0]
        made = SearchQuery(text=query, terms=analyse(query), vector=vector)
        found = partial(retrieve, index, made, Question(text=text), rules, AT)
        await to_thread.run_sync(found)

    times = []
    for text in asked:
        begun = perf_counter()
        # An embedder may keep what it saw; nobody asks twice with the same words.
        await ask(f"{text} ")
        times.append((perf_counter() - begun) * 1000)
    yield _numbers("whole search with the builtin embedder", times)
    yield f"\nsearch without embedding / floor: {median(whole_search) / median(floor):.2f}"
    yield f"\nrecall@10 of the dense leg against exact: {_recall(index, queries, everything):.4f}"
    rate = await _rate(ask, asked)
    yield f"\n{rate:.0f} searches a second at {CLIENTS} clients"


async def _rate(ask: Callable[[str], object], asked: Sequence[str]) -> float:
    done = 0
    until = perf_counter() + SECONDS

    async def client(number: int) -> None:
        nonlocal done
        while perf_counter() < until:
            await ask(f"{asked[(number * 17 + done) % len(asked)]} {done}")  # type: ignore[misc]
            done += 1

    begun = perf_counter()
    async with anyio.create_task_group() as clients:
        for number in range(CLIENTS):
            clients.start_soon(client, number)
    return done / (perf_counter() - begun)


def _bare(index: Snapshot, k: int) -> Callable[[SearchQuery], object]:
    """Return the least that anyone does: the phrasings by FAISS and by BM25, as bare rows."""
    phrasings = index.base.segment.phrasings
    flat = faiss.IndexFlatIP(phrasings.vectors.shape[1])
    flat.add(phrasings.vectors)

    def search(query: SearchQuery) -> object:
        faiss.omp_set_num_threads(1)
        lexical = phrasings.lexical.search(query.terms, None, k)
        return flat.search(query.vector.reshape(1, -1), k), lexical

    return search


def _recall(index: Snapshot, queries: Sequence[SearchQuery], everything: Filter) -> float:
    vectors = index.base.segment.phrasings.vectors
    ids = index.base.segment.phrasings.columns.ids
    shares = []
    for query in queries:
        products = vectors @ query.vector
        exact = {ids[int(row)] for row in np.argpartition(-products, 10)[:10]}
        found = index.search("dense_question", query, everything, 10)
        shares.append(len(exact & {one.passage.id for one in found}) / 10)
    return float(np.mean(shares))


async def _index(texts: Sequence[str]) -> Snapshot:
    entries = {}
    for at in range(0, len(texts), PHRASINGS_AN_ENTRY):
        question, *similar = texts[at : at + PHRASINGS_AN_ENTRY]
        entries[f"entry-{at}"] = Entry(
            id=f"entry-{at}",
            category=("",),
            question=question,
            similar_questions=tuple(similar),
            answers=(Answer(text=texts[-1 - at]),),
            created_at=AT,
            updated_at=AT,
        )
    built = [
        await build_segment(
            those,
            passages_of=passages_of,
            embedder=BuiltinEmbedder(),
            embeddings=Nowhere(),
            progress=lambda done, total: None,
        )
        for those in (entries.values(), ())
    ]
    return Snapshot(
        release="bench",
        # As a release is loaded: only that makes the small copies of many vectors.
        base=whole(segment_from(built[0].segment.arrays(), dict.fromkeys(entries, 1))),
        overlay=whole(built[1].segment),
        changed={},
        read=lambda entry_id, version: entries[entry_id],
    )


def _row(name: str, queries: Sequence[SearchQuery], search: Callable[[SearchQuery], object]) -> str:
    return _numbers(name, _times(queries, search))


def _times(
    queries: Sequence[SearchQuery], search: Callable[[SearchQuery], object]
) -> Sequence[float]:
    """Return the milliseconds of each search on one core, without those that others took."""
    times = []
    for query in queries:
        begun = thread_time()
        search(query)
        times.append((thread_time() - begun) * 1000)
    return times


def _numbers(name: str, times: Sequence[float]) -> str:
    return f"| {name} | {median(times):.2f} | {float(np.quantile(times, 0.95)):.2f} |"
