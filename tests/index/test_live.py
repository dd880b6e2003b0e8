from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, get_args

import anyio
import pytest

from assist.errors import (
    EmbedderChanged,
    EntryUnknown,
    ProviderDown,
    ReleaseDamaged,
    ReleaseMissing,
)
from assist.index.live import can_be_rebuilt
from assist.records import Answer, EntryStatus, Leg

if TYPE_CHECKING:
    from tests.index.conftest import Desk

LEGS: tuple[Leg, ...] = get_args(Leg)


def by_every_leg(*entries: str) -> dict[Leg, set[str]]:
    return {leg: set(entries) for leg in LEGS}


async def test_nothing_is_live_before_the_first_release(desk: "Desk") -> None:
    with pytest.raises(ReleaseMissing):
        _ = desk.live.snapshot
    with pytest.raises(ReleaseMissing):
        await desk.live.refresh()


async def test_an_edit_is_found_by_every_leg_and_its_old_self_by_none(desk: "Desk") -> None:
    desk.store(desk.entry("a"))
    await desk.build()
    await desk.put(desk.entry("a", "宽带怎么装", "三个工作日内上门装宽带。"))
    assert desk.found_by_leg("宽带") == by_every_leg("a@2")
    assert "a@1" not in desk.found_by_any("怎么退货")
    assert desk.live.snapshot.entry("a").question == "宽带怎么装"
    await desk.build()
    assert desk.found_by_leg("宽带") == by_every_leg("a@2")


@pytest.mark.parametrize("built", [True, False])
async def test_a_deleted_entry_is_found_by_no_leg_and_a_new_one_of_its_id_by_all(
    desk: "Desk", built: bool
) -> None:
    if built:
        desk.store(desk.entry("a"), desk.entry("b"))
        await desk.build()
    else:
        await desk.build()
        await desk.put(desk.entry("a"))
        await desk.put(desk.entry("b"))
    await desk.delete("a")
    assert desk.found_by_leg("退货") == by_every_leg("b@1")
    with pytest.raises(EntryUnknown):
        desk.live.snapshot.entry("a")
    await desk.build()
    assert desk.found_by_leg("退货") == by_every_leg("b@1")
    await desk.put(desk.entry("a"))
    assert desk.found_by_leg("退货") == by_every_leg("a@2", "b@1")
    await desk.delete("a")
    assert desk.found_by_leg("退货") == by_every_leg("b@1")


@pytest.mark.parametrize("status", ["draft", "retired"])
async def test_an_entry_taken_back_is_found_by_no_leg(desk: "Desk", status: EntryStatus) -> None:
    desk.store(desk.entry("a"))
    await desk.build()
    await desk.put(replace(desk.entry("a"), status=status))
    assert desk.found_by_any("退货") == set()
    assert desk.live.snapshot.entries_count == 0
    await desk.put(desk.entry("a"))
    assert desk.found_by_leg("退货") == by_every_leg("a@3")


async def test_many_edits_leave_the_order_that_a_rebuild_gives(desk: "Desk") -> None:
    names = ["退货", "换货", "宽带", "话费", "流量", "漫游", "积分", "发票"]
    desk.store(*(desk.entry(f"e{n}", f"{name}怎么办") for n, name in enumerate(names)))
    await desk.build()
    for turn in range(3):
        for n, name in enumerate(names[turn:]):
            await desk.put(desk.entry(f"e{n}", f"{name}如何办理{turn}", f"{name}请在 APP 办理。"))
        await desk.delete(f"e{7 - turn}")
    edited = {text: desk.found("dense_question", text) for text in names}
    counts = (desk.live.snapshot.entries_count, desk.live.snapshot.passages_count)
    await desk.build()
    assert {text: desk.found("dense_question", text) for text in names} == edited
    assert (desk.live.snapshot.entries_count, desk.live.snapshot.passages_count) == counts
    assert counts == (5, 10)


async def test_edits_of_one_entry_do_not_pile_up(desk: "Desk") -> None:
    await desk.build()
    for turn in range(9):
        await desk.put(desk.entry("a", f"怎么退货{turn}"))
    assert len(desk.live.snapshot.overlay.alive) < 4
    assert desk.found("lexical_question", "退货") == ["a@9"]


async def test_lexical_hits_of_base_and_overlay_stand_in_one_order(desk: "Desk") -> None:
    desk.store(desk.entry("far", "手机、耳机和充电器怎么退货"), desk.entry("x", "宽带"))
    await desk.build()
    await desk.put(desk.entry("near", "退货"))
    assert desk.found("lexical_question", "退货") == ["near@1", "far@1"]
    (best,) = desk.hits("lexical_question", "退货", k=1)
    assert best.passage.entry_id == "near"


