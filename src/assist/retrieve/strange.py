"""How much of what a question names the knowledge base has never heard of."""

from collections.abc import Iterator
from typing import Protocol

from assist.retrieve import phrases
from assist.text.tokenise import names


class Vocabulary(Protocol):
    def frequency(self, term: str) -> int:
        """Return how many passages hold the term, as ``analyse`` gives terms."""
        ...


def strangeness(text: str, vocabulary: Vocabulary) -> float:
    """Return the share of the question's names that stand nowhere; 0 when it names nothing.

    A long name counts by its pairs of characters, of which another name may share some.
    """
    telling = (name for name in names(text) if phrases.content(name))
    parts = [part for name in telling for part in _parts(name)]
    if not parts:
        return 0.0
    return sum(not vocabulary.frequency(part) for part in parts) / len(parts)


def _parts(name: str) -> Iterator[str]:
    if name[0].isascii():
        yield name
    else:
        yield from (name[at : at + 2] for at in range(len(name) - 1))
