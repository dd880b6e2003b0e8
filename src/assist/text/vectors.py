"""Vectors of sentences that come again and again."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from threading import Lock

from assist.records import Floats


class SentenceVectors:
    """Embeds in the caller's thread and remembers the sentences it saw last."""

    def __init__(
        self, embedder_id: str, encode: Callable[[Sequence[str]], Floats], *, kept: int
    ) -> None:
        self.id = embedder_id
        self._encode = encode
        self._kept = kept
        self._known: OrderedDict[str, Floats] = OrderedDict()
        self._lock = Lock()

    def known(self, text: str) -> Floats | None:
        """Return the vector of a text that was embedded lately."""
        with self._lock:
            return self._known.get(text)

    def of(self, texts: Iterable[str]) -> Mapping[str, Floats]:
        """Return the vector of each text, of length 1."""
        wanted = dict.fromkeys(texts)
        with self._lock:
            found = {text: self._known[text] for text in wanted if text in self._known}
        # A model pads a batch to its longest text, so texts of one length go together.
        missing = sorted(wanted.keys() - found.keys(), key=lambda text: (len(text), text))
        if missing:
            found |= dict(zip(missing, self._encode(missing), strict=True))
        with self._lock:
            for text, vector in found.items():
                self._known[text] = vector
                self._known.move_to_end(text)
            while len(self._known) > self._kept:
                self._known.popitem(last=False)
        return found
