"""Many texts in two arrays, so that a hundred thousand of them load in no time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Array = npt.NDArray[np.generic]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Strings:
    """Texts in UTF-8, one after the other."""

    blob: bytes
    starts: Longs
    """Where each text begins, and in the end the length of the blob."""

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, row: int) -> str:
        return self.blob[int(self.starts[row]) : int(self.starts[row + 1])].decode()

    def all(self) -> list[str]:
        """Return every text, decoded."""
        return [self.blob[start:end].decode() for start, end in pairwise(self.starts.tolist())]

    def kept(self, keep: Bools) -> "Strings":
        """Return the texts of the rows that are True."""
        lengths = np.diff(self.starts)
        letters = np.frombuffer(self.blob, dtype=np.uint8)[np.repeat(keep, lengths)]
        return Strings(blob=letters.tobytes(), starts=_starts(lengths[keep]))

    def plus(self, others: "Strings") -> "Strings":
        """Return these texts and then the others."""
        return Strings(
            blob=self.blob + others.blob,
            starts=np.concatenate([self.starts[:-1], others.starts + len(self.blob)]),
        )

    def arrays(self, name: str) -> dict[str, Array]:
        """Return what ``strings_from`` takes, each array under its name."""
        blob = np.frombuffer(self.blob, dtype=np.uint8)
        return {f"{name}_text": blob, f"{name}_starts": self.starts}


def strings_of(texts: Iterable[str]) -> Strings:
    """Return the texts packed."""
    encoded = [text.encode() for text in texts]
    return Strings(blob=b"".join(encoded), starts=_starts([len(text) for text in encoded]))


def strings_from(arrays: dict[str, Array], name: str) -> Strings:
    """Return the texts that ``arrays(name)`` gave away."""
    return Strings(blob=arrays[f"{name}_text"].tobytes(), starts=longs(arrays[f"{name}_starts"]))


def longs(array: Array) -> Longs:
    return array.astype(np.int64, copy=False)


def ints(array: Array) -> Ints:
    return array.astype(np.int32, copy=False)


def _starts(lengths: Sequence[int] | Longs) -> Longs:
    starts = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(lengths, out=starts[1:])
    return starts
