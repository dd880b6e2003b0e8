"""What people may edit about retrieval: fitted numbers, and conditions that tell twins apart."""

from pathlib import Path

from pydantic import Field

from assist.records import EntryKind, Language, Leg
from assist.yaml_file import FileModel, read_yaml


class Weights(FileModel):
    """What a unit of each piece of evidence adds to the score of an entry of one kind."""

    bias: float
    dense_question: float
    """Cosine of the nearest phrasing."""
    consensus: float
    """Mean cosine of the entry's three nearest phrasings."""
    lexical_question: float
    """BM25 of the best phrasing, 1 being what the query itself would reach."""
    dense_passage: float
    lexical_passage: float
    coverage: float
    """Share of the query's terms that stand anywhere in the entry."""
    negative: float
    """By how much a negative question is nearer than the entry's own phrasings."""
    exact: float
    """1 for a phrasing that is the query, apart from punctuation."""
    profile: float
    """1 for a phrasing or tag that names what the customer has, such as the plan."""
    side: float
    """1 for the side of a contrast that the customer is on, -1 for the other side."""


class Calibration(FileModel):
    """A logistic curve: how likely it is that an entry answers at all."""

    bias: float
    best: float = Field(ge=0)
    """What a unit of the best score adds."""
    lead: float = Field(ge=0)
    """What a unit adds by which the best score is above those of the fifth to sixteenth entry."""
    crowd: float
    """What such an entry scores usually; stands for those that a small knowledge base lacks."""
    length: float
    """What the longest question would add, since evidence is a share of the question."""
    strange: float = Field(ge=0)
    """What is taken off when nothing that the question names stands in any passage."""


class Contrast(FileModel):
    """One condition in which entries that look alike may differ."""

    name: dict[Language, str]
    sides: tuple[tuple[str, ...], ...] = Field(min_length=2)
    """For each side the words that show it; the first one names it in an option."""


class ClarifyRules(FileModel):
    tie: float = Field(gt=0, le=1)
    """A hit ties with the first when it is at least so many times as likely, and the two are on
    different sides of a contrast."""
    tie_unnamed: float = Field(gt=0, le=1)
    """The same for two hits whose standard questions merely differ in a few words."""
    floor: float = Field(ge=0, le=1)
    """The hits that tie must together be at least so likely to answer."""
    alike: float = Field(gt=0, le=1)
    """What share of two standard questions agrees when they differ in one condition only."""
    question: dict[Language, str]
    """The clarifying question; ``{condition}`` and ``{options}`` are filled in."""
    question_unnamed: dict[Language, str]
    """The same when the condition has no name; ``{options}`` is filled in."""


class RerankerRules(FileModel):
    candidates: int = Field(ge=2, le=100)
    """How many of the best hits a reranker sees."""
    weight: float = Field(ge=0, le=20)
    """By how many log-odds a hit that the reranker is sure of gains on one it is sure against."""


class RetrievalRules(FileModel):
    """``rules/retrieval.yaml``."""

    fitted_with: str
    """The embedder whose cosines the numbers are for."""
    candidates: dict[Leg, int]
    """How many passages each leg is asked for."""
    weights: dict[EntryKind, Weights]
    calibration: dict[EntryKind, Calibration]
    """By the kind of the best entry."""
    threshold: float = Field(ge=0, le=1)
    """Nothing is answered when all hits together are less likely to."""
    least: float = Field(ge=0, le=1)
    """Nor when the best hit alone is less likely to: a draft rests on one entry, not on a crowd."""
    reranker: RerankerRules
    contrasts: tuple[Contrast, ...] = ()
    clarify: ClarifyRules


def load_retrieval_rules(folder: Path) -> RetrievalRules:
    """Read ``retrieval.yaml`` in the folder. Raises FileInvalid naming file, line and reason."""
    return read_yaml(folder / "retrieval.yaml", RetrievalRules)
