"""Entries, their versions, and the feed of changes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from assist.errors import EntryExists, EntryUnknown, VersionStale
from assist.records import Answer, Entry
from assist.store.database import Database
from assist.store.entries import EntryStore

MakeEntry = Callable[..., Entry]


@pytest.fixture
def store(database: Database) -> EntryStore:
    return EntryStore(database)


def test_an_entry_comes_back_as_it_was_saved(store: EntryStore, make_entry: MakeEntry) -> None:
    entry = make_entry(
        category=("a", "b", "c"),
        answers=(Answer(text="好", channel="web"), Answer(text="ok", language="en")),
        similar_questions=("退钱",),
        negative_questions=("退货",),
        note="注意",
        links=("https://a.example/",),
        tags=("热",),
        owner="lin",
        effective_from=datetime(2026, 1, 1, tzinfo=UTC),
        effective_to=datetime(2027, 1, 1, tzinfo=UTC),
        review_by=date(2026, 12, 1),
        source="a.xlsx",
    )
    saved = store.save(entry, expected=None, actor="lin")
    assert store.get(entry.id) == saved
    assert replace(saved, created_at=entry.created_at, updated_at=entry.updated_at) == entry


def test_the_store_gives_versions_and_times(store: EntryStore, make_entry: MakeEntry) -> None:
    first = store.save(make_entry(version=9), expected=None, actor="lin")
    second = store.save(make_entry(question="怎样退款"), expected=1, actor="lin")
    assert (first.version, second.version) == (1, 2)
    assert first.created_at == first.updated_at == second.created_at
    assert second.updated_at > second.created_at
    assert store.versions("ent_1") == (first, second)
    assert store.at_version("ent_1", 1) == first


def test_unchanged_content_makes_no_version(store: EntryStore, make_entry: MakeEntry) -> None:
    first = store.save(make_entry(), expected=None, actor="lin")
    later = datetime(2030, 1, 1, tzinfo=UTC)
    again = store.save(make_entry(version=7, updated_at=later), expected=1, actor="mei")
    assert again == first
    assert store.last_seq() == 1


def test_creating_what_is_there_is_refused(store: EntryStore, make_entry: MakeEntry) -> None:
    store.save(make_entry(), expected=None, actor="lin")
    with pytest.raises(EntryExists):
        store.save(make_entry(), expected=None, actor="lin")


def test_a_save_on_an_old_version_is_refused(store: EntryStore, make_entry: MakeEntry) -> None:
    store.save(make_entry(), expected=None, actor="lin")
    store.save(make_entry(question="二"), expected=1, actor="lin")
    with pytest.raises(VersionStale):
        store.save(make_entry(question="三"), expected=1, actor="mei")
    with pytest.raises(VersionStale):
        store.delete("ent_1", expected=1, actor="mei")
    assert store.get("ent_1").question == "二"


def test_what_is_not_there_is_unknown(store: EntryStore, make_entry: MakeEntry) -> None:
    with pytest.raises(EntryUnknown):
        store.get("ent_1")
    with pytest.raises(EntryUnknown):
        store.versions("ent_1")
    with pytest.raises(EntryUnknown):
        store.at_version("ent_1", 1)
    with pytest.raises(EntryUnknown):
        store.delete("ent_1", expected=None, actor="lin")
    with pytest.raises(EntryUnknown):
        store.save(make_entry(), expected=1, actor="lin")


def test_a_deleted_entry_is_gone_but_its_versions_stay(
    store: EntryStore, make_entry: MakeEntry
) -> None:
    first = store.save(make_entry(), expected=None, actor="lin")
    store.delete("ent_1", expected=1, actor="lin")
    with pytest.raises(EntryUnknown):
        store.get("ent_1")
    with pytest.raises(EntryUnknown):
        store.delete("ent_1", expected=None, actor="lin")
    with pytest.raises(EntryUnknown):
        store.save(make_entry(question="二"), expected=1, actor="lin")
    assert store.page() == ((), None)
    assert list(store.live()) == []
    assert store.versions("ent_1") == (first,)
    assert store.at_version("ent_1", 1) == first


def test_an_entry_added_again_goes_on_counting(store: EntryStore, make_entry: MakeEntry) -> None:
    first = store.save(make_entry(), expected=None, actor="lin")
    store.delete("ent_1", expected=None, actor="lin")
    again = store.save(make_entry(), expected=None, actor="lin")
    store.delete("ent_1", expected=2, actor="lin")
    (third,) = store.save_many([make_entry()], actor="lin")
    assert [again.version, third.version] == [2, 3]
    assert third.created_at == first.created_at
    assert store.get("ent_1") == third


def test_the_feed_gives_the_newest_change_of_each_entry_in_order(
    store: EntryStore, make_entry: MakeEntry
) -> None:
    store.save_many([make_entry(f"ent_{n}") for n in range(4)], actor="lin")
    seen = store.last_seq()
    store.save(make_entry("ent_2", "二"), expected=1, actor="lin")
    store.save(make_entry("ent_1", "二"), expected=1, actor="lin")
    store.delete("ent_3", expected=1, actor="lin")
    store.save(make_entry("ent_2", "三"), expected=2, actor="lin")
    changes = store.changes_since(seen)
    assert [(c.entry_id, c.version, c.entry is None) for c in changes] == [
        ("ent_1", 2, False),
        ("ent_3", 1, True),
        ("ent_2", 3, False),
    ]
    assert changes[2].entry == store.get("ent_2")
    assert [c.seq for c in changes] == [6, 7, 8]
    assert store.last_seq() == 8
    assert store.changes_since(8) == ()


def test_a_mass_save_changes_only_what_is_new(store: EntryStore, make_entry: MakeEntry) -> None:
    store.save_many([make_entry("ent_1"), make_entry("ent_2")], actor="lin")
    saved = store.save_many(
        [make_entry("ent_1"), make_entry("ent_2", "新"), make_entry("ent_3")], actor="lin"
    )
    assert [(e.id, e.version) for e in saved] == [("ent_1", 1), ("ent_2", 2), ("ent_3", 1)]
    assert saved == tuple(store.get(e.id) for e in saved)
    assert store.last_seq() == 4


def test_a_mass_save_with_the_same_entry_twice_keeps_both(
    store: EntryStore, make_entry: MakeEntry
) -> None:
    store.save_many([make_entry(question="一"), make_entry(question="二")], actor="lin")
    assert [e.question for e in store.versions("ent_1")] == ["一", "二"]


def test_only_published_entries_are_live(store: EntryStore, make_entry: MakeEntry) -> None:
    store.save_many(
        [make_entry("ent_3"), make_entry("ent_1"), make_entry("ent_2", status="draft")],
        actor="lin",
    )
    store.save(make_entry("ent_3", status="retired"), expected=1, actor="lin")
    assert [e.id for e in store.live()] == ["ent_1"]
    assert store.count() == {"draft": 1, "published": 1, "retired": 1}


def test_live_keeps_to_the_moment_of_its_start(store: EntryStore, make_entry: MakeEntry) -> None:
    store.save_many([make_entry(f"ent_{n}") for n in range(3)], actor="lin")
    live = store.live()
    next(live)
    store.delete("ent_2", expected=None, actor="lin")
    store.save(make_entry("ent_9"), expected=None, actor="lin")
    assert [e.id for e in live] == ["ent_1", "ent_2"]


def test_pages_join_up(store: EntryStore, make_entry: MakeEntry) -> None:
    store.save_many([make_entry(f"ent_{n}") for n in range(5)], actor="lin")
    found: list[str] = []
    cursor: str | None = None
    for _ in range(3):
        page, cursor = store.page(cursor=cursor, limit=2)
        found += [e.id for e in page]
    assert found == [f"ent_{n}" for n in range(5)]
    assert cursor is None


def test_a_full_last_page_has_no_next(store: EntryStore, make_entry: MakeEntry) -> None:
    store.save_many([make_entry(f"ent_{n}") for n in range(2)], actor="lin")
    page, cursor = store.page(limit=2)
    assert (len(page), cursor) == (2, None)


def test_pages_are_filtered(store: EntryStore, make_entry: MakeEntry) -> None:
    store.save_many(
        [
            make_entry("ent_1", "怎么退款", category=("服务政策", "退换货")),
            make_entry("ent_2", "手机没信号", category=("故障排除", "网络"), status="draft"),
            make_entry("ent_3", "WiFi 连不上", category=("故障排除",), tags=("100%",)),
        ],
        actor="lin",
    )

    def ids(**wanted: str) -> list[str]:
        return [e.id for e in store.page(**wanted)[0]]  # type: ignore[arg-type]

    assert ids(status="draft") == ["ent_2"]
    assert ids(category="故障排除") == ["ent_2", "ent_3"]
    assert ids(category="退换货") == ["ent_1"]
    assert ids(category="故障") == []
    assert ids(text="ＷＩＦＩ") == ["ent_3"]
    assert ids(text="手機 信號") == ["ent_2"]
    assert ids(text="到账") == ["ent_1", "ent_2", "ent_3"]
    assert ids(text="%") == ["ent_3"]
    assert ids(text="手机", status="published") == []


def test_replacing_all_stores_these_and_takes_out_the_others(
    store: EntryStore, make_entry: MakeEntry
) -> None:
    store.save_many([make_entry("ent_1"), make_entry("ent_2", status="draft")], actor="lin")
    assert store.others(["ent_1"]) == ("ent_2",)
    saved, gone = store.replace_all([make_entry("ent_1"), make_entry("ent_3")], actor="mei")
    assert [(entry.id, entry.version) for entry in saved] == [("ent_1", 1), ("ent_3", 1)]
    assert gone == ("ent_2",)
    assert [entry.id for entry in store.every()] == ["ent_1", "ent_3"]
    assert [(change.entry_id, change.entry is None) for change in store.changes_since(2)] == [
        ("ent_2", True),
        ("ent_3", False),
    ]


def test_a_replacement_that_fails_takes_nothing_out(
    store: EntryStore, make_entry: MakeEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    store.save_many([make_entry("ent_1")], actor="lin")
    monkeypatch.setattr("assist.store.entries.put", broken)
    with pytest.raises(ZeroDivisionError):
        store.replace_all([make_entry("ent_2")], actor="mei")
    assert [entry.id for entry in store.every()] == ["ent_1"]


def test_what_is_unchanged_is_known_whatever_its_version(
    store: EntryStore, make_entry: MakeEntry
) -> None:
    store.save_many([make_entry("ent_1"), make_entry("ent_2")], actor="lin")
    asked = [make_entry("ent_1", version=9), make_entry("ent_2", "新"), make_entry("ent_3")]
    assert store.unchanged(asked) == {"ent_1"}


def test_the_past_can_be_read_as_it_was(store: EntryStore, make_entry: MakeEntry) -> None:
    store.save_many([make_entry("ent_1"), make_entry("ent_2")], actor="lin")
    then = store.last_seq()
    store.save(make_entry("ent_1", "新"), expected=1, actor="lin")
    store.delete("ent_2", expected=1, actor="lin")
    store.save(make_entry("ent_3"), expected=None, actor="lin")
    store.save(make_entry("ent_4", status="draft"), expected=None, actor="lin")
    read = [(entry.id, entry.version) for entry in store.as_of(then)]
    assert read == [("ent_1", 1), ("ent_2", 1)]
    assert [(entry.id, entry.version) for entry in store.as_of(store.last_seq())] == [
        ("ent_1", 2),
        ("ent_3", 1),
    ]
    assert list(store.as_of(0)) == []


def test_what_changed_between_two_moments_and_made_a_difference(
    store: EntryStore, make_entry: MakeEntry
) -> None:
    store.save_many([make_entry(f"ent_{n}") for n in range(4)], actor="lin")
    after = store.last_seq()
    store.save(make_entry("ent_0", "新"), expected=1, actor="lin")
    store.delete("ent_1", expected=1, actor="lin")
    store.save(make_entry("ent_2", status="retired"), expected=1, actor="lin")
    store.save(make_entry("ent_3", "新"), expected=1, actor="lin")
    store.save(make_entry("ent_4", status="draft"), expected=None, actor="lin")
    store.save(make_entry("ent_5"), expected=None, actor="lin")
    until = store.last_seq()
    store.save(make_entry("ent_3", "更新"), expected=2, actor="lin")
    assert store.changed_between(after, until) == ("ent_0", "ent_1", "ent_2", "ent_5")
    assert store.changed_between(until, until) == ()


def test_what_is_due_comes_by_its_day_and_page(store: EntryStore, make_entry: MakeEntry) -> None:
    days = {"ent_1": date(2026, 12, 1), "ent_2": date(2026, 1, 1), "ent_3": date(2026, 12, 1)}
    store.save_many([make_entry(id, review_by=day) for id, day in days.items()], actor="lin")
    store.save_many(
        [make_entry("ent_4"), make_entry("ent_5", review_by=date(2027, 1, 1))], actor=""
    )
    store.save_many([make_entry("ent_6", review_by=date(2026, 2, 1), status="retired")], actor="")
    first, cursor = store.review_due(date(2026, 12, 1), limit=2)
    second, end = store.review_due(date(2026, 12, 1), cursor=cursor, limit=2)
    assert [entry.id for entry in (*first, *second)] == ["ent_2", "ent_1", "ent_3"]
    assert end is None
