"""A model that tells, over a real socket, how likely its tokens were; what a draft makes of it."""

import asyncio
import json
import math
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

import httpx2

from assist.pipeline.pipeline import Pipeline
from assist.providers.builtin_embedder import BuiltinEmbedder, encode
from assist.providers.openai_chat import OpenAIChat
from assist.providers.vendors import parse_model
from assist.records import Draft, Finding, Question
from assist.text.vectors import SentenceVectors
from assist.wiring import Assistant

ASKED = Question(text="畅享129套餐里有多少流量")
Tokens = Sequence[tuple[str, float]]
"""What the model writes, each piece with its probability."""


def event(text: str, chance: float | None) -> bytes:
    logprobs = {"content": [{"token": text, "logprob": math.log(chance)}]} if chance else None
    choice = {"index": 0, "delta": {"content": text}, "logprobs": logprobs}
    return f"data: {json.dumps({'choices': [choice]}, ensure_ascii=False)}\n\n".encode()


@asynccontextmanager
async def speaking(tokens: Tokens, *, tells: bool = True) -> AsyncIterator[OpenAIChat]:
    """Serve one reply, over and over, from the loopback."""
    body = b"".join(event(text, chance if tells else None) for text, chance in tokens)
    body += b'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'
    head = f"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: {len(body)}\r\n"

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            asked = (await reader.readuntil(b"\r\n\r\n")).lower()
            length = next(line for line in asked.split(b"\r\n") if b"content-length" in line)
            await reader.readexactly(int(length.split(b":")[1]))
            writer.write(head.encode() + b"connection: close\r\n\r\n" + body)
            await writer.drain()
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, httpx2.AsyncClient(trust_env=False) as client:
        url = f"http://127.0.0.1:{port}/v1"
        yield OpenAIChat(parse_model("openai:vllm/m"), client=client, api_key=None, base_url=url)


async def drafted(assistant: Assistant, tokens: Tokens, *, tells: bool = True) -> Draft:
    async with speaking(tokens, tells=tells) as model:
        pipeline = Pipeline(
            index=assistant.index,
            embedder=assistant.models.embedder,
            rules=lambda: assistant.rules.current,
            model=model,
            language="zh",
            llm_deadline_s=5,
            vectors=SentenceVectors(BuiltinEmbedder.id, encode, kept=64),
        )
        return await pipeline.draft(ASKED, actor="amy")


def doubted(draft: Draft) -> list[Finding]:
    return [finding for finding in draft.findings if finding.rule == "low_confidence"]


def written(chance: float, amount: str = "60") -> Tokens:
    """A thought, then an answer with marks, whose amount has this probability."""
    return (
        ("<think>每月包含", 0.9), (amount, 0.99), ("GB</think>", 0.9),
        ("您好，5G 畅享 129 套餐", 0.9), ("每月包含 **", 0.9), (amount, chance), ("GB** 流量", 0.9),
        ("。", 0.2), ("[1]", 0.1), ("\n", 0.1),
    )  # fmt: skip


async def test_a_fact_that_the_model_held_unlikely_is_told(assistant: Assistant) -> None:
    draft = await drafted(assistant, written(0.21))
    (finding,) = doubted(draft)
    assert draft.text[finding.start : finding.end] == finding.text == "60GB"
    assert "21%" in finding.message


async def test_it_is_advice_where_the_source_has_the_fact_and_a_warning_where_not(
    assistant: Assistant,
) -> None:
    assert [f.severity for f in doubted(await drafted(assistant, written(0.21)))] == ["info"]
    invented = await drafted(assistant, written(0.21, "90"))
    assert [f.severity for f in doubted(invented)] == ["warn"]


async def test_a_fact_that_it_was_sure_of_is_left_alone(assistant: Assistant) -> None:
    assert doubted(await drafted(assistant, written(0.97))) == []


async def test_a_model_that_tells_no_probabilities_is_judged_as_ever(assistant: Assistant) -> None:
    draft = await drafted(assistant, written(0.21), tells=False)
    assert "60GB" in draft.text
    assert doubted(draft) == []
