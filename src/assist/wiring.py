"""Settings to objects: everything is made, opened and closed here, for every face alike."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import anyio
import anyio.to_thread
import httpx2
import structlog

from assist.errors import (
    AssistError,
    ProviderError,
    ReleaseMissing,
    SettingsInvalid,
    StoreUnusable,
)
from assist.generate.model import ChatModel
from assist.index.embed import Embedder, Progress
from assist.index.live import LiveIndex
from assist.knowledge.split import passages_of
from assist.pipeline.pipeline import Pipeline
from assist.providers.anthropic_chat import AnthropicChat
from assist.providers.builtin_embedder import BuiltinEmbedder
from assist.providers.endpoint import Limits
from assist.providers.openai_chat import OpenAIChat
from assist.providers.vendors import parse_model
from assist.publish import DOCUMENT_TYPES, ROW_TYPES, Publisher, quiet
from assist.records import Draft, Finding
from assist.review.desk import Desk
from assist.rulebook import Rulebook, load_rulebook
from assist.settings import Settings
from assist.store.audit import AuditLog
from assist.store.database import Database, open_database
from assist.store.drafts import DraftStore
from assist.store.embeddings import EmbeddingStore
from assist.store.entries import EntryStore
from assist.store.idempotency import IdempotencyStore
from assist.store.jobs import JobStore
from assist.store.keys import KeyStore
from assist.store.releases import ReleaseStore
from assist.store.times import now

POLL_S = 0.5
KEY_FILE = "admin.key"
_IDEMPOTENCY_KEPT = timedelta(hours=24)

log = structlog.get_logger()


class Rules:
    """Holds the rulebook in force; a reload replaces it whole, or not at all."""

    def __init__(self, rules: Path, prompts: Path) -> None:
        self._folders = rules, prompts
        self.current: Rulebook = load_rulebook(rules, prompts)

    def reload(self) -> Rulebook:
        """Read the files again. Raises FileInvalid and keeps the old rulebook."""
        self.current = load_rulebook(*self._folders)
        return self.current


@dataclass(frozen=True, slots=True, kw_only=True)
class Assistant:
    """All that a face may call."""

    settings: Settings
    database: Database
    entries: EntryStore
    drafts: DraftStore
    keys: KeyStore
    audit: AuditLog
    jobs: JobStore
    releases: ReleaseStore
    idempotency: IdempotencyStore
    embedder: Embedder
    index: LiveIndex
    rules: Rules
    pipeline: Pipeline
    publisher: Publisher
    desk: Desk


@asynccontextmanager
async def open_assistant(settings: Settings) -> AsyncIterator[Assistant]:
    """Open everything that the settings name, and close it at the end.

    A missing or unusable release does not stop the start: what can be done without it can be done.
    Raises SettingsInvalid, FileInvalid, StoreError.
    """
    rules = Rules(settings.rules, settings.prompts)
    folder = _data_folder(settings.data)
    async with httpx2.AsyncClient(follow_redirects=False) as client:
        embedder = _embedder(settings, client)
        model = _chat_model(settings, client)
        with open_database(folder) as database:
            assistant = _assembled(settings, rules, folder, database, embedder, model)
            await _try_refresh(assistant.index)
            yield assistant


async def first_start(assistant: Assistant, progress: Progress = quiet) -> str | None:
    """Fill an empty data folder: seed, first release, first admin key.

    Returns the key's secret, which also stands in ``<data>/admin.key``; None when there was a key.
    """
    settings = assistant.settings
    if await anyio.to_thread.run_sync(assistant.releases.active) is None:
        if settings.seed != "none" and not any(assistant.entries.count().values()):
            for path in knowledge_files(Path(settings.seed)):
                await assistant.publisher.import_file(path, actor="seed")
        await assistant.publisher.reindex(progress=progress)
    if assistant.keys.all():
        return None
    _, secret = await anyio.to_thread.run_sync(assistant.keys.create, "first admin", "admin")
    path = settings.data / KEY_FILE
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text(secret + "\n", encoding="utf-8")
    return secret


async def follow(assistant: Assistant) -> None:
    """Keep up with what other processes publish and activate, and end what nobody decided."""
    await _warm_up(assistant.embedder)
    lifetime = timedelta(minutes=assistant.settings.draft_expires_min)
    while True:
        await _try_refresh(assistant.index)
        try:
            await anyio.to_thread.run_sync(assistant.drafts.expire, now() - lifetime)
            await anyio.to_thread.run_sync(assistant.idempotency.prune, now() - _IDEMPOTENCY_KEPT)
        except AssistError as error:
            log.warning("upkeep_failed", reason=error.message)
        await anyio.sleep(POLL_S)


def knowledge_files(path: Path) -> tuple[Path, ...]:
    """Return the file itself, or every file below the folder that an import takes, by name.

    Raises SettingsInvalid when there is nothing at the path.
    """
    if path.is_file():
        return (path,)
    if not path.is_dir():
        raise SettingsInvalid(f"{path}: no such file or folder")
    types = ROW_TYPES | DOCUMENT_TYPES
    return tuple(sorted(p for p in path.rglob("*") if p.suffix.lower() in types and p.is_file()))


async def _warm_up(embedder: Embedder) -> None:
    # The first question should not be the one that waits for the model to load.
    try:
        await embedder.embed(["你好"], kind="query")
    except ProviderError as error:
        log.warning("embedder_unavailable", embedder=embedder.id, reason=error.message)


async def _try_refresh(index: LiveIndex) -> None:
    try:
        await index.refresh()
    except ReleaseMissing:
        return
    except AssistError as error:
        # What served before goes on serving; readiness and doctor name the reason.
        log.error("index_refresh_failed", reason=error.message)


def _data_folder(path: Path) -> Path:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnusable(f"{path}: the data folder cannot be made: {error.strerror}") from error
    return path


def _assembled(
    settings: Settings,
    rules: Rules,
    folder: Path,
    database: Database,
    embedder: Embedder,
    model: ChatModel | None,
) -> Assistant:
    entries, embeddings = EntryStore(database), EmbeddingStore(database)
    releases, drafts = ReleaseStore(database), DraftStore(database)
    index = LiveIndex(
        folder / "releases", releases, entries, embeddings, embedder, passages_of=passages_of
    )
    pipeline = Pipeline(
        index=index,
        embedder=embedder,
        rules=lambda: rules.current,
        model=model,
        language=settings.language,
        llm_deadline_s=settings.llm_timeout_s,
    )

    def judge(draft: Draft, text: str) -> tuple[Finding, ...]:
        return pipeline.judge(draft, drafts.asked(draft.id), text)

    publisher = Publisher(
        entries=entries,
        embeddings=embeddings,
        releases=releases,
        index=index,
        embedder=embedder,
        folder=folder / "releases",
        keep=settings.keep_releases,
        zone=ZoneInfo(settings.timezone),
        language=settings.language,
    )
    return Assistant(
        settings=settings,
        database=database,
        entries=entries,
        drafts=drafts,
        keys=KeyStore(database),
        audit=AuditLog(database),
        jobs=JobStore(database),
        releases=releases,
        idempotency=IdempotencyStore(database),
        embedder=embedder,
        index=index,
        rules=rules,
        pipeline=pipeline,
        publisher=publisher,
        desk=Desk(drafts, judge, now),
    )


def _embedder(settings: Settings, client: httpx2.AsyncClient) -> Embedder:
    match settings.embedder.split(":", maxsplit=1):
        case ["builtin"]:
            return BuiltinEmbedder()
        case ["sentence-transformers", model]:
            # Imported here because it brings torch, which the core install leaves out.
            from assist.providers.st_embedder import SentenceTransformersEmbedder

            return SentenceTransformersEmbedder(model)
        case _:
            raise SettingsInvalid(f"unknown embedder: {settings.embedder!r}")


def _chat_model(settings: Settings, client: httpx2.AsyncClient) -> ChatModel | None:
    if settings.llm == "extractive":
        return None
    spec = parse_model(settings.llm)
    secret = settings.llm_api_key
    make = AnthropicChat if spec.vendor.auth == "x-api-key" else OpenAIChat
    return make(
        spec,
        client=client,
        api_key=secret.get_secret_value() if secret else None,
        base_url=settings.llm_base_url,
        temperature=settings.llm_temperature,
        max_tokens=settings.llm_max_tokens,
        limits=Limits(total_s=settings.llm_timeout_s),
    )
