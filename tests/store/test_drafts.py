"""Drafts: one winner a version, an audit row with each change."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assist.errors import DraftStale, DraftUnknown
from assist.records import Customer, Draft, Outcome, Question, Turn
from assist.store.audit import AuditLog, AuditNote
from assist.store.database import Database, open_database
from assist.store.drafts import DraftStore

MakeDraft = Callable[..., Draft]


@pytest.fixture
def store(database: Database) -> DraftStore:
    return DraftStore(database)


def decided(draft: Draft, by: str) -> Draft:
    outcome = Outcome(
        action="rejected",
        final_text=None,
        reasons=("wrong",),
        checklist=None,
        clicked_citations=(1,),
        edit_distance=0,
        findings=(),
        decided_by=by,
        decided_at=datetime(2026, 11, 22, 4, tzinfo=UTC),
    )
    return replace(draft, status="rejected", outcome=outcome)


def test_a_draft_comes_back_as_it_was(store: DraftStore, make_draft: MakeDraft) -> None:
    draft = make_draft()
    store.add(draft)
    assert store.get(draft.id) == draft
    assert store.asked(draft.id) is None


def test_what_was_asked_is_kept_beside_the_draft(store: DraftStore, make_draft: MakeDraft) -> None:
    draft = make_draft()
    asked = Question(
        text="怎么退款",
        conversation=(Turn(role="customer", text="在吗"),),
        customer=Customer(id="c1", attributes={"套餐": "5G"}),
        categories=("服务政策",),
    )
    store.add(draft, asked=asked)
    assert store.asked(draft.id) == asked


def test_an_update_makes_the_next_version_and_its_audit_rows(
    store: DraftStore, make_draft: MakeDraft, database: Database
) -> None:
    draft = make_draft()
    store.add(draft)
    note = AuditNote(actor="lin", action="rejected", detail={"reasons": ["wrong"]})
    stored = store.update(decided(draft, "lin"), expected=1, events=[note])
    assert stored == replace(decided(draft, "lin"), version=2) == store.get(draft.id)
    (event,) = AuditLog(database).of(draft.id)
    assert (event.actor, event.action, event.detail) == ("lin", "rejected", note.detail)


def test_an_update_of_an_old_version_changes_and_records_nothing(
    store: DraftStore, make_draft: MakeDraft, database: Database
) -> None:
    draft = make_draft()
    store.add(draft)
    store.update(draft, expected=1, events=[])
    with pytest.raises(DraftStale):
        store.update(
            decided(draft, "mei"), expected=1, events=[AuditNote(actor="mei", action="rejected")]
        )
    assert store.get(draft.id) == replace(draft, version=2)
    assert AuditLog(database).of(draft.id) == ()


def test_an_unknown_draft_is_unknown(store: DraftStore, make_draft: MakeDraft) -> None:
    with pytest.raises(DraftUnknown):
        store.get("drf_none")
    with pytest.raises(DraftUnknown):
        store.update(make_draft(), expected=1, events=[])


def test_of_many_reviewers_at_once_one_wins(tmp_path: Path, make_draft: MakeDraft) -> None:
    with open_database(tmp_path) as database:
        store, draft = DraftStore(database), make_draft()
        store.add(draft)
        won: list[str] = []
        stale: list[str] = []
        start = threading.Barrier(12)

        def decide(name: str) -> None:
            start.wait()
            note = AuditNote(actor=name, action="rejected")
            try:
                store.update(decided(draft, name), expected=1, events=[note])
                won.append(name)
            except DraftStale:
                stale.append(name)

        threads = [threading.Thread(target=decide, args=(f"r{n}",)) for n in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert (len(won), len(stale)) == (1, 11)
        outcome = store.get(draft.id).outcome
        assert outcome is not None
        assert outcome.decided_by == won[0]
        assert [event.actor for event in AuditLog(database).of(draft.id)] == won


def test_pages_come_newest_first_and_join_up(store: DraftStore, make_draft: MakeDraft) -> None:
    for number in range(5):
        store.add(make_draft(draft_id=f"drf_{number}"))
    first, cursor = store.page(limit=3)
    second, end = store.page(limit=3, cursor=cursor)
    assert [d.id for d in first + second] == ["drf_4", "drf_3", "drf_2", "drf_1", "drf_0"]
    assert end is None


def test_pages_are_filtered(store: DraftStore, make_draft: MakeDraft) -> None:
    store.add(make_draft(draft_id="drf_1", created_by="lin"))
    store.add(make_draft(draft_id="drf_2", created_by="mei", level="supervisor"))
    store.add(make_draft(draft_id="drf_3", created_by="mei", claimed_by="lin", status="claimed"))

    def ids(**wanted: str) -> list[str]:
        return [d.id for d in store.page(**wanted)[0]]  # type: ignore[arg-type]

    assert ids(owner="lin") == ["drf_3", "drf_1"]
    assert ids(owner="mei") == ["drf_3", "drf_2"]
    assert ids(owner="lin", cursor="drf_3") == ["drf_1"]
    assert ids(status="claimed") == ["drf_3"]
    assert ids(level="supervisor") == ["drf_2"]
    assert ids(level="supervisor", owner="lin") == []


def test_a_claim_and_a_release_move_a_draft_between_lists(
    store: DraftStore, make_draft: MakeDraft
) -> None:
    draft = make_draft(created_by="mei")
    store.add(draft)
    held = replace(draft, status="claimed", review=replace(draft.review, claimed_by="lin"))
    store.update(held, expected=1, events=[])
    assert [d.version for d in store.page(owner="lin", status="claimed")[0]] == [2]
    store.update(draft, expected=2, events=[])
    assert store.page(owner="lin") == ((), None)


def test_only_old_undecided_drafts_expire(
    store: DraftStore, make_draft: MakeDraft, database: Database
) -> None:
    old, new = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 20, tzinfo=UTC)
    for draft in (
        make_draft(draft_id="drf_pending", created_at=old),
        make_draft(draft_id="drf_claimed", created_at=old, status="claimed"),
        make_draft(draft_id="drf_accepted", created_at=old, status="accepted"),
        make_draft(draft_id="drf_new", created_at=new),
    ):
        store.add(draft)
    assert store.expire(new) == 2
    assert {d.id: (d.status, d.version) for d in store.page()[0]} == {
        "drf_pending": ("expired", 2),
        "drf_claimed": ("expired", 2),
        "drf_accepted": ("accepted", 1),
        "drf_new": ("pending", 1),
    }
    assert [e.action for e in AuditLog(database).of("drf_claimed")] == ["expired"]
    assert store.expire(new) == 0


def test_what_was_asked_is_listed_by_decision_newest_first(
    store: DraftStore, make_draft: MakeDraft
) -> None:
    for day in (20, 21, 22):
        at = datetime(2026, 11, day, tzinfo=UTC)
        draft = make_draft(draft_id=f"drf_{day}", created_at=at)
        store.add(replace(draft, decision="abstain", question=f"问 {day}", search_query=""))
    answered = make_draft(draft_id="drf_23", created_at=datetime(2026, 11, 23, tzinfo=UTC))
    store.add(answered)
    since = datetime(2026, 11, 21, tzinfo=UTC)
    asked = store.asked_by_decision("abstain", since=since, limit=5)
    assert [(a.draft_id, a.question, a.at.day) for a in asked] == [
        ("drf_22", "问 22", 22),
        ("drf_21", "问 21", 21),
    ]
    assert [a.draft_id for a in store.asked_by_decision("abstain", since=since, limit=1)] == [
        "drf_22"
    ]
    (told,) = store.asked_by_decision("answer", since=since, limit=5)
    assert told.question == answered.search_query
