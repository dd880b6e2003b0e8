import json
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx2
import pytest

from assist.errors import (
    ProviderBusy,
    ProviderDown,
    ProviderError,
    ProviderReplyBad,
    ProviderTimeout,
)
from assist.generate.model import ChatModel
from assist.providers.endpoint import DEFAULT_LIMITS, Limits
from assist.providers.openai_chat import OpenAIChat
from assist.providers.vendors import parse_model
from assist.records import Prompt, Reply, Token

PROMPT = Prompt(system="规则", user="问题", fingerprint="general@1", canary="c")
Handler = Callable[[httpx2.Request], httpx2.Response]
SSE = {"content-type": "text/event-stream; charset=utf-8"}


def chunk(text: str | None = None, finish: str | None = None, **more: object) -> str:
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": finish, **more}
    return f"data: {json.dumps({'choices': [choice]}, ensure_ascii=False)}\n\n"


def stream(*events: str) -> httpx2.Response:
    return httpx2.Response(200, headers=SSE, content="".join(events).encode())


class Server:
    """Answers with each response in turn, the last one for ever, and keeps what it was asked."""

    def __init__(self, *responses: httpx2.Response | Exception) -> None:
        self.responses = responses
        self.requests: list[httpx2.Request] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        response = self.responses[min(len(self.requests), len(self.responses) - 1)]
        self.requests.append(request)
        if isinstance(response, Exception):
            raise response
        return response

    def body(self, at: int = -1) -> dict[str, object]:
        body: dict[str, object] = json.loads(self.requests[at].content)
        return body


class Time:
    """Passes only where the client pauses."""

    def __init__(self) -> None:
        self.pauses: list[float] = []

    def now(self) -> float:
        return sum(self.pauses)

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)


def chat(
    server: Handler, spec: str = "openai:vllm/m", *, limits: Limits = DEFAULT_LIMITS
) -> tuple[OpenAIChat, Time]:
    client = httpx2.AsyncClient(transport=httpx2.MockTransport(server))
    model = OpenAIChat(parse_model(spec), client=client, api_key="sk-secret", limits=limits)
    time = Time()
    model._endpoint._pause = time.pause
    model._endpoint._breaker._clock = time.now
    return model, time


async def replies(model: ChatModel) -> list[Reply]:
    return [reply async for reply in model.stream(PROMPT)]


async def text_of(server: Handler) -> str:
    return "".join(reply.text for reply in await replies(chat(server)[0]))


async def error_of(server: Handler) -> ProviderError:
    with pytest.raises(ProviderError) as error:
        await replies(chat(server)[0])
    return error.value


GOOD = (chunk("您好"), chunk("。"), chunk(None, "stop"), "data: [DONE]\n\n")


async def test_a_stream_is_read_with_all_that_vendors_put_into_it() -> None:
    server = Server(
        stream(
            ": keep-alive\n\n\n",
            'data: {"choices": null}\n\n',
            'data: {"choices": [], "usage": {"total_tokens": 3}}\n\n',
            'data: {"choices": [{"delta": {"role": "assistant", "content": ""}}]}\n\n',
            'data: {"choices": [{"delta": {"reasoning_content": "想", "content": null}}]}\n\n',
            'data: {"choices": [{"delta": null, "finish_reason": "null"}]}\n\n',
            *GOOD,
        )
    )
    assert await text_of(server) == "您好。"


async def test_a_whole_reply_is_taken_when_the_server_does_not_stream() -> None:
    message = {"choices": [{"message": {"content": "您好。"}, "finish_reason": "stop"}]}
    assert await text_of(Server(httpx2.Response(200, json=message))) == "您好。"


async def test_log_probabilities_are_collected() -> None:
    logprobs = {"content": [{"token": "您", "logprob": -0.5}, {"token": "好", "logprob": None}]}
    server = Server(stream(chunk("您好", logprobs=logprobs), chunk(None, "stop")))
    model, _ = chat(server)
    assert (await replies(model))[0].tokens == (Token(text="您", logprob=-0.5),)
    assert server.body()["logprobs"] is True


