"""Against a real server on the loopback: what only a socket can do to a reply."""

import asyncio
import json
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager, suppress
from dataclasses import dataclass, field

import httpx2
import pytest

from assist.errors import ProviderDown, ProviderReplyBad, ProviderTimeout
from assist.providers.endpoint import Limits
from assist.providers.openai_chat import OpenAIChat
from assist.providers.vendors import parse_model
from assist.records import Prompt

PROMPT = Prompt(system="规则", user="问题", fingerprint="general@1", canary="c")
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
ONE_TRY = Limits(total_s=5, retries=0)
END = b'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'


def said(text: str) -> bytes:
    delta = {"choices": [{"delta": {"content": text}}]}
    return f"data: {json.dumps(delta, ensure_ascii=False)}\n\n".encode()


def packet(content: bytes) -> bytes:
    return f"{len(content):x}\r\n".encode() + content + b"\r\n"


@dataclass
class Peer:
    """What the server may do to its one caller, and what it saw of it."""

    writer: asyncio.StreamWriter
    gone: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, *contents: bytes) -> None:
        for content in contents:
            self.writer.write(content)
            await self.writer.drain()
            await asyncio.sleep(0)


@asynccontextmanager
async def served(
    answer: Callable[[Peer], Awaitable[None]], *, limits: Limits = ONE_TRY
) -> AsyncIterator[tuple[OpenAIChat, list[Peer]]]:
    peers: list[Peer] = []
    calls: list[asyncio.Task[None]] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = next(line for line in head.split(b"\r\n") if line.startswith(b"content-length"))
        await reader.readexactly(int(length.split(b":")[1]))
        peer = Peer(writer)
        peers.append(peer)
        working = asyncio.ensure_future(answer(peer))
        with suppress(OSError):
            while await reader.read(1000):
                pass
        peer.gone.set()
        working.cancel()
        with suppress(asyncio.CancelledError, OSError):
            await working
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()

    server = await asyncio.start_server(
        lambda reader, writer: calls.append(asyncio.ensure_future(serve(reader, writer))),
        "127.0.0.1",
        0,
    )
    port = server.sockets[0].getsockname()[1]
    async with server, httpx2.AsyncClient(trust_env=False) as client:
        spec = parse_model("openai:vllm/m")
        url = f"http://127.0.0.1:{port}/v1"
        yield OpenAIChat(spec, client=client, api_key=None, base_url=url, limits=limits), peers
    await asyncio.wait_for(asyncio.gather(*calls), 2)


async def text_of(model: OpenAIChat) -> str:
    return "".join([reply.text async for reply in model.stream(PROMPT)])


async def test_a_character_may_lie_across_packets() -> None:
    content = b"\xef\xbb\xbf" + said("七天内可退🙂。").replace(b"\n", b"\r\n") + END

    async def answer(peer: Peer) -> None:
        await peer.send(HEAD, *(packet(content[at : at + 1]) for at in range(len(content))))

    async with served(answer) as (model, _):
        assert await text_of(model) == "七天内可退🙂。"


@pytest.mark.parametrize(
    "cut", [said("七天内可退。"), said("七天内可退。")[:40], packet(said("七"))[:-2] + b"9\r\n"]
)
async def test_a_connection_that_ends_in_mid_answer_is_no_answer(cut: bytes) -> None:
    async def answer(peer: Peer) -> None:
        await peer.send(HEAD, packet(said("您好，")), packet(cut))
        peer.writer.close()

    async with served(answer) as (model, _):
        with pytest.raises(ProviderDown):
            await text_of(model)


async def test_a_stream_that_ends_well_formed_but_early_is_no_answer() -> None:
    async def answer(peer: Peer) -> None:
        await peer.send(HEAD, packet(said("您好，")), b"0\r\n\r\n")

    async with served(answer) as (model, _):
        with pytest.raises(ProviderReplyBad):
            await text_of(model)


async def test_gbk_bytes_never_become_text() -> None:
    async def answer(peer: Peer) -> None:
        await peer.send(HEAD, packet(said("七天").decode().encode("gbk")), b"0\r\n\r\n")

    async with served(answer) as (model, _):
        with pytest.raises(ProviderReplyBad):
            await text_of(model)


async def test_an_endpoint_that_never_answers_is_left_at_the_deadline() -> None:
    async def answer(peer: Peer) -> None:
        await peer.gone.wait()

    async with served(answer, limits=Limits(total_s=0.2)) as (model, peers):
        with pytest.raises(ProviderTimeout):
            await text_of(model)
        await asyncio.wait_for(peers[0].gone.wait(), 2)
        assert len(peers) == 1


async def test_a_dripping_stream_is_left_at_the_deadline() -> None:
    async def answer(peer: Peer) -> None:
        await peer.send(HEAD)
        while True:
            await peer.send(packet(b": ping\n\n"), packet(said("嗯")))
            await asyncio.sleep(0.01)

    async with served(answer, limits=Limits(total_s=0.2)) as (model, peers):
        with pytest.raises(ProviderTimeout):
            await text_of(model)
        await asyncio.wait_for(peers[0].gone.wait(), 2)


async def test_the_request_ends_when_the_caller_stops_reading() -> None:
    async def answer(peer: Peer) -> None:
        await peer.send(HEAD, packet(said("您好，")))
        await peer.gone.wait()

    async with served(answer) as (model, peers):
        async with aclosing(model.stream(PROMPT)) as replies:
            assert (await anext(replies)).text == "您好，"
        await asyncio.wait_for(peers[0].gone.wait(), 2)


async def test_the_request_ends_when_the_caller_is_cancelled() -> None:
    async def answer(peer: Peer) -> None:
        await peer.send(HEAD, packet(said("您好，")))
        begun.set()
        await peer.gone.wait()

    begun = asyncio.Event()
    async with served(answer) as (model, peers):
        reading = asyncio.ensure_future(text_of(model))
        await asyncio.wait_for(begun.wait(), 2)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        await asyncio.wait_for(peers[0].gone.wait(), 2)


async def test_a_refused_connection_and_a_failed_tls_handshake_are_an_endpoint_that_is_down() -> (
    None
):
    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    context = ssl.create_default_context()
    async with httpx2.AsyncClient(trust_env=False, verify=context) as client:
        spec, limits = parse_model("openai:vllm/m"), Limits(total_s=2, retries=0)
        model = OpenAIChat(
            spec,
            client=client,
            api_key=None,
            base_url=f"https://127.0.0.1:{port}",
            limits=limits,
        )
        with pytest.raises(ProviderDown):
            await text_of(model)
        server.close()
        await server.wait_closed()
        with pytest.raises(ProviderDown):
            await text_of(model)
