import json

import httpx2
import pytest

from assist.errors import ProviderBusy, ProviderDown, ProviderError, ProviderReplyBad
from assist.generate.model import ChatModel
from assist.providers.anthropic_chat import AnthropicChat
from assist.providers.endpoint import Limits
from assist.providers.vendors import parse_model
from assist.records import Prompt

PROMPT = Prompt(system="规则", user="问题", fingerprint="general@1", canary="c")


def event(kind: str, **fields: object) -> str:
    return f"event: {kind}\ndata: {json.dumps({'type': kind, **fields})}\n\n"


def said(text: str) -> str:
    return event("content_block_delta", index=0, delta={"type": "text_delta", "text": text})


def ended(reason: str) -> str:
    return event("message_delta", delta={"stop_reason": reason}, usage={"output_tokens": 3})


def chat(response: httpx2.Response, seen: list[httpx2.Request]) -> ChatModel:
    def answer(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        return response

    client = httpx2.AsyncClient(transport=httpx2.MockTransport(answer))
    spec = parse_model("anthropic:claude-x")
    return AnthropicChat(spec, client=client, api_key="key", limits=Limits(retries=0))


async def text_of(*events: str, seen: list[httpx2.Request] | None = None) -> str:
    response = httpx2.Response(
        200, headers={"content-type": "text/event-stream"}, content="".join(events).encode()
    )
    model = chat(response, [] if seen is None else seen)
    return "".join([reply.text async for reply in model.stream(PROMPT)])


async def test_the_text_of_a_stream_is_read_and_nothing_else() -> None:
    seen: list[httpx2.Request] = []
    text = await text_of(
        event("message_start", message={"id": "m", "content": [], "stop_reason": None}),
        event("content_block_start", index=0, content_block={"type": "thinking", "thinking": ""}),
        event("content_block_delta", index=0, delta={"type": "thinking_delta", "thinking": "想"}),
        event("ping"),
        said("您好"),
        said("。"),
        event("content_block_stop", index=0),
        ended("end_turn"),
        event("message_stop"),
        seen=seen,
    )
    assert text == "您好。"
    request, body = seen[0], json.loads(seen[0].content)
    assert str(request.url) == "https://api.anthropic.com/v1/messages"
    assert request.headers["x-api-key"] == "key"
    assert "authorization" not in request.headers
    assert (body["system"], body["messages"][0]["content"]) == ("规则", "问题")
    assert "temperature" not in body


@pytest.mark.parametrize("reason", ["max_tokens", "tool_use", "refusal", "pause_turn"])
async def test_a_reply_that_did_not_end_by_itself_is_no_reply(reason: str) -> None:
    with pytest.raises(ProviderReplyBad):
        await text_of(said("退"), ended(reason))


async def test_a_stream_that_breaks_off_is_no_reply() -> None:
    with pytest.raises(ProviderReplyBad):
        await text_of(said("退"))


@pytest.mark.parametrize(
    ("kind", "error"), [("overloaded_error", ProviderBusy), ("api_error", ProviderDown)]
)
async def test_an_error_inside_the_stream_is_named(kind: str, error: type[ProviderError]) -> None:
    with pytest.raises(error) as raised:
        await text_of(said("退"), event("error", error={"type": kind, "message": "secret"}))
    assert "secret" not in raised.value.message


async def test_a_whole_message_is_taken_too() -> None:
    content = [{"type": "thinking", "thinking": "想"}, {"type": "text", "text": "您好。"}]
    message = {"type": "message", "content": content, "stop_reason": "end_turn"}
    model = chat(httpx2.Response(200, json=message), [])
    assert [reply.text async for reply in model.stream(PROMPT)] == ["您好。"]


@pytest.mark.parametrize("changed", [{"stop_reason": "max_tokens"}, {"content": []}, {"type": 1}])
async def test_a_whole_message_that_is_none_is_no_reply(changed: dict[str, object]) -> None:
    message = {"type": "message", "content": [{"type": "text", "text": "x"}]}
    response = httpx2.Response(200, json={**message, "stop_reason": "end_turn", **changed})
    with pytest.raises(ProviderReplyBad):
        [reply async for reply in chat(response, []).stream(PROMPT)]
