"""What is published is found, what is taken back is not, and what cannot serve never does."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, get_args

import pytest

from assist.errors import (
    EmbedderChanged,
    ImportRefused,
    ProviderDown,
    ReleaseDamaged,
    ReleaseUnknown,
    VersionStale,
)
from assist.knowledge.split import passages_of
from assist.records import Entry, EntryStatus, Leg, Passage, Release

if TYPE_CHECKING:
    from tests.publish.conftest import House

LEGS: tuple[Leg, ...] = get_args(Leg)


def row(id: str | None, question: str, **more: object) -> dict[str, object]:
    given: dict[str, object] = {"question": question, "answers": ["有货，七天内办理。"]}
    return given | ({"id": id} if id else {}) | more


# -- edits ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("rebuilt", [False, True])
async def test_what_is_deleted_is_found_by_no_leg_until_it_comes_back(
    house: "House", rebuilt: bool
) -> None:
    async def settled() -> None:
        if rebuilt:
            await house.publisher.reindex()

    await house.publisher.reindex()
    await house.save("ent_a")
    await house.save("ent_b", "怎么换货")
    await settled()
    assert house.found_by_all("货") == {"ent_a@1", "ent_b@1"}
    await house.delete("ent_a")
    assert house.found_by_all("货") == {"ent_b@1"}
    await settled()
    assert house.found_by_all("货") == {"ent_b@1"}
    await house.save("ent_a")
    assert house.found_by_all("货") == {"ent_a@2", "ent_b@1"}
    await settled()
    assert house.found_by_all("货") == {"ent_a@2", "ent_b@1"}


@pytest.mark.parametrize("rebuilt", [False, True])
@pytest.mark.parametrize("status", ["draft", "retired"])
async def test_what_is_taken_back_is_found_by_no_leg(
    house: "House", status: EntryStatus, rebuilt: bool
) -> None:
    await house.save("ent_a")
    await house.publisher.reindex()
    await house.save("ent_a", status=status)
    if rebuilt:
        await house.publisher.reindex()
    assert house.found_by_all("货") == set()


@pytest.mark.parametrize("rebuilt", [False, True])
async def test_what_is_not_in_effect_is_found_by_no_leg(house: "House", rebuilt: bool) -> None:
    day, now = timedelta(days=1), datetime.now(UTC)
    await house.publisher.reindex()
    await house.save("ent_early", effective_from=now + day)
    await house.save("ent_late", effective_to=now - day)
    await house.save("ent_now", effective_from=now - day, effective_to=now + day)
    if rebuilt:
        await house.publisher.reindex()
    assert house.found_by_all("货") == {"ent_now@1"}


async def test_an_edit_whose_vector_cannot_be_made_is_not_stored(house: "House") -> None:
    await house.save("ent_a")
    await house.publisher.reindex()
    house.embedder.down = True
    with pytest.raises(ProviderDown):
        await house.save("ent_b", "怎么换货")
    assert house.entries.others(()) == ("ent_a",)
    await house.delete("ent_a")
    assert house.found_by_all("货") == set()


async def test_a_stale_edit_changes_nothing(house: "House") -> None:
    await house.save("ent_a")
    with pytest.raises(VersionStale):
        await house.publisher.save(house.entry("ent_a", "怎么换货"), expected=7, actor="lin")
    assert house.entries.get("ent_a").question == "怎么退货"


# -- files ---------------------------------------------------------------------------------------


async def test_a_bad_row_is_told_and_stops_no_other(house: "House") -> None:
    await house.publisher.reindex()
    path = house.file(
        "a.jsonl", row("ent_a", "怎么退货"), row("ent_b", ""), row("ent_c", "怎么换货")
    )
    report = await house.publisher.import_file(path, actor="lin")
    assert [(r.line, r.id, r.status) for r in report.rows] == [
        (1, "ent_a", "ok"),
        (2, None, "failed"),
        (3, "ent_c", "ok"),
    ]
    assert "question" in str(report.rows[1].reason)
    assert house.found_by_all("货") == {"ent_a@1", "ent_c@1"}


async def test_a_second_import_skips_what_is_unchanged(house: "House") -> None:
    path = house.file("a.jsonl", row("ent_a", "怎么退货"), row("ent_b", "怎么换货"))
    await house.publisher.import_file(path, actor="lin")
    path = house.file("a.jsonl", row("ent_a", "怎么退货"), row("ent_b", "怎样换货"))
    report = await house.publisher.import_file(path, actor="lin")
    assert [r.status for r in report.rows] == ["skipped", "ok"]
    assert report.saved == 1
    assert (house.entries.get("ent_a").version, house.entries.get("ent_b").version) == (1, 2)


async def test_a_repeated_question_is_told_with_the_entry_that_asks_it(house: "House") -> None:
    await house.save("ent_a")
    path = house.file("a.jsonl", row("ent_b", "怎么退货？"))
    report = await house.publisher.import_file(path, dry_run=True, actor="lin")
    assert report.rows[0].status == "ok"
    assert "ent_a" in str(report.rows[0].reason)


async def test_a_row_without_an_id_updates_the_entry_that_asks_the_same(house: "House") -> None:
    path = house.file("a.jsonl", row(None, "怎么退货"))
    first = await house.publisher.import_file(path, actor="lin")
    path = house.file("a.jsonl", row(None, "怎么退货", note="新"))
    again = await house.publisher.import_file(path, actor="lin")
    assert first.rows[0].id == again.rows[0].id
    assert sum(house.entries.count().values()) == 1


async def test_replace_tells_what_goes_and_then_takes_it_out(house: "House") -> None:
    await house.publisher.reindex()
    await house.save("ent_a")
    await house.save("ent_old", "怎么换货", status="draft")
    path = house.file("a.jsonl", row("ent_b", "怎么补货"))
    told = await house.publisher.import_file(path, mode="replace", dry_run=True, actor="lin")
    assert told.removed == ("ent_a", "ent_old")
    assert house.entries.others(()) == ("ent_a", "ent_old")
    done = await house.publisher.import_file(path, mode="replace", actor="lin")
    assert done.removed == told.removed
    assert house.entries.others(()) == ("ent_b",)
    assert house.found_by_all("货") == {"ent_b@1"}


async def test_replace_removes_nothing_when_a_row_failed_or_none_is_there(house: "House") -> None:
    await house.save("ent_a")
    path = house.file("a.jsonl", row("ent_a", ""), row("ent_b", "怎么换货"))
    report = await house.publisher.import_file(path, mode="replace", actor="lin")
    assert report.removed == ()
    assert report.notes
    assert house.entries.others(()) == ("ent_a", "ent_b")
    with pytest.raises(ImportRefused):
        await house.publisher.import_file(house.file("none.jsonl"), mode="replace", actor="lin")
    assert house.entries.others(()) == ("ent_a", "ent_b")


# -- releases ------------------------------------------------------------------------------------


async def test_a_release_that_is_damaged_or_foreign_never_becomes_active(house: "House") -> None:
    await house.save("ent_a")
    serving = await house.publisher.reindex()
    other = await house.publisher.reindex(activate=False)
    house.damage(other.id)
    with pytest.raises(ReleaseDamaged, match=r"dense_question\.npy"):
        await house.publisher.activate(other.id, actor="lin")
    house.embedder.id = "words-2"
    with pytest.raises(EmbedderChanged, match=r"words-1.*words-2"):
        await house.publisher.activate(other.id, actor="lin")
    with pytest.raises(ReleaseUnknown):
        await house.publisher.activate("rel_none", actor="lin")
    active = house.releases.active()
    assert active is not None
    assert active[0] == serving.id
    assert house.live.snapshot.release == serving.id


async def test_a_release_that_is_not_approved_does_not_serve(house: "House") -> None:
    first = await house.publisher.reindex()
    seen: list[Release] = []

    async def approve(release: Release) -> bool:
        seen.append(release)
        return False

    second = await house.publisher.reindex(approve=approve)
    assert seen == [second]
    assert house.live.snapshot.release == first.id


async def test_only_the_newest_releases_and_the_serving_one_are_kept(house: "House") -> None:
    first = await house.publisher.reindex()
    await house.publisher.reindex()
    await house.publisher.activate(first.id, actor="lin")
    for _ in range(3):
        last = await house.publisher.reindex(activate=False)
    (house.folder / "rel_left.tmp").mkdir()
    await house.publisher.reindex(activate=False)
    kept = {release.id for release in house.releases.all()}
    assert house.folders() == kept
    assert len(kept) == 3
    assert {first.id, last.id} < kept


async def test_a_build_that_fails_leaves_no_file_and_the_old_release(house: "House") -> None:
    first = await house.publisher.reindex()
    await house.save("ent_a")
    house.embedder.down = True
    with pytest.raises(ProviderDown):
        await house.publisher.reindex(full=True)
    assert house.folders() == {first.id}
    assert house.found_by_all("货") == {"ent_a@1"}


async def test_a_rollback_shows_just_that_release_and_what_is_edited_after_it(
    house: "House", neighbour: "Callable[[], House]"
) -> None:
    await house.save("ent_a")
    await house.save("ent_b", "怎么换货")
    old = await house.publisher.reindex()
    await house.save("ent_a", "怎么退换货")
    await house.delete("ent_b")
    await house.save("ent_c", "怎么补货")
    await house.save("ent_d", "怎么进货", status="draft")
    new = await house.publisher.reindex()
    assert house.publisher.unpublished() == ()

    await house.publisher.activate(old.id, actor="lin")
    assert house.found_by_all("货") == {"ent_a@1", "ent_b@1"}
    assert house.publisher.unpublished() == ("ent_a", "ent_b", "ent_c")

    await house.save("ent_c", "怎样补货")
    await house.save("ent_e", "怎么订货")
    expected = {"ent_a@1", "ent_b@1", "ent_c@2", "ent_e@1"}
    assert house.found_by_all("货") == expected
    assert house.publisher.unpublished() == ("ent_a", "ent_b")

    # Neither asking again nor another process changes what is shown.
    await house.publisher.activate(old.id, actor="lin")
    assert house.found_by_all("货") == expected
    other = neighbour()
    await other.live.refresh()
    assert other.found_by_all("货") == expected

    await house.publisher.activate(new.id, actor="lin")
    assert house.found_by_all("货") == {"ent_a@2", "ent_c@2", "ent_e@1"}
    await house.publisher.activate(old.id, actor="lin")
    await house.publisher.reindex()
    assert house.found_by_all("货") == {"ent_a@2", "ent_c@2", "ent_e@1"}
    assert house.publisher.unpublished() == ()


async def test_a_damaged_release_is_built_again_just_as_it_was(
    house: "House", neighbour: "Callable[[], House]"
) -> None:
    await house.save("ent_a")
    old = await house.publisher.reindex()
    await house.save("ent_b", "怎么换货")
    await house.publisher.reindex()
    await house.publisher.activate(old.id, actor="lin")
    await house.save("ent_c", "怎么补货")
    house.damage(old.id)

    other = neighbour()
    with pytest.raises(ReleaseDamaged):
        await other.live.refresh()
    rebuilt = await other.publisher.rebuild()
    assert rebuilt.id != old.id
    assert other.found_by_all("货") == {"ent_a@1", "ent_c@1"}
    assert other.publisher.unpublished() == ("ent_b",)
    assert old.id not in other.folders()
    await house.live.refresh()
    assert house.live.snapshot.release == rebuilt.id
    assert await house.publisher.rebuild() == rebuilt


async def test_another_embedder_is_refused_until_a_reindex_and_edits_wait(
    house: "House", neighbour: "Callable[[], House]"
) -> None:
    await house.save("ent_a")
    await house.publisher.reindex()
    other = neighbour()
    other.embedder.id = "words-2"
    with pytest.raises(EmbedderChanged):
        await other.live.refresh()
    await other.save("ent_b", "怎么换货")
    with pytest.raises(EmbedderChanged, match=r"words-1.*words-2"):
        _ = other.live.snapshot
    await other.publisher.reindex()
    assert other.found_by_all("货") == {"ent_a@1", "ent_b@1"}


async def test_who_serves_on_beside_a_foreign_release_still_forgets(
    house: "House", neighbour: "Callable[[], House]"
) -> None:
    await house.save("ent_a")
    first = await house.publisher.reindex()
    other = neighbour()
    other.embedder.id = "words-2"
    await other.publisher.reindex()
    await other.delete("ent_a")
    with pytest.raises(EmbedderChanged):
        await house.live.refresh()
    assert house.live.snapshot.release == first.id
    assert house.found_by_all("货") == set()
    assert isinstance(house.live.problem, EmbedderChanged)


async def test_edits_of_another_process_are_found(
    house: "House", neighbour: "Callable[[], House]"
) -> None:
    await house.publisher.reindex()
    other = neighbour()
    other.entries.save_many([replace(house.entry("ent_a"))], actor="cli")
    await house.live.refresh()
    assert house.found_by_all("货") == {"ent_a@1"}


# -- what a build takes over from an earlier one -------------------------------------------------


async def test_a_build_from_an_earlier_release_is_as_good_as_a_full_one(house: "House") -> None:
    names = ["退货", "换货", "补货", "进货", "订货", "宽带", "话费", "流量"]
    for n, name in enumerate(names):
        await house.save(f"ent_{n}", f"{name}怎么办", similar_questions=(f"{name}如何办理",))
    await house.publisher.reindex()
    await house.delete("ent_0")
    await house.save("ent_1", "怎么换货换货换货", category=("新",))
    await house.save("ent_8", "怎么退货又换货")
    asked = house.embedder.asked
    asked.clear()

    def shown() -> dict[str, list[tuple[str, float]]]:
        hits = {f"{name} {leg}": house.hits(leg, name) for name in names for leg in LEGS}
        return {
            key: sorted((hit.passage.id, round(hit.score, 5)) for hit in found)
            for key, found in hits.items()
        }

    release = await house.publisher.reindex()
    assert asked == []
    assert (release.entries, release.embedded, release.reused) == (8, 0, release.passages)
    taken_over = shown()
    full = await house.publisher.reindex(full=True)
    assert full.embedded == len(asked) == full.passages == release.passages
    assert shown() == taken_over


async def test_only_what_is_new_is_read_and_cut_again(
    house: "House", monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def passages_read(entry: Entry) -> tuple[Passage, ...]:
        read.append(entry.id)
        return passages_of(entry)

    await house.save("ent_a")
    first = await house.publisher.reindex()
    await house.save("ent_b", "怎么换货")
    monkeypatch.setattr("assist.publish.build.passages_of", passages_read)
    monkeypatch.setattr("assist.index.reuse.splitter_version", lambda _: "same")
    monkeypatch.setattr("assist.index.build.splitter_version", lambda _: "same")
    await house.publisher.reindex()
    assert read == ["ent_a", "ent_b"]  # nothing is taken over from another way of cutting
    read.clear()
    await house.save("ent_c", "怎么补货")
    second = await house.publisher.reindex()
    assert read == ["ent_c"]
    house.damage(second.id)
    read.clear()
    await house.publisher.reindex()
    assert read == ["ent_c"]  # taken over from the one before
    assert first.id not in house.folders()
