"""The score of an entry: what each piece of its evidence adds, with fitted weights."""

from assist.records import Part
from assist.retrieve.evidence import Evidence
from assist.retrieve.rules import Weights


def fuse(evidence: Evidence, weights: Weights) -> float:
    """Return the sum of what the evidence adds, in log-odds against the other entries."""
    return weights.bias + sum(shares(evidence, weights).values())


def shares(evidence: Evidence, weights: Weights) -> dict[Part, float]:
    """Return what each leg, and what is known of the customer, gives to the score.

    What phrasings tell beside their own score is counted to the leg that shows it.
    """
    legs = evidence.legs
    return {
        "dense_question": weights.dense_question * legs["dense_question"]
        + (weights.consensus * evidence.consensus - weights.negative * evidence.negative),
        "lexical_question": weights.lexical_question * legs["lexical_question"]
        + (weights.exact * evidence.exact + weights.coverage * evidence.coverage),
        "dense_passage": weights.dense_passage * legs["dense_passage"],
        "lexical_passage": weights.lexical_passage * legs["lexical_passage"],
        "profile": weights.profile * evidence.profile + weights.side * evidence.side,
    }
