"""The review desk: who holds a draft, and what was decided about it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from assist.errors import (
    DecisionInvalid,
    DraftSettled,
    DraftStale,
    DraftUnknown,
    LevelTooLow,
    TextBlocked,
)
from assist.records import Actor, Draft, Finding, Outcome, Status, Verdicts
from assist.review.distance import edit_distance
from assist.store.audit import AuditNote

Judge = Callable[[Draft, str], tuple[Finding, ...]]
OPEN: tuple[Status, ...] = ("pending", "claimed")
"""The states from which a draft can still be decided."""


class Drafts(Protocol):
    """Where drafts are kept; an update is atomic on the version."""

    def get(self, draft_id: str) -> Draft:
        """Return the draft. Raises DraftUnknown."""
        ...

    def update(self, draft: Draft, *, expected: int, events: Sequence[AuditNote]) -> Draft:
        """Replace version ``expected`` and record the events. Raises DraftStale."""
        ...


def visible(draft: Draft, actor: Actor) -> bool:
    """Whether the actor may see the draft: agents see what they made or hold."""
    return actor.role != "agent" or actor.id in (draft.created_by, draft.review.claimed_by)


class Desk:
    """Moves drafts from state to state, each step one atomic update with its audit event."""

    def __init__(self, drafts: Drafts, judge: Judge, now: Callable[[], datetime]) -> None:
        self._drafts = drafts
        self._judge = judge
        self._now = now

    def claim(self, draft_id: str, actor: Actor) -> Draft:
        """Hold a pending draft; claiming one's own again changes nothing.

        Raises DraftUnknown, LevelTooLow, DraftSettled, DraftStale.
        """
        draft = self._seen(draft_id, actor)
        _require_level(draft, actor)
        if draft.status == "claimed" and draft.review.claimed_by == actor.id:
            return draft
        if draft.status != "pending":
            raise DraftSettled(_state(draft))
        held = replace(draft.review, claimed_by=actor.id)
        return self._step(replace(draft, review=held, status="claimed"), actor, "claimed", {})

    def release(self, draft_id: str, actor: Actor) -> Draft:
        """Give a claimed draft back. Raises DraftUnknown, DraftSettled, DraftStale."""
        draft = self._seen(draft_id, actor)
        own = draft.review.claimed_by == actor.id
        if draft.status != "claimed" or not (own or actor.role != "agent"):
            raise DraftSettled(_state(draft))
        detail = {"held_by": draft.review.claimed_by}
        free = replace(draft.review, claimed_by=None)
        return self._step(replace(draft, review=free, status="pending"), actor, "released", detail)

    def decide(self, draft_id: str, verdicts: Verdicts, expected: int, actor: Actor) -> Draft:
        """Accept, edit or reject version ``expected`` of a draft, and return it with its outcome.

        Raises DraftUnknown, LevelTooLow, DraftStale, DraftSettled, DecisionInvalid, TextBlocked.
        """
        draft = self._seen(draft_id, actor)
        _require_level(draft, actor)
        if draft.version != expected:
            raise DraftStale(f"the draft {draft.id} is at version {draft.version}, not {expected}")
        if draft.status not in OPEN or draft.review.claimed_by not in (None, actor.id):
            raise DraftSettled(_state(draft))
        text = final_text(draft, verdicts)
        findings = self._judge(draft, text) if text is not None else ()
        _require_sendable(findings)
        outcome = Outcome(
            action=verdicts.action,
            final_text=text,
            reasons=verdicts.reasons,
            checklist=verdicts.checklist,
            clicked_citations=verdicts.clicked_citations,
            edit_distance=edit_distance(draft.text, text) if text is not None else 0,
            findings=findings,
            decided_by=actor.id,
            decided_at=self._now(),
        )
        detail = {"reasons": list(outcome.reasons), "edit_distance": outcome.edit_distance}
        decided = replace(draft, status=outcome.action, outcome=outcome)
        return self._step(decided, actor, outcome.action, detail)

    def supersede(self, draft_id: str, actor: Actor, by: str) -> Draft:
        """Put the draft ``by`` in the place of an undecided one.

        Raises DraftUnknown, DraftSettled, DraftStale.
        """
        draft = self._seen(draft_id, actor)
        held = actor.role == "agent" and draft.review.claimed_by not in (None, actor.id)
        if draft.status not in OPEN or held:
            raise DraftSettled(_state(draft))
        return self._step(replace(draft, status="superseded"), actor, "superseded", {"by": by})

    def _seen(self, draft_id: str, actor: Actor) -> Draft:
        draft = self._drafts.get(draft_id)
        if not visible(draft, actor):
            raise DraftUnknown(f"no draft {draft_id}")
        return draft

    def _step(self, draft: Draft, actor: Actor, action: str, detail: Mapping[str, object]) -> Draft:
        """Store the changed draft, which still bears the version it was read at."""
        note = AuditNote(actor=actor.id, action=action, detail=detail)
        return self._drafts.update(draft, expected=draft.version, events=(note,))


def final_text(draft: Draft, verdicts: Verdicts) -> str | None:
    """Return the text to be sent, or None when nothing is. Raises DecisionInvalid."""
    given = verdicts.final_text
    match verdicts.action:
        case "accepted":
            if given is not None and given.strip() != draft.text.strip():
                raise DecisionInvalid(
                    "an accepted draft is sent as it is; a changed text is edited"
                )
            return draft.text
        case "edited":
            if given is None or not given.strip():
                raise DecisionInvalid("an edited draft needs its final text")
            return given
        case "rejected":
            return None


def _require_level(draft: Draft, actor: Actor) -> None:
    if draft.review.level == "supervisor" and actor.role == "agent":
        raise LevelTooLow(f"the draft {draft.id} is for a supervisor")


def _require_sendable(findings: Sequence[Finding]) -> None:
    blocks = [f for f in findings if f.severity == "block"]
    if blocks:
        spans = "; ".join(f"{f.check}/{f.rule} at {f.start}-{f.end}" for f in blocks)
        raise TextBlocked(f"the text cannot be sent: {spans}")


def _state(draft: Draft) -> str:
    holder = f" by {draft.review.claimed_by}" if draft.review.claimed_by else ""
    return f"the draft {draft.id} is {draft.status}{holder}, at version {draft.version}"
