"""A text fits where it is read."""

from collections.abc import Callable

from assist.records import Finding

Judge = Callable[..., tuple[Finding, ...]]


def test_the_channel_sets_the_limit(judge: Judge) -> None:
    assert judge("length", "好" * 250) == ()
    assert [f.severity for f in judge("length", "好" * 250, channel="phone")] == ["info"]


def test_over_twice_the_limit_is_a_warning(judge: Judge) -> None:
    (finding,) = judge("length", "好" * 801)
    assert (finding.severity, finding.start, finding.end) == ("warn", 400, 801)


def test_english_may_be_longer(judge: Judge) -> None:
    assert judge("length", "word " * 180) == ()
