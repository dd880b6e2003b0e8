"""Settings to objects: everything is made, opened and closed here, for every face alike."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import anyio.to_thread
import httpx2
import structlog
from pydantic import SecretStr

from assist.choose import Models, choose_embedder, choose_models
from assist.errors import AssistError, ReleaseMissing, StoreUnusable
from assist.index.embed import Embedder
from assist.index.live import LiveIndex
from assist.knowledge.limits import Limits as FileLimits
from assist.knowledge.split import passages_of
from assist.pipeline.pipeline import Pipeline
from assist.providers.builtin_embedder import BuiltinEmbedder, encode
from assist.publish.apart import BuildApart
from assist.publish.build import Build, BuildHere
from assist.publish.publisher import Publisher
from assist.publish.worklist import Worklist
from assist.publish.works import Works
from assist.records import Draft, Finding, Release
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
from assist.text.vectors import SentenceVectors

RELEASES = "releases"
UPLOADS = "uploads"

log = structlog.get_logger()


SENTENCES_KEPT = 4096
"""Vectors of sentences of passages, 2 KB each."""


class Rules:
    """Holds the rulebook in force; a reload replaces it whole, or not at all."""

    def __init__(self, rules: Path, prompts: Path) -> None:
        self._folders = rules, prompts
        self.current: Rulebook = load_rulebook(rules, prompts)

    def reload(self) -> Rulebook:
        """Read the files again. Raises FileInvalid and keeps the old rulebook."""
        self.current = load_rulebook(*self._folders)
        return self.current


@dataclass(frozen=True, slots=True)
class _Tried:
    """Stands where the store of releases does, and says that this one serves, without edits."""

    release: Release
    last_seq: int

    def active(self) -> tuple[str, int]:
        return self.release.id, self.last_seq

    def get(self, release_id: str) -> Release:
        return self.release


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
    models: Models
    index: LiveIndex
    rules: Rules
    pipeline: Pipeline
    publisher: Publisher
    worklist: Worklist
    works: Works
    desk: Desk


@asynccontextmanager
async def open_assistant(
    settings: Settings, *, apart: bool = False, load: bool = True
) -> AsyncIterator[Assistant]:
    """Open everything that the settings name, and close it at the end.

    ``apart`` builds releases in a process of their own, for who must answer meanwhile. Without
    ``load`` there is nothing to search until a release is activated. A missing or unusable release
    does not stop the start: what can be done without it can be done.
    Raises SettingsInvalid, FileInvalid, StoreError, ProviderError.
    """
    rules = Rules(settings.rules, settings.prompts)
    folder = _data_folder(settings.data)
    async with httpx2.AsyncClient(follow_redirects=False) as client:
        models = await choose_models(settings, client)
        with open_database(folder) as database:
            here = _builder(folder, database, models.embedder)
            build = BuildApart(_revealed(settings)) if apart else here
            assistant = _assembled(settings, rules, folder, database, models, build)
            if load:
                _warn_if_not_fitted(rules.current, models.embedder)
                await try_refresh(assistant.index)
            yield assistant


@asynccontextmanager
async def open_builder(settings: Settings) -> AsyncIterator[Build]:
    """Open what a process needs that only builds releases.

    Raises SettingsInvalid, StoreError, ProviderError.
    """
    folder = _data_folder(settings.data)
    async with httpx2.AsyncClient(follow_redirects=False) as client:
        embedder = await choose_embedder(settings, client)
        with open_database(folder) as database:
            yield _builder(folder, database, embedder)


async def tried(assistant: Assistant, release: Release) -> Pipeline:
    """Return a pipeline that answers from just what this release holds, whichever one serves.

    Raises ReleaseDamaged, EmbedderChanged, IndexUnusable.
    """
    last_seq = await anyio.to_thread.run_sync(assistant.entries.last_seq)
    index = LiveIndex(
        assistant.settings.data / RELEASES,
        _Tried(release, last_seq),
        assistant.entries,
        EmbeddingStore(assistant.database),
        assistant.models.embedder,
        passages_of=passages_of,
    )
    await index.refresh()
    return _pipeline(assistant.settings, assistant.rules, assistant.models, index)


async def try_refresh(index: LiveIndex) -> None:
    """Bring the index up to date if that is possible; if not, it holds the reason."""
    before = index.problem
    try:
        await index.refresh()
    except ReleaseMissing:
        return
    except AssistError as error:
        # What served before goes on serving; readiness and doctor name the reason.
        if before is None or before.message != error.message:
            log.error("index_refresh_failed", reason=error.message)


def _warn_if_not_fitted(rules: Rulebook, embedder: Embedder) -> None:
    fitted_with = rules.retrieval.fitted_with
    if fitted_with != embedder.id:
        log.warning(
            "retrieval_not_fitted",
            embedder=embedder.id,
            fitted_with=fitted_with,
            mend="fit rules/retrieval.yaml to this embedder with scripts/fit (docs/retrieval.md)",
        )


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
    models: Models,
    build: Build,
) -> Assistant:
    entries, embeddings = EntryStore(database), EmbeddingStore(database)
    releases, drafts = ReleaseStore(database), DraftStore(database)
    index = LiveIndex(
        folder / RELEASES, releases, entries, embeddings, models.embedder, passages_of=passages_of
    )
    pipeline = _pipeline(settings, rules, models, index)

    def judge(draft: Draft, text: str) -> tuple[Finding, ...]:
        return pipeline.judge(draft, drafts.asked(draft.id), text)

    publisher = Publisher(
        entries=entries,
        releases=releases,
        index=index,
        build=build,
        folder=folder / RELEASES,
        keep=settings.keep_releases,
        zone=ZoneInfo(settings.timezone),
        language=settings.language,
        limits=FileLimits(file_bytes=settings.import_max_mb << 20),
    )
    jobs = JobStore(database)
    return Assistant(
        settings=settings,
        database=database,
        entries=entries,
        drafts=drafts,
        keys=KeyStore(database),
        audit=AuditLog(database),
        jobs=jobs,
        releases=releases,
        idempotency=IdempotencyStore(database),
        models=models,
        index=index,
        rules=rules,
        pipeline=pipeline,
        publisher=publisher,
        worklist=Worklist(index=index, embedder=models.embedder, drafts=drafts),
        works=Works(jobs, publisher, folder / UPLOADS),
        desk=Desk(drafts, judge, now),
    )


def _pipeline(settings: Settings, rules: Rules, models: Models, index: LiveIndex) -> Pipeline:
    return Pipeline(
        index=index,
        embedder=models.embedder,
        rules=lambda: rules.current,
        model=models.chat,
        language=settings.language,
        llm_deadline_s=settings.llm_timeout_s,
        vectors=SentenceVectors(BuiltinEmbedder.id, encode, kept=SENTENCES_KEPT),
        reranker=models.reranker,
        rewriting=settings.query_rewriting == "llm",
    )


def _builder(folder: Path, database: Database, embedder: Embedder) -> BuildHere:
    return BuildHere(
        entries=EntryStore(database),
        releases=ReleaseStore(database),
        embeddings=EmbeddingStore(database),
        embedder=embedder,
        folder=folder / RELEASES,
    )


def _revealed(settings: Settings) -> dict[str, object]:
    """Return the settings with their secrets, to hand on to a process of ours."""
    return {
        name: value.get_secret_value() if isinstance(value, SecretStr) else value
        for name, value in settings
    }
