import pytest

from assist.retrieve.strange import strangeness
from assist.text.tokenise import analyse


class Passages:
    def __init__(self, *texts: str) -> None:
        self._terms = [frozenset(analyse(text)) for text in texts]

    def frequency(self, term: str) -> int:
        return sum(term in terms for terms in self._terms)


KNOWN = Passages("手机电池的保修期是多久？", "怎么开发票？", "How do I return a phone?")


@pytest.mark.parametrize(
    "text",
    ["保险怎么买", "有投影仪吗", "do you sell umbrellas"],
)
def test_a_question_of_what_nothing_speaks_of_is_wholly_strange(text: str) -> None:
    assert strangeness(text, KNOWN) == 1.0


@pytest.mark.parametrize(
    "text", ["手机电池保修", "發票怎麼開", "HOW can I return my phones"], ids=["zh", "hant", "en"]
)
def test_a_question_of_what_is_known_is_not_strange(text: str) -> None:
    assert strangeness(text, KNOWN) == 0.0


def test_a_question_that_names_nothing_is_not_strange() -> None:
    assert strangeness("怎么办？", KNOWN) == 0.0
    assert strangeness("", KNOWN) == 0.0


def test_small_words_numbers_and_times_are_no_names() -> None:
    assert strangeness("昨天的手机为什么不能用了 3 次", KNOWN) == 0.0


def test_known_and_unknown_names_share() -> None:
    assert strangeness("手机保险", KNOWN) == pytest.approx(0.5)