async def test_a_request_carries_the_prompt_the_key_and_the_vendors_own_fields() -> None:
    server = Server(stream(*GOOD))
    model, _ = chat(server, "openai:dashscope/qwen-plus")
    await replies(model)
    request, body = server.requests[0], server.body()
    assert str(request.url) == "https://dashscope.aliyuncs.com/compatible-mode/v1/chat/completions"
    assert request.headers["authorization"] == "Bearer sk-secret"
    assert body["messages"] == [
        {"role": "system", "content": "规则"},
        {"role": "user", "content": "问题"},
    ]
    assert body["stream"] is True
    assert body["enable_thinking"] is False
    assert "logprobs" not in body


async def test_extras_that_an_endpoint_refuses_are_left_out_from_then_on() -> None:
    server = Server(httpx2.Response(400), stream(*GOOD), stream(*GOOD))
    model, _ = chat(server)
    await replies(model)
    await replies(model)
    assert len(server.requests) == 3
    assert "logprobs" in server.body(0)
    assert "logprobs" not in server.body(1) | server.body(2)


async def test_a_request_that_is_wrong_anyway_is_not_repeated_again_and_again() -> None:
    server = Server(httpx2.Response(400))
    assert isinstance(await error_of(server), ProviderDown)
    assert len(server.requests) == 2


@pytest.mark.parametrize("finish", ["length", "content_filter", "tool_calls", "sensitive"])
async def test_a_reply_that_did_not_end_by_itself_is_no_reply(finish: str) -> None:
    error = await error_of(Server(stream(chunk("退"), chunk(None, finish))))
    assert isinstance(error, ProviderReplyBad)


@pytest.mark.parametrize(
    "events",
    [
        (chunk("您好"),),
        (chunk("您好"), 'data: {"choices": [{"del'),
        ("data: not json\n\n",),
        ("data: [1]\n\n",),
        ("<html>502</html>",),
        (),
        (chunk(tool_calls=[], delta={"tool_calls": [{"id": "1"}]}), chunk(None, "stop")),
    ],
)
async def test_a_stream_that_breaks_off_or_is_something_else_is_no_reply(
    events: Sequence[str],
) -> None:
    assert isinstance(await error_of(Server(stream(*events))), ProviderReplyBad)


@pytest.mark.parametrize(
    "response",
    [
        httpx2.Response(200, text="<html>登录</html>", headers={"content-type": "text/html"}),
        httpx2.Response(200, json={}),
        httpx2.Response(200, json={"choices": []}),
        httpx2.Response(200, json={"choices": [{"message": {"content": None}}]}),
        httpx2.Response(200, json={"choices": [{"message": {"content": ""}}]}),
        httpx2.Response(200, text="{", headers={"content-type": "application/json"}),
        httpx2.Response(200, content=b"\xc4\xe3", headers={"content-type": "application/json"}),
    ],
)
async def test_a_200_without_an_answer_is_no_reply(response: httpx2.Response) -> None:
    assert isinstance(await error_of(Server(response)), ProviderReplyBad)


async def test_what_an_endpoint_says_of_its_error_goes_nowhere() -> None:
    for status in (401, 404, 500):
        error = await error_of(Server(httpx2.Response(status, text="key sk-secret 客户隐私")))
        assert isinstance(error, ProviderDown)
        assert "sk-secret" not in error.message
        assert "客户" not in error.message
    whole = httpx2.Response(200, json={"choices": [{"message": {"content": [1, "客户隐私"]}}]})
    error = await error_of(Server(whole))
    assert "客户" not in f"{error} {error.__cause__}"


