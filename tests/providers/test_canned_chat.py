import pytest

from assist.errors import ProviderDown
from assist.generate.model import ChatModel
from assist.providers.canned_chat import CannedChat
from assist.records import Prompt

PROMPT = Prompt(system="s", user="u", fingerprint="f", canary="c")


async def said(model: ChatModel) -> str:
    return "".join([piece.text async for piece in model.stream(PROMPT)])


async def test_it_says_its_replies_in_turn_and_the_last_one_for_ever() -> None:
    model = CannedChat(["一句很长很长的回复。[1]", "二"])
    assert [await said(model) for _ in range(3)] == ["一句很长很长的回复。[1]", "二", "二"]
    assert model.prompts == [PROMPT] * 3


async def test_an_error_in_the_list_is_raised_in_its_turn() -> None:
    model = CannedChat([ProviderDown("weg"), "好"])
    with pytest.raises(ProviderDown):
        await said(model)
    assert await said(model) == "好"
