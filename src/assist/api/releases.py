"""/v1/knowledge/releases: built, listed, activated."""

from dataclasses import asdict
from datetime import datetime

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from assist.api.auth import AsAdmin, AsSupervisor, Wired
from assist.api.jobs import begun
from assist.api.schemas import Body
from assist.records import Job, Release

router = APIRouter(prefix="/v1/knowledge/releases", tags=["knowledge"])


class BuildBody(Body):
    full: bool = False
    activate: bool = True


class ReleaseView(BaseModel):
    id: str
    active: bool
    created_at: datetime
    embedder: str
    manifest_sha256: str
    through_seq: int
    entries: int
    passages: int
    embedded: int
    reused: int
    seconds: float

    @classmethod
    def of(cls, release: Release, *, active: bool) -> "ReleaseView":
        """Return the release as a list shows it."""
        return cls(active=active, **asdict(release))


class Unpublished(BaseModel):
    """Entries whose last edit is older than the activation and younger than the release."""

    count: int
    ids: tuple[str, ...]


class ReleaseList(BaseModel):
    items: tuple[ReleaseView, ...]
    unpublished: Unpublished


@router.get("")
def listed(wired: Wired, _: AsSupervisor) -> ReleaseList:
    """List the releases, newest first, and the edits that wait for the next one."""
    pointer = wired.releases.active()
    active = pointer[0] if pointer else None
    waiting = wired.publisher.unpublished()
    return ReleaseList(
        items=tuple(
            ReleaseView.of(release, active=release.id == active) for release in wired.releases.all()
        ),
        unpublished=Unpublished(count=len(waiting), ids=waiting),
    )


@router.post("", status_code=202)
async def build(
    request: Request,
    response: Response,
    wired: Wired,
    actor: AsAdmin,
    body: BuildBody | None = None,
) -> Job:
    """Build a release of everything published; while one is being built, that is the job."""
    wanted = body or BuildBody()
    work = await wired.works.reindexing(full=wanted.full, activate=wanted.activate, actor=actor.id)
    return begun(work, request, response)


@router.post("/{release_id}/activate")
async def activate(release_id: str, wired: Wired, actor: AsAdmin) -> ReleaseView:
    """Let a release serve; an older one is the rollback."""
    release = await wired.publisher.activate(release_id, actor=actor.id)
    return ReleaseView.of(release, active=True)
