from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Assist = Callable[..., Any]


@pytest.fixture
def two(assist: Assist, seeded: Path) -> tuple[str, str]:
    """The ids of the seeded folder's release and of a newer one that serves."""
    newer = assist("reindex", "--json", "--data", seeded).json["id"]
    listed = assist("releases", "list", "--json", "--data", seeded).json
    return listed[1]["release"]["id"], newer


def test_an_older_release_can_be_made_to_serve_again(
    assist: Assist, seeded: Path, two: tuple[str, str]
) -> None:
    assert assist("releases", "activate", two[0], "--data", seeded).code == 0
    listed = assist("releases", "list", "--json", "--data", seeded).json
    assert [one["release"]["id"] for one in listed if one["active"]] == [two[0]]


def test_an_unknown_release_is_wrong_use(assist: Assist, seeded: Path) -> None:
    assert assist("releases", "activate", "rel_none", "--data", seeded).code == 2
    assert assist("releases", "verify", "rel_none", "--data", seeded).code == 2


def test_whole_releases_are_verified(assist: Assist, seeded: Path, two: tuple[str, str]) -> None:
    ended = assist("releases", "verify", "--json", "--data", seeded)
    assert ended.code == 0
    assert ended.json == [{"id": id, "damages": []} for id in reversed(two)]


def test_a_changed_byte_is_found_and_the_file_named(
    assist: Assist, seeded: Path, two: tuple[str, str]
) -> None:
    path = max((seeded / "releases" / two[0]).glob("*.npy"), key=lambda p: p.stat().st_size)
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    ended = assist("releases", "verify", "--data", seeded)
    assert ended.code == 1
    assert path.name in ended.out
    assert assist("releases", "verify", two[1], "--data", seeded).code == 0


def test_nothing_to_verify_is_not_a_success(assist: Assist, fresh: Path) -> None:
    assert assist("releases", "verify", "--data", fresh).code == 2


def test_edits_that_wait_for_the_next_release_are_listed(
    assist: Assist, seeded: Path, two: tuple[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "ent_a", "question": "怎么退货", "answers": ["七天内。"]}', "utf-8")
    assist("import", path, "--data", seeded)
    ended = assist("releases", "activate", two[0], "--data", seeded)
    assert "ent_a" in ended.out
    assert "ent_a" in assist("releases", "list", "--data", seeded).out
    listed = assist("releases", "list", "--json", "--data", seeded).json
    assert [one["unpublished"] for one in listed if one["active"]] == [["ent_a"]]
