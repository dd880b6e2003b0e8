"""A client of the whole application over the seed, and the keys it may use."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx2
import pytest
from fastapi import FastAPI

from assist.api.app import create_app
from assist.records import AccessRole
from assist.settings import Settings

Headers = dict[str, str]


@pytest.fixture
async def app(seeded: Path) -> AsyncIterator[FastAPI]:
    made = create_app(Settings(data=seeded))
    started, stop = asyncio.Event(), asyncio.Event()

    # A task of its own, because a fixture's two halves run in two tasks.
    async def live() -> None:
        async with made.router.lifespan_context(made):
            started.set()
            await stop.wait()

    living = asyncio.create_task(live())
    await asyncio.wait(
        [living, asyncio.create_task(started.wait())], return_when=asyncio.FIRST_COMPLETED
    )
    yield made
    stop.set()
    await living


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx2.AsyncClient]:
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://assist") as opened:
        yield opened


@pytest.fixture
def key(app: FastAPI) -> Callable[..., Headers]:
    """Makes a key with a role and returns the headers that carry it."""

    def made(role: AccessRole, *, acting_for: str | None = None) -> Headers:
        keys = app.state.assistant.keys
        _, secret = keys.create("test", role, acting=acting_for is not None)
        headers = {"Authorization": f"Bearer {secret}"}
        return headers | ({"X-Acting-Agent": acting_for} if acting_for else {})

    return made


@pytest.fixture
def agent(key: Callable[..., Headers]) -> Headers:
    return key("agent")


@pytest.fixture
def admin(key: Callable[..., Headers]) -> Headers:
    return key("admin")
