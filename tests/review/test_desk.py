"""Every state of a draft, every step out of it, and every step that is refused."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from assist.errors import (
    DecisionInvalid,
    DraftSettled,
    DraftStale,
    DraftUnknown,
    LevelTooLow,
    TextBlocked,
)
from assist.records import AccessRole, Action, Actor, Checklist, Draft, Finding, Verdicts
from assist.review.desk import Desk, visible
from assist.store.audit import AuditLog
from assist.store.database import Database
from assist.store.drafts import DraftStore

MOMENT = datetime(2026, 11, 22, 3, tzinfo=UTC)
MakeDraft = Callable[..., Draft]
LIN = Actor(id="lin", role="agent")
WEI = Actor(id="wei", role="agent")
BOSS = Actor(id="boss", role="supervisor")
CHIEF = Actor(id="chief", role="supervisor")
ACCEPT = Verdicts(action="accepted")
REJECT = Verdicts(action="rejected", reasons=("wrong",))


def judge(draft: Draft, text: str) -> tuple[Finding, ...]:
    """Block 最低价 and warn of 可能."""
    severities = {"最低价": "block", "可能": "warn"}
    return tuple(
        Finding(
            check="banned_word",
            rule="r",
            severity=severity,  # type: ignore[arg-type]
            start=text.index(word),
            end=text.index(word) + len(word),
            text=word,
            message="",
        )
        for word, severity in severities.items()
        if word in text
    )


def edit(text: str | None) -> Verdicts:
    return Verdicts(action="edited", final_text=text)


@pytest.fixture
def desk(drafts: DraftStore) -> Desk:
    return Desk(drafts, judge, lambda: MOMENT)


def actions(database: Database, draft_id: str = "drf_1") -> list[tuple[str, str]]:
    return [(event.actor, event.action) for event in AuditLog(database).of(draft_id)]


def test_a_draft_is_claimed_given_back_claimed_again_and_accepted(
    desk: Desk, add_draft: MakeDraft, drafts: DraftStore, database: Database
) -> None:
    add_draft()
    assert desk.claim("drf_1", LIN).review.claimed_by == "lin"
    released = desk.release("drf_1", LIN)
    assert (released.status, released.review.claimed_by) == ("pending", None)
    held = desk.claim("drf_1", LIN)
    done = desk.decide("drf_1", ACCEPT, held.version, LIN)
    assert (done.status, done.version) == ("accepted", 5)
    assert drafts.get("drf_1") == done
    assert actions(database) == [
        ("lin", "claimed"),
        ("lin", "released"),
        ("lin", "claimed"),
        ("lin", "accepted"),
    ]


def test_claiming_again_what_one_holds_changes_nothing(
    desk: Desk, add_draft: MakeDraft, database: Database
) -> None:
    add_draft()
    assert desk.claim("drf_1", LIN) == desk.claim("drf_1", LIN)
    assert actions(database) == [("lin", "claimed")]


def test_what_someone_holds_nobody_else_claims_or_decides(desk: Desk, add_draft: MakeDraft) -> None:
    add_draft()
    held = desk.claim("drf_1", BOSS)
    for actor in (LIN, CHIEF):
        with pytest.raises(DraftSettled, match="claimed by boss"):
            desk.claim("drf_1", actor)
        with pytest.raises(DraftSettled, match="claimed by boss"):
            desk.decide("drf_1", ACCEPT, held.version, actor)
    with pytest.raises(DraftSettled):
        desk.release("drf_1", LIN)
    with pytest.raises(DraftSettled):
        desk.supersede("drf_1", LIN, "drf_2")


def test_a_supervisor_can_give_back_what_another_holds(desk: Desk, add_draft: MakeDraft) -> None:
    add_draft()
    desk.claim("drf_1", LIN)
    assert desk.release("drf_1", BOSS).status == "pending"


def test_what_nobody_holds_cannot_be_given_back(desk: Desk, add_draft: MakeDraft) -> None:
    add_draft()
    with pytest.raises(DraftSettled):
        desk.release("drf_1", BOSS)


@pytest.mark.parametrize("action", ["accepted", "edited", "rejected"])
def test_a_decided_draft_takes_no_further_step(
    desk: Desk, add_draft: MakeDraft, action: Action
) -> None:
    add_draft()
    verdicts = Verdicts(action=action, final_text="退款三天到账。" if action == "edited" else None)
    done = desk.decide("drf_1", verdicts, 1, LIN)
    assert done.status == action
    with pytest.raises(DraftStale):
        desk.decide("drf_1", ACCEPT, 1, LIN)
    with pytest.raises(DraftSettled):
        desk.decide("drf_1", ACCEPT, done.version, LIN)
    for step in (desk.claim, desk.release):
        with pytest.raises(DraftSettled):
            step("drf_1", BOSS)
    with pytest.raises(DraftSettled):
        desk.supersede("drf_1", BOSS, "drf_2")


def test_the_outcome_records_what_was_decided(desk: Desk, add_draft: MakeDraft) -> None:
    draft = add_draft()
    checklist = Checklist(accuracy=True, wording=False, fitness=True)
    verdicts = Verdicts(
        action="edited",
        final_text=draft.text.replace("三天", "可能五天"),
        reasons=("wrong",),
        checklist=checklist,
        clicked_citations=(1,),
    )
    outcome = desk.decide("drf_1", verdicts, 1, LIN).outcome
    assert outcome is not None
    assert (outcome.edit_distance, outcome.decided_by, outcome.decided_at) == (3, "lin", MOMENT)
    assert (outcome.reasons, outcome.checklist, outcome.clicked_citations) == (
        ("wrong",),
        checklist,
        (1,),
    )
    assert [finding.severity for finding in outcome.findings] == ["warn"]


@pytest.mark.parametrize("given", [None, "您好，退款三天内到账。", " 您好，退款三天内到账。\n"])
def test_accepting_sends_the_draft_itself(
    desk: Desk, add_draft: MakeDraft, given: str | None
) -> None:
    draft = add_draft()
    verdicts = Verdicts(action="accepted", final_text=given)
    outcome = desk.decide("drf_1", verdicts, 1, LIN).outcome
    assert outcome is not None
    assert (outcome.final_text, outcome.edit_distance) == (draft.text, 0)


@pytest.mark.parametrize(
    "verdicts", [Verdicts(action="accepted", final_text="别的"), edit(None), edit(" \n")]
)
def test_a_decision_that_contradicts_itself_is_refused(
    desk: Desk, add_draft: MakeDraft, drafts: DraftStore, verdicts: Verdicts
) -> None:
    draft = add_draft()
    with pytest.raises(DecisionInvalid):
        desk.decide("drf_1", verdicts, 1, LIN)
    assert drafts.get("drf_1") == draft


def test_a_rejected_draft_sends_nothing(desk: Desk, add_draft: MakeDraft) -> None:
    add_draft()
    verdicts = Verdicts(action="rejected", final_text="最低价")
    outcome = desk.decide("drf_1", verdicts, 1, LIN).outcome
    assert outcome is not None
    assert (outcome.final_text, outcome.edit_distance, outcome.findings) == (None, 0, ())


def test_a_blocked_text_decides_nothing_and_names_the_span(
    desk: Desk, add_draft: MakeDraft, drafts: DraftStore, database: Database
) -> None:
    draft = add_draft()
    with pytest.raises(TextBlocked, match=r"banned_word/r at 2-5$"):
        desk.decide("drf_1", edit("全网最低价，可能"), 1, LIN)
    assert drafts.get("drf_1") == draft
    assert actions(database) == []


def test_an_agent_neither_claims_nor_decides_what_is_for_a_supervisor(
    desk: Desk, add_draft: MakeDraft
) -> None:
    add_draft(level="supervisor")
    with pytest.raises(LevelTooLow):
        desk.claim("drf_1", LIN)
    with pytest.raises(LevelTooLow):
        desk.decide("drf_1", REJECT, 1, LIN)
    assert desk.decide("drf_1", REJECT, 1, BOSS).status == "rejected"


def test_what_an_agent_may_not_see_does_not_exist_for_it(desk: Desk, add_draft: MakeDraft) -> None:
    add_draft(level="supervisor")
    steps: tuple[Callable[[], Draft], ...] = (
        lambda: desk.claim("drf_1", WEI),
        lambda: desk.release("drf_1", WEI),
        lambda: desk.decide("drf_1", ACCEPT, 7, WEI),
        lambda: desk.supersede("drf_1", WEI, "drf_2"),
        lambda: desk.claim("drf_9", BOSS),
    )
    for step in steps:
        with pytest.raises(DraftUnknown):
            step()


@pytest.mark.parametrize(
    ("actor_id", "role", "seen"),
    [
        ("lin", "agent", True),
        ("wei", "agent", False),
        ("wei", "supervisor", True),
        ("wei", "admin", True),
    ],
)
def test_agents_see_their_own_and_the_others_see_all(
    add_draft: MakeDraft, actor_id: str, role: AccessRole, seen: bool
) -> None:
    assert visible(add_draft(), Actor(id=actor_id, role=role)) is seen


def test_who_holds_a_draft_sees_it(desk: Desk, add_draft: MakeDraft) -> None:
    add_draft(created_by="system")
    held = desk.claim("drf_1", BOSS)
    assert visible(held, Actor(id="boss", role="agent"))


def test_a_superseded_draft_names_the_one_in_its_place(
    desk: Desk, add_draft: MakeDraft, database: Database
) -> None:
    add_draft()
    assert desk.supersede("drf_1", LIN, "drf_2").status == "superseded"
    [event] = AuditLog(database).of("drf_1")
    assert (event.action, event.detail) == ("superseded", {"by": "drf_2"})


def test_of_many_reviewers_at_once_exactly_one_wins(
    desk: Desk, add_draft: MakeDraft, database: Database
) -> None:
    add_draft()
    start = threading.Barrier(12)
    won: list[str] = []
    lost: list[str] = []

    def review(n: int) -> None:
        start.wait()
        try:
            desk.decide("drf_1", ACCEPT, 1, Actor(id=f"boss{n}", role="supervisor"))
            won.append(f"boss{n}")
        except (DraftStale, DraftSettled):
            lost.append(f"boss{n}")

    threads = [threading.Thread(target=review, args=(n,)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(won), len(lost)) == (1, 11)
    assert actions(database) == [(won[0], "accepted")]
