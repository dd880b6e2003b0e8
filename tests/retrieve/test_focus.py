from functools import partial

import pytest

from assist.retrieve.focus import Titles, in_focus, names_known, together
from assist.text.tokenise import analyse

KNOWN = (
    "THE OAK BISTRO: Do you serve alcohol?",
    "Is breakfast included at the Acorn Guest House?",
    "Does the Acorn Guest House have parking?",
    "Bedouin: is there live music at bedouin?",
    "Does Bedouin take cards?",
    "Does Bedouin deliver?",
    "Is alcohol allowed?",
    "Can I pay with Visa at the Blue Lotus?",
    "空气炸锅 A3 容量多大？",
    "烤箱 K5 容量多大？",
    "安心盈理财什么时候可以赎回？",
    "天天盈理财什么时候可以赎回？",
    "亲情号最多可以加几个？",
    "贵宾休息室 lounge 几点开门？",
)


def titles(text: str) -> list[str]:
    """Stand in for the lexical leg: the phrasings with most of the terms."""
    asked = set(analyse(text))
    score = {title: len(asked & set(analyse(title))) for title in KNOWN}
    return [title for title in sorted(KNOWN, key=lambda one: -score[one]) if score[title]][:4]


def focus(*said: str, known: Titles = titles) -> tuple[str, ...]:
    return in_focus(said, partial(names_known, titles=known), known)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("How about the oak bistro in the centre?", ("the oak bistro",)),
        ("I booked the ACORN guest house for you", ("acorn guest house",)),
        ("i like bedouin", ("bedouin",)),
        ("do you serve alcohol?", ()),
        ("想看看空气炸锅A3", ("空气炸锅", "a3")),
        ("安心盈为稳健型产品", ("安心盈",)),
        ("亲情号怎么添加", ("亲情号",)),
        ("你们 lounge 在哪", ("lounge",)),
        ("我要投诉", ()),
    ],
)
def test_a_name_is_what_phrasings_write_as_one(text: str, names: tuple[str, ...]) -> None:
    found = names_known(text, titles)
    assert tuple(name.removeprefix("the ") for name in found) == tuple(
        name.removeprefix("the ") for name in names
    )


def test_the_name_spoken_of_last_is_in_focus() -> None:
    said = ("the oak bistro?", "it is full", "and the acorn guest house?", "that is free")
    assert focus(*said, "how much") == ("acorn guest house",)


def test_a_thing_and_what_is_asked_of_it_are_in_focus_together() -> None:
    said = ("the blue lotus, please", "yes?", "do they take visa", "yes")
    assert focus(*said) == ("blue lotus", "visa")
    assert together("Visa", "Blue Lotus", titles)
    assert not together("Visa", "Bedouin", titles)


def test_a_knowledge_base_without_names_has_none_in_focus() -> None:
    assert focus("the oak bistro?", "yes", known=lambda text: ()) == ()


def test_a_single_message_has_nothing_before_it() -> None:
    assert focus("the oak bistro?") == ()
