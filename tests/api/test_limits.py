"""How often a key may ask."""

import pytest

from assist.api.limits import RateLimit
from assist.errors import RateExceeded


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_minutes_requests_pass_at_once_and_the_next_waits() -> None:
    limit = RateLimit(3, clock=Clock())
    for _ in range(3):
        limit.spend("key_a")
    with pytest.raises(RateExceeded) as refused:
        limit.spend("key_a")
    assert refused.value.retry_after_s == pytest.approx(20)


def test_a_bucket_refills_with_time_but_never_over_its_size() -> None:
    clock = Clock()
    limit = RateLimit(2, clock=clock)
    limit.spend("key_a")
    clock.now = 3_600
    limit.spend("key_a")
    limit.spend("key_a")
    with pytest.raises(RateExceeded):
        limit.spend("key_a")


def test_one_key_does_not_use_up_anothers_requests() -> None:
    limit = RateLimit(1, clock=Clock())
    limit.spend("key_a")
    limit.spend("key_b")


def test_zero_means_no_limit() -> None:
    limit = RateLimit(0, clock=Clock())
    for _ in range(1_000):
        limit.spend("key_a")
