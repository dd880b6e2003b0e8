"""/healthz, /readyz, /metrics: open to whoever watches the process."""

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import BaseModel

from assist.api.auth import Wired
from assist.api.metrics import Metrics
from assist.errors import IndexUnusable, ProviderError, StoreError

router = APIRouter(tags=["health"])
metrics_router = APIRouter()


class Health(BaseModel):
    status: str = "ok"


class Readiness(BaseModel):
    ready: bool
    release: str | None
    reasons: list[str]


@router.get("/healthz")
async def healthz() -> Health:
    """Say that the process runs."""
    return Health()


@router.get("/readyz")
def readyz(wired: Wired, response: Response) -> Readiness:
    """Say whether questions can be answered, and if not, why."""
    reasons: list[str] = []
    release: str | None = None
    try:
        release = wired.index.snapshot.release
        with wired.database.write():
            pass
    except (IndexUnusable, ProviderError, StoreError) as error:
        reasons.append(error.message)
    ready = not reasons
    problem = wired.index.problem
    if ready and problem is not None:
        # An older release answers meanwhile, but somebody should know why.
        reasons.append(problem.message)
    response.status_code = 200 if ready else 503
    return Readiness(ready=ready, release=release, reasons=reasons)


@metrics_router.get("/metrics", include_in_schema=False)
def metrics(request: Request) -> Response:
    """Show the counters in Prometheus' text format."""
    counted: Metrics = request.app.state.metrics
    return Response(counted.text(), media_type=CONTENT_TYPE_LATEST)