async def test_a_redirect_is_not_followed() -> None:
    server = Server(httpx2.Response(302, headers={"location": "http://169.254.169.254/"}))
    assert isinstance(await error_of(server), ProviderDown)
    assert [request.url.host for request in server.requests] == ["localhost"]


async def test_a_failure_before_the_first_piece_is_tried_again() -> None:
    server = Server(httpx2.Response(503), httpx2.ConnectError("x"), stream(*GOOD))
    model, time = chat(server)
    assert [reply.text for reply in await replies(model)] == ["您好", "。"]
    assert len(time.pauses) == 2


async def test_tries_are_bounded() -> None:
    server = Server(httpx2.Response(500))
    assert isinstance(await error_of(server), ProviderDown)
    assert len(server.requests) == 3


class Cut(httpx2.AsyncByteStream):
    """Sends some bytes, then loses the connection."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self.content
        raise httpx2.ReadError("reset")


async def test_nothing_is_tried_again_once_a_piece_is_out() -> None:
    def answer(request: httpx2.Request) -> httpx2.Response:
        calls.append(request)
        return httpx2.Response(200, headers=SSE, stream=Cut(chunk("您好").encode()))

    calls: list[httpx2.Request] = []
    assert isinstance(await error_of(answer), ProviderDown)
    assert len(calls) == 1


async def test_a_cut_after_the_end_mark_does_no_harm() -> None:
    def answer(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(
            200, headers=SSE, stream=Cut((chunk("您好。") + chunk(None, "stop")).encode())
        )

    assert await text_of(answer) == "您好。"


@pytest.mark.parametrize("date", [False, True])
async def test_the_endpoint_says_how_long_to_wait(date: bool) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=3), usegmt=True)
    busy = httpx2.Response(429, headers={"retry-after": later if date else "2"})
    server = Server(busy, stream(*GOOD))
    model, time = chat(server)
    await replies(model)
    assert 1.5 <= time.now() <= 3
    assert (len(time.pauses), len(server.requests)) == (1, 2)


async def test_a_wait_beyond_the_deadline_is_handed_on_at_once() -> None:
    server = Server(httpx2.Response(429, headers={"retry-after": "86400"}))
    model, time = chat(server)
    with pytest.raises(ProviderBusy) as busy:
        await replies(model)
    assert busy.value.retry_after_s == 86400
    assert (time.pauses, len(server.requests)) == ([], 1)


@pytest.mark.parametrize("header", ["nan", "inf", "soon", "-5", ""])
async def test_a_nonsense_wait_is_no_reason_to_stop(header: str) -> None:
    server = Server(httpx2.Response(429, headers={"retry-after": header}), stream(*GOOD))
    model, _ = chat(server)
    assert len(await replies(model)) == 2


async def test_an_endpoint_that_keeps_failing_is_left_alone() -> None:
    server = Server(httpx2.Response(500))
    model, _ = chat(server)
    for _ in range(4):
        with pytest.raises(ProviderDown):
            await replies(model)
    assert len(server.requests) == 5


async def test_an_endless_reply_is_cut_at_the_size_limit() -> None:
    class Endless(httpx2.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            while True:
                yield chunk("多").encode()

    def answer(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, headers=SSE, stream=Endless())

    model, _ = chat(answer, limits=Limits(total_s=5, reply_bytes=10_000))
    with pytest.raises(ProviderReplyBad, match="too long"):
        await replies(model)


async def test_a_packed_stream_is_not_unpacked() -> None:
    packed = httpx2.Response(200, headers={**SSE, "content-encoding": "gzip"}, content=b"")
    assert isinstance(await error_of(Server(packed)), ProviderReplyBad)


@pytest.mark.parametrize("late", [httpx2.ConnectTimeout("x"), httpx2.ReadTimeout("x")])
async def test_silence_is_a_timeout_and_not_tried_again(late: Exception) -> None:
    server = Server(late)
    assert isinstance(await error_of(server), ProviderTimeout)
    assert len(server.requests) == 1