async def test_negative_phrasings_are_found_by_the_question_legs(desk: "Desk") -> None:
    desk.store(replace(desk.entry("a"), negative_questions=("怎么换宽带",)))
    await desk.build()
    for leg in ("dense_question", "lexical_question"):
        assert desk.hits(leg, "换宽带")[0].passage.kind == "negative"


async def test_a_passage_comes_back_as_it_was_cut(desk: "Desk") -> None:
    desk.store(desk.entry("a"))
    await desk.build()
    passage = desk.hits("lexical_passage", "标题")[0].passage
    assert (passage.id, passage.kind, passage.text) == ("psg_a_1", "passage", "七天内可以退货。")
    assert (passage.heading, passage.start, passage.end) == ("标题", 0, 8)


@pytest.mark.parametrize("built", [True, False])
async def test_dates_are_asked_at_the_time_of_the_search(desk: "Desk", built: bool) -> None:
    day = timedelta(days=1)
    dated = replace(desk.entry("a"), effective_from=desk.at, effective_to=desk.at + day)
    desk.store(desk.entry("always"))
    if built:
        desk.store(dated)
    await desk.build()
    await desk.put(dated)
    for at, holds in (
        (desk.at - timedelta(milliseconds=1), False),
        (desk.at, True),
        (desk.at + day, True),
        (desk.at + day + timedelta(milliseconds=1), False),
        (desk.at, True),
    ):
        expected = {"always@1", "a@1"} if holds else {"always@1"}
        assert desk.found_by_leg("退货", at=at) == by_every_leg(*expected)


@pytest.mark.parametrize("built", [True, False])
async def test_category_and_channel_are_asked_before_the_best_are_taken(
    desk: "Desk", built: bool
) -> None:
    phone = replace(
        desk.entry("phone"), category=("产品",), answers=(Answer(text="退货。", channel="phone"),)
    )
    desk.store(*(desk.entry(f"e{n}") for n in range(30)))
    if built:
        desk.store(phone)
    await desk.build()
    await desk.put(phone)
    assert desk.found_by_leg("退货", categories=("产品",)) == by_every_leg("phone@1")
    assert desk.found_by_leg("退货", categories=("没有",)) == by_every_leg()
    assert "phone@1" in desk.found_by_any("退货", channel="phone")
    assert desk.found_by_leg("退货", channel="web") == by_every_leg(*(f"e{n}@1" for n in range(30)))
    assert "e7@1" in desk.found_by_any("退货", channel="phone")
    (only,) = desk.hits("dense_question", "退货", k=1, categories=("没有", "产品"))
    assert only.passage.entry_id == "phone"


async def test_an_older_release_shows_its_own_versions_and_later_edits_wait(desk: "Desk") -> None:
    desk.store(desk.entry("a"), desk.entry("b"))
    old = await desk.build()
    await desk.put(desk.entry("a", "怎么退换货"))
    await desk.delete("b")
    await desk.build()
    desk.releases.activate(old.id, overlay_from=desk.entries.last_seq())
    await desk.live.refresh()
    assert desk.live.snapshot.release == old.id
    assert desk.found_by_leg("退货") == by_every_leg("a@1", "b@1")
    assert desk.live.snapshot.entry("a").question == "怎么退货"
    assert desk.live.snapshot.entry("b").version == 1
    await desk.put(desk.entry("c"))
    assert desk.found_by_leg("退货") == by_every_leg("a@1", "b@1", "c@1")


async def test_a_restart_shows_the_same(desk: "Desk") -> None:
    desk.store(desk.entry("a"), desk.entry("b"))
    await desk.build()
    await desk.put(desk.entry("b", "怎么换货"))
    await desk.delete("a")
    before = desk.found_by_leg("货")
    desk.live = desk.opened()
    await desk.live.refresh()
    assert desk.found_by_leg("货") == before


async def test_a_search_keeps_the_snapshot_it_began_with(desk: "Desk") -> None:
    desk.store(desk.entry("a"))
    await desk.build()
    held = desk.live.snapshot
    await desk.delete("a")
    assert held.entry("a").id == "a"
    await desk.live.refresh()
    assert desk.live.snapshot is not held


async def test_refreshing_without_a_change_keeps_the_snapshot(desk: "Desk") -> None:
    await desk.build()
    held = desk.live.snapshot
    await desk.live.refresh()
    assert desk.live.snapshot is held


async def test_refreshes_at_once_apply_each_change_once(desk: "Desk") -> None:
    await desk.build()
    desk.store(*(desk.entry(f"e{n}") for n in range(5)))
    async with anyio.create_task_group() as tasks:
        for _ in range(10):
            tasks.start_soon(desk.live.refresh)
    assert desk.live.snapshot.passages_count == 10
    assert len(desk.hits("dense_question", "退货", k=50)) == 5


