"""/healthz, /readyz, /metrics: open to whoever watches the process."""

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import BaseModel

from assist.api.auth import Wired
from assist.api.metrics import Metrics
from assist.errors import IndexUnusable, StoreError

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
    except (IndexUnusable, StoreError) as error:
        reasons.append(error.message)
    response.status_code = 503 if reasons else 200
    return Readiness(ready=not reasons, release=release, reasons=reasons)


@metrics_router.get("/metrics", include_in_schema=False)
def metrics(request: Request) -> Response:
    """Show the counters in Prometheus' text format."""
    counted: Metrics = request.app.state.metrics
    return Response(counted.text(), media_type=CONTENT_TYPE_LATEST)
