"""The answer is in the language of the question."""

from collections.abc import Callable

from assist.records import Finding

Judge = Callable[..., tuple[Finding, ...]]


def test_an_answer_in_another_language_is_a_warning(judge: Judge) -> None:
    found = judge("language", "您可以在七天内退货。", question="How can I return it?")
    assert [finding.severity for finding in found] == ["warn"]


def test_names_do_not_change_the_language(judge: Judge) -> None:
    assert judge("language", "iPhone 15 Pro 支持 5G。", question="iPhone 15 Pro 支持5G吗") == ()


def test_too_little_to_tell_is_left_alone(judge: Judge) -> None:
    assert judge("language", "您好，请说。", question="?") == ()


def test_an_entrys_own_words_in_another_language_are_found_whatever_was_asked_for(
    judge: Judge,
) -> None:
    question = "How can I return it?"
    assert judge("language", "签收后七天内可以退货。", question=question, language="en")