async def test_a_release_of_another_embedder_is_refused_by_both_names(desk: "Desk") -> None:
    await desk.build()
    desk.embedder.id = "words-2"
    with pytest.raises(EmbedderChanged, match=r"words-1.*words-2"):
        await desk.opened().refresh()
    desk.embedder.id, desk.embedder.dimension = "words-1", 32
    with pytest.raises(EmbedderChanged, match="32"):
        await desk.opened().refresh()


async def test_a_damaged_release_is_refused_and_the_old_one_serves_on(desk: "Desk") -> None:
    desk.store(desk.entry("a"))
    old = await desk.build()
    new = await desk.build(activate=False)
    (desk.folder / new.id / "dense_question.npy").write_bytes(b"")
    desk.releases.activate(new.id, overlay_from=new.through_seq)
    with pytest.raises(ReleaseDamaged, match=r"dense_question\.npy"):
        await desk.live.refresh()
    assert desk.live.snapshot.release == old.id
    assert desk.found_by_leg("退货") == by_every_leg("a@1")


async def test_a_delete_does_not_wait_for_an_embedder_that_is_down(desk: "Desk") -> None:
    desk.store(desk.entry("a"), desk.entry("b"))
    await desk.build()
    desk.embedder.down = True
    desk.entries.delete("a", expected=None, actor="test")
    desk.store(desk.entry("b", "怎么换货"))
    with pytest.raises(ProviderDown):
        await desk.live.refresh()
    assert desk.found_by_any("货") == {"b@1"}
    desk.embedder.down = False
    await desk.live.refresh()
    assert desk.found_by_any("货") == {"b@2"}


async def test_a_release_that_cannot_be_used_is_not_read_at_every_poll(desk: "Desk") -> None:
    now = 0.0
    old = await desk.build()
    desk.live = desk.opened(clock=lambda: now)
    broken = desk.folder / old.id / "dense_question.npy"
    whole = broken.read_bytes()
    broken.write_bytes(b"")
    for _ in range(2):
        with pytest.raises(ReleaseDamaged):
            await desk.live.refresh()
        broken.write_bytes(whole)
    now = 31.0
    await desk.live.refresh()
    assert desk.live.problem is None
    assert desk.live.snapshot.release == old.id


async def test_why_nothing_serves_is_told_until_something_does(desk: "Desk") -> None:
    old = await desk.build()
    desk.live = desk.opened()
    (desk.folder / old.id / "dense_question.npy").write_bytes(b"")
    with pytest.raises(ReleaseDamaged):
        await desk.live.refresh()
    with pytest.raises(ReleaseDamaged):
        _ = desk.live.snapshot
    assert can_be_rebuilt(desk.live.problem)
    await desk.build()
    assert desk.live.problem is None
    assert not can_be_rebuilt(desk.live.problem)
    assert not can_be_rebuilt(EmbedderChanged("another"))


async def test_what_serves_on_keeps_up_while_the_active_release_is_damaged(desk: "Desk") -> None:
    desk.store(desk.entry("a"), desk.entry("b"))
    await desk.build()
    new = await desk.build(activate=False)
    (desk.folder / new.id / "dense_question.npy").write_bytes(b"")
    desk.releases.activate(new.id, overlay_from=new.through_seq)
    desk.entries.delete("a", expected=None, actor="test")
    desk.store(desk.entry("c"))
    with pytest.raises(ReleaseDamaged):
        await desk.live.refresh()
    assert desk.found_by_leg("退货") == by_every_leg("b@1", "c@1")


async def test_a_prepared_release_is_swapped_in_without_being_read_again(desk: "Desk") -> None:
    desk.store(desk.entry("a"))
    await desk.build()
    desk.store(desk.entry("b"))
    new = await desk.build(activate=False)
    await desk.live.prepare(new)
    (desk.folder / new.id / "dense_question.npy").unlink()
    desk.releases.activate(new.id, overlay_from=new.through_seq)
    await desk.live.refresh()
    assert desk.live.snapshot.release == new.id
    assert desk.found_by_leg("退货") == by_every_leg("a@1", "b@1")


async def test_what_was_embedded_ahead_is_refreshed_without_the_embedder(desk: "Desk") -> None:
    desk.store(desk.entry("a"))
    fresh = [desk.entry("b", "怎么换货"), replace(desk.entry("c", "宽带"), status="draft")]
    await desk.live.embed_ahead(fresh, lambda done, total: None)
    assert desk.embedder.batches == []
    await desk.build()
    desk.embedder.batches.clear()
    await desk.live.embed_ahead(fresh, lambda done, total: None)
    assert [texts for _, texts in desk.embedder.batches] == [["怎么换货"]]
    desk.embedder.down = True
    await desk.put(fresh[0])
    assert "b@1" in desk.found_by_any("货")
