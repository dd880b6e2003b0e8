"""Calls of a model that several callers share: what waits while it is busy goes in together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import anyio
import numpy as np
from anyio import to_thread

from assist.records import Floats

_AT_ONCE = 64
"""Texts in one call: a query that comes behind a long import waits for no more than these."""

Encode = Callable[[Sequence[str]], Floats]


@dataclass(slots=True, eq=False)
class _Ticket:
    texts: Sequence[str]
    rows: Floats | None = None


class MicroBatch:
    """One call of ``encode`` at a time, in a worker thread, for everyone who waits by then.

    Whoever comes while nothing runs is served at once; there is no window to wait for.
    """

    def __init__(self, encode: Encode, dimension: int) -> None:
        self._encode = encode
        self._dimension = dimension
        self._waiting: list[_Ticket] = []
        self._running = anyio.Lock()

    async def rows(self, texts: Sequence[str]) -> Floats:
        """Return one row a text."""
        rows = [
            await self._turn(texts[at : at + _AT_ONCE]) for at in range(0, len(texts), _AT_ONCE)
        ]
        return np.concatenate(rows) if rows else np.empty((0, self._dimension), dtype=np.float32)

    async def _turn(self, texts: Sequence[str]) -> Floats:
        ticket = _Ticket(texts)
        self._waiting.append(ticket)
        try:
            while ticket.rows is None:
                async with self._running:
                    if ticket.rows is None:
                        await self._run()
        finally:
            # One whose caller was cancelled must not be computed for nobody.
            if ticket in self._waiting:
                self._waiting.remove(ticket)
        return ticket.rows

    async def _run(self) -> None:
        batch: list[_Ticket] = []
        count = 0
        for ticket in self._waiting:
            if batch and count + len(ticket.texts) > _AT_ONCE:
                break
            batch.append(ticket)
            count += len(ticket.texts)
        texts = [text for ticket in batch for text in ticket.texts]
        rows = await to_thread.run_sync(self._encode, texts)
        start = 0
        for ticket in batch:
            ticket.rows = rows[start : start + len(ticket.texts)]
            start += len(ticket.texts)
            if ticket in self._waiting:
                self._waiting.remove(ticket)
