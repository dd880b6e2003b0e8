"""What a service does by itself: a first start out of nothing, and keeping up ever after."""

from datetime import timedelta
from math import inf
from pathlib import Path
from time import monotonic

import anyio
import structlog
from anyio import to_thread

from assist.errors import AssistError
from assist.index.embed import Progress
from assist.index.live import can_be_rebuilt
from assist.pipeline.pipeline import Pipeline
from assist.publish.files import knowledge_files
from assist.publish.publisher import quiet
from assist.publish.works import Work, Works
from assist.records import Question
from assist.store.times import now
from assist.wiring import Assistant, try_refresh

KEY_FILE = "admin.key"
_POLL_S = 0.5
_REPAIR_S = 60.0
"""How long a repair that failed is left alone."""
_IDEMPOTENCY_KEPT = timedelta(hours=24)

log = structlog.get_logger()


async def first_start(assistant: Assistant, progress: Progress = quiet) -> str | None:
    """Fill an empty data folder: seed, first release, first admin key.

    Returns the key's secret, which also stands in ``<data>/admin.key``; None when there was a key.
    """
    settings = assistant.settings
    if await to_thread.run_sync(assistant.releases.active) is None:
        if settings.seed != "none" and not any(assistant.entries.count().values()):
            await assistant.publisher.seed(knowledge_files(Path(settings.seed)), actor="seed")
        await _first_release(assistant.works, progress)
    if assistant.keys.all():
        return None
    _, secret = await to_thread.run_sync(assistant.keys.create, "first admin", "admin")
    path = settings.data / KEY_FILE
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text(secret + "\n", encoding="utf-8")
    return secret


async def follow(assistant: Assistant) -> None:
    """Keep up with what other processes publish and activate, and end what nobody decided.

    A release that turns out damaged is built again from the database.
    """
    next_repair = -inf
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(_warm_up, assistant.pipeline)
        while True:
            await try_refresh(assistant.index)
            if can_be_rebuilt(assistant.index.problem) and monotonic() > next_repair:
                next_repair = monotonic() + _REPAIR_S
                tasks.start_soon(_repair, assistant.works)
            await _end_what_is_over(assistant)
            await anyio.sleep(_POLL_S)


async def _first_release(works: Works, progress: Progress) -> None:
    match await works.reindexing(actor="seed"):
        case Work() as work:
            await work.run(progress)
        case job:
            await works.ended(job, progress)


async def _warm_up(pipeline: Pipeline) -> None:
    # No customer's question should be the one that waits for models and tables to load.
    try:
        await pipeline.draft(Question(text="你好", llm="extractive"), actor="warm-up")
    except AssistError as error:
        log.warning("not_ready_for_questions", reason=error.message)


async def _repair(works: Works) -> None:
    try:
        match await works.rebuilding():
            case Work() as work:
                await works.in_background(work)
    except AssistError as error:
        log.warning("repair_not_begun", reason=error.message)


async def _end_what_is_over(assistant: Assistant) -> None:
    lifetime = timedelta(minutes=assistant.settings.draft_expires_min)
    try:
        await to_thread.run_sync(assistant.drafts.expire, now() - lifetime)
        await to_thread.run_sync(assistant.idempotency.prune, now() - _IDEMPOTENCY_KEPT)
    except AssistError as error:
        log.warning("upkeep_failed", reason=error.message)
