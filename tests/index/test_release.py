import errno
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest

from assist.errors import IndexUnusable, ReleaseDamaged, StoreFull, StoreUnusable
from assist.index.release import load_release, sweep_releases, verify_release
from assist.records import Leg, Release

if TYPE_CHECKING:
    from tests.index.conftest import Desk


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def remove(path: Path) -> None:
    path.unlink()


def swap(path: Path) -> None:
    """Put another whole file of the release in its place."""
    other = path.with_name(
        "question_entry.npy" if path.name != "question_entry.npy" else "entry_end.npy"
    )
    path.write_bytes(other.read_bytes() + b"")


async def small_release(desk: "Desk") -> Release:
    desk.store(
        replace(desk.entry("a"), similar_questions=("能退吗",), negative_questions=("怎么换货",)),
        desk.entry("b", "怎么交话费", "每月 20 日前缴纳。"),
    )
    return await desk.build()


async def test_a_release_comes_back_whole(desk: "Desk") -> None:
    release = await small_release(desk)
    assert (release.entries, release.passages, release.embedded) == (2, 6, 6)
    segment = load_release(desk.folder, release.id, release.manifest_sha256)
    assert (segment.entries.ids, segment.entries.versions) == (("a", "b"), (1, 1))
    assert segment.phrasings.columns.texts.all() == ["怎么退货", "能退吗", "怎么换货", "怎么交话费"]
    assert verify_release(desk.folder, release.id, release.manifest_sha256) == ()


@pytest.mark.parametrize("damage", [flip, truncate, empty, remove, swap])
async def test_damage_to_any_file_is_found_and_the_file_named(
    desk: "Desk", damage: Callable[[Path], None]
) -> None:
    release = await small_release(desk)
    whole = desk.folder / release.id
    names = sorted(path.name for path in whole.iterdir())
    assert "manifest.json" in names
    for name in names:
        folder = desk.folder / "damaged"
        shutil.copytree(whole, folder / release.id)
        damage(folder / release.id / name)
        with pytest.raises(ReleaseDamaged, match=name):
            load_release(folder, release.id, release.manifest_sha256)
        (sentence,) = verify_release(folder, release.id, release.manifest_sha256)
        assert name in sentence
        shutil.rmtree(folder)


async def test_a_release_of_nothing_is_a_release(desk: "Desk") -> None:
    release = await desk.build()
    assert (release.entries, release.passages) == (0, 0)
    assert desk.found_by_any("退货") == set()
    await desk.put(desk.entry("a"))
    assert desk.found_by_leg("退货") == {leg: {"a@1"} for leg in get_args(Leg)}


async def test_a_second_build_embeds_only_what_is_new(desk: "Desk") -> None:
    await small_release(desk)
    desk.store(desk.entry("c", "宽带多少钱", "每月 50 元。"))
    again = await desk.build()
    assert (again.embedded, again.reused, again.passages) == (2, 6, 8)
    assert (await desk.build(full=True)).embedded == 8


async def test_only_published_entries_are_built_in(desk: "Desk") -> None:
    desk.store(desk.entry("a"), replace(desk.entry("b"), status="draft"))
    assert (await desk.build()).entries == 1


async def test_a_release_of_another_analyser_is_refused(
    desk: "Desk", monkeypatch: pytest.MonkeyPatch
) -> None:
    release = await small_release(desk)
    monkeypatch.setattr("assist.index.release.analyser_version", lambda: "another")
    with pytest.raises(IndexUnusable, match="another"):
        load_release(desk.folder, release.id, release.manifest_sha256)


async def test_a_build_that_cannot_write_leaves_nothing(desk: "Desk") -> None:
    desk.folder.write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(StoreUnusable):
        await desk.build()


async def test_a_full_disk_is_named_and_leaves_no_half_release(
    desk: "Desk", monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr("assist.index.release.os.fsync", full)
    with pytest.raises(StoreFull):
        await small_release(desk)
    assert list(desk.folder.iterdir()) == []


async def test_sweeping_removes_all_but_what_is_kept(desk: "Desk") -> None:
    old, new = await small_release(desk), await small_release(desk)
    (desk.folder / "rel_unfinished.tmp").mkdir()
    (desk.folder / "notes.txt").write_text("not ours", encoding="utf-8")
    sweep_releases(desk.folder, {new.id})
    assert {path.name for path in desk.folder.iterdir()} == {new.id, "notes.txt"}
    assert old.id != new.id
    sweep_releases(desk.folder / "missing", set())
