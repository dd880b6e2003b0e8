"""How often a key may ask: a bucket of tokens that refills at a steady rate."""

from collections.abc import Callable
from threading import Lock
from time import monotonic

from assist.errors import RateExceeded


class RateLimit:
    """A bucket a key; a full bucket holds one minute's requests, so short bursts pass."""

    def __init__(self, per_minute: int, *, clock: Callable[[], float] = monotonic) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._lock = Lock()
        self._buckets: dict[str, tuple[float, float]] = {}

    def spend(self, key_id: str) -> None:
        """Take one request from the key's bucket. Raises RateExceeded when it is empty."""
        if self._per_minute == 0:
            return
        rate = self._per_minute / 60
        with self._lock:
            now = self._clock()
            tokens, since = self._buckets.get(key_id, (float(self._per_minute), now))
            tokens = min(float(self._per_minute), tokens + (now - since) * rate)
            if tokens < 1:
                self._buckets[key_id] = (tokens, now)
                raise RateExceeded(
                    f"This key may ask {self._per_minute} times a minute.",
                    retry_after_s=(1 - tokens) / rate,
                )
            self._buckets[key_id] = (tokens - 1, now)
