"""A finding says what was meant, why it is forbidden and what to write instead."""

from collections.abc import Callable

from assist.records import Finding

Judge = Callable[..., tuple[Finding, ...]]


def test_the_suggestion_is_the_wording_to_put_in_place(judge: Judge) -> None:
    (finding,) = judge("banned_word", "我们是国家级产品")
    assert (finding.text, finding.suggestion) == ("国家级", "高品质")
    assert (finding.rule, finding.severity) == ("superlative", "warn")


def test_a_disguise_is_named_for_what_it_means(judge: Judge) -> None:
    (finding,) = judge("banned_word", "请加wei信领取")
    assert "加微信" in finding.message
    assert finding.severity == "block"
    assert finding.suggestion is None


def test_the_message_is_in_the_agents_language(judge: Judge) -> None:
    (finding,) = judge("banned_word", "我们是国家级产品", agent_language="en")
    assert "Advertising Law" in finding.message
