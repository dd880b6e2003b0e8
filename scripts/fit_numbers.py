"""The weights of retrieval, fitted to what searches of development sets see."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from fit_sets import AT, Case, Hiding, World

from assist.index.embed import Embedder
from assist.index.segment import build_segment
from assist.index.snapshot import Snapshot, whole
from assist.knowledge.split import passages_of
from assist.records import Customer, Filter, Floats, Question, SearchQuery
from assist.retrieve.calibrate import length
from assist.retrieve.evidence import LEGS, Evidence, Index, gather
from assist.retrieve.focus import titles_of
from assist.retrieve.profile import profile_of
from assist.retrieve.query import complete
from assist.retrieve.rules import RetrievalRules
from assist.retrieve.strange import strangeness
from assist.text.tokenise import analyse

FITTED = (*LEGS, "consensus", "coverage", "side")
# Held-out phrasings never are a stored one and have no customer, so these are set by hand: a
# stored phrasing wins, a negative one loses, and a plan tips the scale between near-ties.
GIVEN = {"negative": 5.0, "exact": 4.0, "profile": 0.8}
# Paragraphs have no titles to learn from. A title tells a little of what a document answers.
GIVEN_OF_TITLES = {"dense_question": 2.0, "consensus": 2.0, "lexical_question": 1.0}
Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Seen:
    """The evidence for all cases of a world: one row a case, one column a candidate."""

    name: str
    kind: str
    sort: npt.NDArray[np.str_]
    x: Doubles
    """Cases by candidates by FITTED; 0 where there are fewer candidates."""
    fixed: Doubles
    """What GIVEN adds to each candidate; far below all others where there are fewer."""
    right: Doubles
    strange: Doubles
    """For each case the strangeness of its query."""
    length: Doubles
    """And its length."""
    ranks: Doubles
    """For each leg the rank of the right entry; infinite when the leg did not find it."""


class Nowhere:
    """Keeps no vectors."""

    def known(self, embedder_id: str, hashes: object) -> dict[str, Floats]:
        return {}

    def add(self, embedder_id: str, vectors: object) -> None:
        return None


async def see(world: World, embedder: Embedder, rules: RetrievalRules) -> Seen:
    """Search a world with all of its cases."""
    index = await index_of(world, embedder)
    titles = titles_of(index, Filter(at=AT))
    texts = [complete(case.text, case.conversation, titles) for case in world.cases]
    vectors = await embedder.embed(texts, kind="query")
    shown = [Hiding(index, case) for case in world.cases]
    rows = [
        _evidence(case, SearchQuery(text=text, terms=analyse(text), vector=vector), hiding, rules)
        for case, text, vector, hiding in zip(world.cases, texts, vectors, shown, strict=True)
    ]
    strange = [strangeness(text, hiding) for text, hiding in zip(texts, shown, strict=True)]
    lengths = [length(analyse(text)) for text in texts]
    width = max(len(row) for row in rows)
    x = np.zeros((len(rows), width, len(FITTED)))
    fixed = np.full((len(rows), width), -1e3)
    right = np.zeros((len(rows), width))
    ranks = np.full((len(rows), len(LEGS)), np.inf)
    for case_row, (case, found) in enumerate(zip(world.cases, rows, strict=True)):
        for column, one in enumerate(found):
            x[case_row, column] = [*one.legs.values(), one.consensus, one.coverage, one.side]
            given = GIVEN["exact"] * one.exact + GIVEN["profile"] * one.profile
            fixed[case_row, column] = given - GIVEN["negative"] * one.negative
            if one.entry.id == case.gold:
                right[case_row, column] = 1
                for leg, hit in one.found.items():
                    ranks[case_row, LEGS.index(leg)] = hit.rank
    sort = np.array([case.sort for case in world.cases])
    return Seen(
        name=world.name,
        kind=world.kind,
        sort=sort,
        x=x,
        fixed=fixed,
        right=right,
        strange=np.array(strange),
        length=np.array(lengths),
        ranks=ranks,
    )


def _evidence(
    case: Case, query: SearchQuery, index: Index, rules: RetrievalRules
) -> tuple[Evidence, ...]:
    customer = Customer(attributes={"record": case.record} if case.record else {})
    asked = Question(text=case.text, customer=customer)
    profile = profile_of(asked, query.text, rules.contrasts)
    return gather(index, query, Filter(at=AT), profile, rules.candidates)


async def index_of(world: World, embedder: Embedder) -> Snapshot:
    by_id = {entry.id: entry for entry in world.entries}
    built = [
        await build_segment(
            entries,
            passages_of=passages_of,
            embedder=embedder,
            embeddings=Nowhere(),
            progress=lambda done, total: None,
        )
        for entries in (world.entries, ())
    ]
    return Snapshot(
        release=world.name,
        base=whole(built[0].segment),
        overlay=whole(built[1].segment),
        changed={},
        read=lambda entry_id, version: by_id[entry_id],
    )


def fit_weights(sets: Sequence[Seen], steps: int = 800) -> Doubles:
    """Return non-negative weights under which a softmax gives the right entries most.

    Every set counts alike; Adam with a projection, and a little shrinkage.
    """
    parts = [
        (seen.x[rows], seen.fixed[rows], seen.right[rows])
        for seen in sets
        for rows in [seen.right.any(axis=1)]
    ]
    scale = np.concatenate([x[f > -1e2] for x, f, _ in parts]).std(axis=0) + 1e-6
    weights, first, second = np.ones(len(FITTED)), np.zeros(len(FITTED)), np.zeros(len(FITTED))
    for step in range(1, steps + 1):
        gradient = 1e-3 * weights
        for x, fixed, right in parts:
            scores = x @ (weights / scale) + fixed
            chance = softmax(scores)
            wanted = chance * right / (chance * right).sum(axis=1, keepdims=True)
            gradient += np.einsum("ck,ckf->f", chance - wanted, x) / scale / len(x) / len(parts)
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        move = first / (1 - 0.9**step) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
        weights = np.maximum(0.0, weights - 0.03 * move)
    return np.asarray(weights / scale)


def scores_of(seen: Seen, weights: Doubles, bias: float = 0.0) -> Doubles:
    return np.asarray(seen.x @ weights + seen.fixed + bias)


def softmax(scores: Doubles) -> Doubles:
    parts = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(parts / parts.sum(axis=1, keepdims=True))
