"""What embedding models want before a query and before a passage, by the name of the model."""

import re
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Prefixes:
    query: str = ""
    passage: str = ""

    def before(self, kind: Literal["query", "passage"]) -> str:
        return self.query if kind == "query" else self.passage


# From the model cards; the first pattern that is found in the name counts.
_PREFIXES = (
    (
        re.compile(r"e5-\w+-instruct", re.IGNORECASE),
        Prefixes(
            query="Instruct: Given a customer's question, retrieve questions and passages of the "
            "knowledge base that answer it\nQuery: "
        ),
    ),
    (
        re.compile(r"(?<![a-z])e5(?![a-z0-9])", re.IGNORECASE),
        Prefixes(query="query: ", passage="passage: "),
    ),
    (
        re.compile(r"bge-(?:small|base|large)-zh", re.IGNORECASE),
        Prefixes(query="为这个句子生成表示以用于检索相关文章："),
    ),
    (
        re.compile(r"bge-(?:small|base|large)-en", re.IGNORECASE),
        Prefixes(query="Represent this sentence for searching relevant passages: "),
    ),
    (
        re.compile(r"qwen3-embedding", re.IGNORECASE),
        Prefixes(
            query="Instruct: Given a customer's question, retrieve questions and passages of the "
            "knowledge base that answer it\nQuery:"
        ),
    ),
)


def prefixes_for(model: str) -> Prefixes:
    """Return the prefixes of a model known by its name, else none."""
    return next((found for pattern, found in _PREFIXES if pattern.search(model)), Prefixes())
