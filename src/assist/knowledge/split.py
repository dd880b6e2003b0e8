"""An entry cut into the passages that are searched: its phrasings, and the pieces of its texts."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from assist.ids import TIME_DIGITS, base32
from assist.knowledge.structure import pieces_of
from assist.records import Entry, Passage, PassageKind
from assist.text.normalise import fold

LONGEST = 400
"""Characters of a passage; longer texts are cut."""
_HASH_DIGITS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    kind: PassageKind
    text: str
    heading: str = ""
    start: int = 0
    end: int = 0


def passages_of(entry: Entry) -> tuple[Passage, ...]:
    """Return the passages, phrasings first; an id stays while entry, kind and text stay."""
    stamp = base32(_milliseconds(entry.created_at), TIME_DIGITS)
    seen: dict[tuple[str, str], int] = {}
    passages = []
    for part in (*_phrasings(entry), *_pieces(entry)):
        # The same words may stand under several headings of a document.
        again = seen.get((part.kind, part.text), 0)
        seen[part.kind, part.text] = again + 1
        passages.append(
            Passage(
                id=f"psg_{stamp}{_hash(entry.id, part.kind, part.text, again)}",
                entry_id=entry.id,
                entry_version=entry.version,
                kind=part.kind,
                text=part.text,
                heading=part.heading,
                start=part.start,
                end=part.end,
            )
        )
    return tuple(passages)


def _phrasings(entry: Entry) -> Iterator[_Part]:
    """Yield each phrasing once, however it is spelled."""
    told: set[str] = set()
    kinds: tuple[tuple[PassageKind, Iterable[str]], ...] = (
        ("standard", (entry.question,)),
        ("similar", entry.similar_questions),
        ("negative", entry.negative_questions),
    )
    for kind, texts in kinds:
        for text in texts:
            folded = fold(text).strip()
            if folded and folded not in told:
                told.add(folded)
                yield _Part(kind=kind, text=text)


def _pieces(entry: Entry) -> Iterator[_Part]:
    note = (entry.note or "").strip()
    for text in dict.fromkeys(answer.text for answer in entry.answers):
        parts = list(_cut(entry, text))
        if note and len(parts) == 1 and len(parts[0].text) + len(note) < LONGEST:
            # The note belongs to the answer it limits, so they are found together.
            parts = [replace(parts[0], text=f"{parts[0].text}\n{note}")]
            note = ""
        yield from parts
    if note:
        yield _Part(kind="passage", text=note)


def _cut(entry: Entry, text: str) -> Iterator[_Part]:
    title = entry.question if entry.kind == "document" else ""
    for piece in pieces_of(text, longest=LONGEST):
        path = [name for name in piece.headings if name != title]
        yield _Part(
            kind="passage",
            text=text[piece.start : piece.end],
            heading=" > ".join([title, *path] if title else path),
            start=piece.start,
            end=piece.end,
        )


def _hash(*parts: object) -> str:
    digest = hashlib.sha256("\x00".join(map(str, parts)).encode()).digest()
    return base32(int.from_bytes(digest[:8], "big"), _HASH_DIGITS)


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)
