"""/v1/jobs: how far imports and builds are."""

from typing import TypeVar

from fastapi import APIRouter, Request, Response

from assist.api.auth import AsAdmin, AsSupervisor, Wired
from assist.publish.works import Work
from assist.records import Job

T = TypeVar("T")

router = APIRouter(prefix="/v1/jobs", tags=["knowledge"])


@router.get("/{job_id}")
def read(job_id: str, wired: Wired, _: AsSupervisor) -> Job:
    """Show how far a job is, or how it ended."""
    return wired.jobs.get(job_id)


@router.post("/{job_id}/cancel")
async def cancel(job_id: str, wired: Wired, actor: AsAdmin) -> Job:
    """End a job; one that has ended stays as it is."""
    return await wired.works.cancel(job_id, actor=actor.id)


def begun(work: Work[T] | Job, request: Request, response: Response) -> Job:
    """Start what this process is to do, and return the job to ask after."""
    job = work.job if isinstance(work, Work) else work
    if isinstance(work, Work):
        assistant, tasks = request.app.state.assistant, request.app.state.tasks
        tasks.start_soon(assistant.works.in_background, work)
    response.headers["Location"] = f"/v1/jobs/{job.id}"
    return job
