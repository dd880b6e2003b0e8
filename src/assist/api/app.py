"""The HTTP face: one application, opened and closed with the assistant it serves."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio
from fastapi import FastAPI

from assist import __version__
from assist.api import (
    admin,
    drafts,
    errors,
    files,
    health,
    jobs,
    knowledge,
    releases,
    texts,
    worklist,
)
from assist.api.body import StrictBodies
from assist.api.idempotency import Idempotency
from assist.api.limits import RateLimit
from assist.api.metrics import Metrics
from assist.api.request_id import RequestIds
from assist.settings import Settings
from assist.upkeep import first_start, follow
from assist.wiring import open_assistant

UPLOADS = frozenset({"/v1/knowledge/import"})


ROUTERS = (
    drafts.router,
    texts.router,
    knowledge.router,
    files.router,
    releases.router,
    jobs.router,
    worklist.router,
    admin.router,
    health.router,
)


def create_app(settings: Settings) -> FastAPI:
    """Return the application; its lifespan opens the assistant and follows other processes."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with (
            open_assistant(settings, apart=True) as assistant,
            anyio.create_task_group() as tasks,
        ):
            await assistant.works.clear()
            await first_start(assistant)
            app.state.assistant = assistant
            app.state.tasks = tasks
            tasks.start_soon(follow, assistant)
            yield
            tasks.cancel_scope.cancel()

    app = FastAPI(
        title="answer-assist",
        version=__version__,
        summary="Sourced, checked answer drafts for human customer-service agents.",
        lifespan=lifespan,
        redoc_url=None,
        # A path with a slash too many is unknown, not somewhere else.
        redirect_slashes=False,
    )
    app.state.rate_limit = RateLimit(settings.rate_limit)
    errors.install(app)
    app.state.metrics = Metrics()
    for router in ROUTERS:
        app.include_router(router)
    if settings.metrics:
        app.include_router(health.metrics_router)
    # The last one added is the first one that a request meets.
    app.add_middleware(Idempotency)
    app.add_middleware(
        StrictBodies, upload_paths=UPLOADS, upload_bytes=settings.import_max_mb << 20
    )
    app.add_middleware(RequestIds)
    return app
