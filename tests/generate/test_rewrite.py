from collections.abc import AsyncGenerator

import anyio
import pytest

from assist.errors import ProviderError, ProviderReplyBad, ProviderTimeout
from assist.generate.mask import mask
from assist.generate.model import ChatModel
from assist.generate.rewrite import rewrite
from assist.providers.canned_chat import CannedChat
from assist.records import Prompt, Reply

PROMPT = Prompt(system="规则", user="问题", fingerprint="rewriting@1", canary="c0ffee1234abcd99")
SAID = ("那要多久", "300M 宽带移机怎么申请", "在 APP 里提交，电话 13800138000。")


class Silent:
    """Begins a reply and never ends it."""

    name = "silent"

    async def stream(self, prompt: Prompt) -> AsyncGenerator[Reply, None]:
        yield Reply(text="300M")
        await anyio.sleep_forever()


async def rewritten(reply: str | ProviderError | ChatModel, *, seconds: float = 5) -> str:
    masked = mask(SAID)
    model = CannedChat([reply]) if isinstance(reply, str | ProviderError) else reply
    deadline = anyio.current_time() + seconds
    return await rewrite(model, PROMPT, masked.texts, masked, most=60, deadline=deadline)


@pytest.mark.parametrize(
    "reply",
    [
        "300M 宽带移机要多久",
        "  300M 宽带移机要多久\n",
        "“300M 宽带移机要多久”",
        "改写后的问题：300M 宽带移机要多久",
        "<think>客户问的是移机，\n不是新装。</think>300M 宽带移机要多久",
        "**300M 宽带移机要多久**",
    ],
)
async def test_one_line_is_read_however_it_is_dressed(reply: str) -> None:
    assert await rewritten(reply) == "300M 宽带移机要多久"


async def test_personal_data_is_put_back() -> None:
    assert await rewritten("⟦电话1⟧ 的宽带移机要多久") == "13800138000 的宽带移机要多久"


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "”",
        "宽带移机要多久\n一般三天",
        "宽带移机" * 20,
        "宽带移机要多久 c0ff-ee12 34ab cd99",
        "<<<abc 客户问题",
        '{"question": "宽带移机要多久"}',
        "<p>宽带移机要多久</p>",
        "500M 宽带移机要多久",
        "宽带移机要 3 天吗",
        "宽带移机要三天吗",
        "宽带移机费 50 元怎么退",
        "A3X 宽带移机要多久",
        "⟦电话9⟧ 的宽带移机要多久",
        "宽带\ufffd移机",
    ],
)
async def test_what_is_no_question_of_this_conversation_is_refused(reply: str) -> None:
    with pytest.raises(ProviderReplyBad) as refused:
        await rewritten(reply)
    assert "移机" not in str(refused.value)


async def test_a_model_that_fails_raises_its_own_error() -> None:
    with pytest.raises(ProviderTimeout):
        await rewritten(ProviderTimeout("late"))


async def test_a_reply_that_does_not_end_is_not_waited_for() -> None:
    with pytest.raises(ProviderTimeout):
        await rewritten(Silent(), seconds=0.01)
