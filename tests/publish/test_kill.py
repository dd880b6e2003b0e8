"""Killed at any moment, a start finds one complete state or the other."""

import asyncio
import os
import random
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assist.publish.publisher import quiet
from assist.publish.works import Work
from assist.store.database import open_database

if TYPE_CHECKING:
    from tests.publish.conftest import House

ENTRIES = 120
LONGEST_S = 0.35


def sheet(house: "House", turn: int) -> Path:
    rows = [
        {
            "id": f"ent_{n}",
            "question": f"第{n}件事怎么办",
            "answers": [f"答{turn}"],
            "note": str(turn),
        }
        for n in range(turn % 7, ENTRIES)
    ]
    return house.file(f"{turn}.jsonl", *rows)


async def change(house: "House", turn: int) -> None:
    await house.works.clear()
    path = sheet(house, turn)
    importing = await house.works.importing(lambda _: path, mode="replace", actor="lin")
    await importing.run(quiet)
    building = await house.works.reindexing(actor="lin")
    assert isinstance(building, Work)
    await building.run(quiet)


def turns_of(notes: list[str | None]) -> set[str | None]:
    """Return the turns that entries come from, and fail when an entry of a turn is missing."""
    found = set(notes)
    assert len(found) <= 1
    for turn in found:
        assert len(notes) == ENTRIES - int(turn or 0) % 7
    return found


async def check(house: "House", turn: int) -> None:
    """Fail unless what is stored and what is served are each of one turn, and work can go on."""
    stored = turns_of([entry.note for entry in house.entries.every()])
    assert stored <= {None, str(turn), str(turn - 1)}
    if house.releases.active() is not None:
        await house.live.refresh()
        entries = house.live.snapshot.base.segment.entries
        built = [
            house.entries.at_version(id, version).note
            for id, version in zip(entries.ids, entries.versions, strict=True)
        ]
        assert turns_of(built) <= {str(turn), str(turn - 1)}
    await change(house, turn)
    assert turns_of([entry.note for entry in house.entries.every()]) == {str(turn)}
    assert house.folders() == {release.id for release in house.releases.all()}
    assert house.jobs.open_ids() == ()


@pytest.mark.parametrize("kills", [3, pytest.param(120, marks=pytest.mark.slow)])
def test_no_kill_leaves_a_mix_or_a_stray_file(house: "House", kills: int, tmp_path: Path) -> None:
    random.seed(kills)
    asyncio.run(change(house, 0))
    for turn in range(1, kills + 1):
        child = os.fork()
        if child == 0:
            with open_database(tmp_path) as database:
                asyncio.run(change(type(house)(root=tmp_path, database=database), turn))
            os._exit(0)
        time.sleep(random.uniform(0, LONGEST_S))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with open_database(tmp_path) as database:
            asyncio.run(check(type(house)(root=tmp_path, database=database), turn))
