import pytest

from assist.errors import ProviderBusy, ProviderDown, ProviderError, ProviderReplyBad
from assist.providers.breaker import Breaker, Passing


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def fail(breaker: Breaker, error: ProviderError) -> None:
    with pytest.raises(type(error)), breaker.call():
        raise error


def opened(clock: Clock) -> Breaker:
    breaker = Breaker(clock=clock, failures=3, rest_s=10)
    for _ in range(3):
        fail(breaker, ProviderDown("x"))
    return breaker


def test_it_opens_after_failures_in_a_row_and_calls_nothing() -> None:
    called = False
    with pytest.raises(ProviderDown, match="left to recover"), opened(Clock()).call():
        called = True
    assert not called


def test_a_success_between_failures_starts_the_count_again() -> None:
    breaker = Breaker(clock=Clock(), failures=2, rest_s=10)
    fail(breaker, ProviderDown("x"))
    with breaker.call():
        pass
    fail(breaker, ProviderDown("x"))
    with breaker.call():
        pass


def test_a_bad_reply_is_no_failure_of_the_endpoint() -> None:
    breaker = Breaker(clock=Clock(), failures=1, rest_s=10)
    fail(breaker, ProviderReplyBad("x"))
    with breaker.call():
        pass


def test_failures_while_open_do_not_keep_it_open() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.now = 9
    with pytest.raises(ProviderDown), breaker.call():
        pass
    clock.now = 10
    with breaker.call():
        pass


def test_one_trial_at_a_time_is_let_through_and_closes_it() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.now = 10
    with breaker.call(), pytest.raises(ProviderDown), breaker.call():
        pass
    with breaker.call(), breaker.call():
        pass


def test_a_failed_trial_opens_it_again() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.now = 10
    fail(breaker, ProviderDown("x"))
    clock.now = 19
    with pytest.raises(ProviderDown, match="left to recover"), breaker.call():
        pass


def test_a_trial_that_is_given_up_leaves_room_for_the_next() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.now = 10
    with pytest.raises(KeyboardInterrupt), breaker.call():
        raise KeyboardInterrupt
    with breaker.call():
        pass


def test_it_keeps_the_pause_that_the_endpoint_asked_for_but_not_for_ever() -> None:
    clock = Clock()
    breaker = Breaker(clock=clock)
    with pytest.raises(Passing), breaker.call():
        raise Passing(ProviderBusy("x", retry_after_s=86400), after_s=86400)
    clock.now = 19
    with pytest.raises(Passing) as busy, breaker.call():
        pass
    assert isinstance(busy.value.error, ProviderBusy)
    clock.now = 20
    with breaker.call():
        pass
