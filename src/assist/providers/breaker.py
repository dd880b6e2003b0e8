"""Stop calling an endpoint that keeps failing, and find out with one call when it is back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from assist.errors import ProviderBusy, ProviderDown, ProviderError, ProviderTimeout

_LONGEST_HOLD_S = 20.0
"""An endpoint may ask for a day; one call finds out sooner whether it means it."""


class Passing(Exception):
    """Wraps an error that may be gone at the next try; never leaves the providers."""

    def __init__(self, error: ProviderError, *, after_s: float | None = None) -> None:
        super().__init__(error.message)
        self.error = error
        self.after_s = after_s
        """How long to wait before that, when the endpoint said so."""


class Breaker:
    """Opens after so many failures in a row for so many seconds, then lets one trial through."""

    def __init__(
        self, *, clock: Callable[[], float], failures: int = 5, rest_s: float = 10.0
    ) -> None:
        self._clock = clock
        self._limit = failures
        self._rest_s = rest_s
        self._failures = 0
        self._open_until: float | None = None
        self._held_until: float | None = None
        self._trying = False

    @contextmanager
    def call(self) -> Iterator[None]:
        """Admit one call and learn from how it ends; a cancelled call teaches nothing.

        Raises ProviderDown while open, Passing with ProviderBusy while the endpoint wants a pause.
        """
        self._admit()
        trial = self._open_until is not None or self._held_until is not None
        self._trying = self._trying or trial
        try:
            yield
        except Passing as passing:
            self._learn(passing.error)
            raise
        except ProviderError as error:
            self._learn(error)
            raise
        else:
            self._close()
        finally:
            if trial:
                self._trying = False

    def _admit(self) -> None:
        now = self._clock()
        if self._held_until is not None and (now < self._held_until or self._trying):
            left_s = max(self._held_until - now, 1.0)
            busy = ProviderBusy("the model endpoint asked for a pause", retry_after_s=left_s)
            raise Passing(busy, after_s=left_s)
        if self._open_until is not None and (now < self._open_until or self._trying):
            raise ProviderDown("the model endpoint failed too often and is left to recover")

    def _learn(self, error: ProviderError) -> None:
        if isinstance(error, ProviderBusy):
            if error.retry_after_s is not None:
                self._held_until = self._clock() + min(error.retry_after_s, _LONGEST_HOLD_S)
        elif isinstance(error, ProviderDown | ProviderTimeout):
            self._failures += 1
            if self._failures >= self._limit:
                self._open_until = self._clock() + self._rest_s
        else:
            self._close()

    def _close(self) -> None:
        self._failures = 0
        self._open_until = self._held_until = None
