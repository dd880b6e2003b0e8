"""The examinations of ``assist doctor``; they change nothing and go as far as they can."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from itertools import islice

from assist.cli.options import ACTOR
from assist.cli.remedies import REMEDIES, Remedy
from assist.errors import AssistError, ProviderError
from assist.index.release import verify_release
from assist.pipeline.answer import EXTRACTIVE
from assist.records import Draft, Language, Question, Release
from assist.rulebook import load_rulebook
from assist.settings import Settings
from assist.store.database import FILE, open_database
from assist.store.releases import ReleaseStore
from assist.wiring import Assistant, open_assistant

RELEASES = "releases"
_QUESTIONS_TRIED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that was looked at."""

    name: str
    ok: bool
    finding: str
    mend: str | None = None
    """What to do about it; of something that works all the same, what to do for the better."""


async def examine(settings: Settings) -> tuple[Line, ...]:
    """Return what was found; what rests on something wrong is left out."""
    rules, data = _rules(settings), _data_folder(settings)
    lines = [rules, data]
    if data.ok:
        release, release_line = _release(settings)
        lines.append(release_line)
        if rules.ok:
            lines += [line async for line in _models(settings, release)]
    return tuple(lines)


def _rules(settings: Settings) -> Line:
    name = "rules and prompts"
    try:
        rulebook = load_rulebook(settings.rules, settings.prompts)
    except AssistError as error:
        return _wrong(name, error.message, "file", settings.language)
    return Line(name=name, ok=True, finding=rulebook.version)


def _data_folder(settings: Settings) -> Line:
    name = "data folder"
    if not (settings.data / FILE).is_file():
        # Opening would make it, and a mistyped path would then look like a new installation.
        finding = f"{settings.data / FILE}: no such file"
        return _wrong(name, finding, "no_data", settings.language)
    try:
        with open_database(settings.data) as database, database.write():
            return Line(name=name, ok=True, finding=str(database.path))
    except AssistError as error:
        return _wrong(name, error.message, "data", settings.language)


def _release(settings: Settings) -> tuple[Release | None, Line]:
    name, language = "release", settings.language
    try:
        with open_database(settings.data) as database:
            store = ReleaseStore(database)
            pointer = store.active()
            if pointer is None:
                return None, _wrong(name, "-", "no_release", language)
            release = store.get(pointer[0])
        damages = verify_release(settings.data / RELEASES, release.id, release.manifest_sha256)
    except AssistError as error:
        return None, _wrong(name, error.message, "release", language)
    if damages:
        return release, _wrong(name, "; ".join(damages), "release", language)
    finding = f"{release.id}, {release.entries} entries, {release.passages} passages"
    return release, Line(name=name, ok=True, finding=finding)


async def _models(settings: Settings, release: Release | None) -> AsyncIterator[Line]:
    try:
        async with open_assistant(settings) as assistant:
            yield await _embedder(assistant, release)
            yield await _reranker(assistant)
            yield await _llm(assistant)
    except ProviderError as error:
        # Only the embedder's endpoint is asked for something when all is opened.
        yield _wrong("embedder", error.message, "embedder", settings.language)
    except AssistError as error:
        yield _wrong("models", error.message, "settings", settings.language)


async def _embedder(assistant: Assistant, release: Release | None) -> Line:
    name, language = "embedder", assistant.settings.language
    embedder = assistant.models.embedder
    try:
        await embedder.embed(["你好"], kind="query")
    except AssistError as error:
        return _wrong(name, error.message, "embedder", language)
    if release is not None and release.embedder != embedder.id:
        return _wrong(name, f"{embedder.id} ≠ {release.embedder}", "other_embedder", language)
    fitted_with = assistant.rules.current.retrieval.fitted_with
    if fitted_with != embedder.id:
        finding = f"{embedder.id} ≠ {fitted_with} (fitted_with, rules/retrieval.yaml)"
        return Line(name=name, ok=True, finding=finding, mend=REMEDIES["not_fitted"][language])
    return Line(name=name, ok=True, finding=embedder.id)


async def _reranker(assistant: Assistant) -> Line:
    """Have it score two texts, if there is one."""
    name, reranker = "reranker", assistant.models.reranker
    if reranker is None:
        return Line(name=name, ok=True, finding="none")
    try:
        await reranker.rerank("你好", ["您好", "再见"])
    except AssistError as error:
        finding = f"{reranker.id}: {error.message}"
        return _wrong(name, finding, "reranker", assistant.settings.language)
    return Line(name=name, ok=True, finding=reranker.id)


async def _llm(assistant: Assistant) -> Line:
    """Draft a question that the knowledge base answers, and see whether the LLM wrote it."""
    name, settings = "llm", assistant.settings
    if settings.llm == EXTRACTIVE:
        return Line(name=name, ok=True, finding=EXTRACTIVE)
    try:
        draft = await _answered(assistant)
    except AssistError as error:
        return _wrong(name, error.message, "release", settings.language)
    if draft is None:
        return _wrong(name, settings.llm, "no_question", settings.language)
    if draft.provenance.degraded is not None:
        finding = f"{settings.llm}: {draft.provenance.degraded}"
        return _wrong(name, finding, "llm", settings.language)
    return Line(name=name, ok=True, finding=draft.provenance.llm)


async def _answered(assistant: Assistant) -> Draft | None:
    for entry in islice(assistant.entries.live(), _QUESTIONS_TRIED):
        question = Question(text=entry.question)
        draft = await assistant.pipeline.draft(question, actor=ACTOR)
        if draft.decision == "answer":
            return draft
    return None


def _wrong(name: str, finding: str, remedy: Remedy, language: Language) -> Line:
    return Line(name=name, ok=False, finding=finding, mend=REMEDIES[remedy][language])
