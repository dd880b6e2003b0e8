"""``assist import``: files in."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from assist.cli.exits import NO, WRONG_USE
from assist.cli.options import ACTOR, Data, Json, settings_of, with_assistant
from assist.cli.output import note, progress_bar, say, say_json
from assist.errors import FileInvalid, ImportRefused
from assist.publish.files import knowledge_files
from assist.publish.plan import ImportMode
from assist.publish.publisher import quiet
from assist.publish.report import ImportReport, RowReport
from assist.records import Language
from assist.wiring import Assistant

_COUNTS: dict[Language, str] = {
    "zh": "{path}：成功 {ok}，跳过 {skipped}，失败 {failed}，删除 {removed}",
    "en": "{path}: {ok} ok, {skipped} skipped, {failed} failed, {removed} removed",
}
_FAILED: dict[Language, str] = {"zh": "  第 {} 行：{}", "en": "  line {}: {}"}
_REFUSED: dict[Language, str] = {"zh": "{}：未导入：{}", "en": "{}: not imported: {}"}
_DRY: dict[Language, str] = {
    "zh": "试运行：没有写入任何内容",
    "en": "dry run: nothing was written",
}
_NO_RELEASE: dict[Language, str] = {
    "zh": "还没有索引版本，请运行 assist reindex",
    "en": "there is no release yet: run assist reindex",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileImport:
    """What became of one file."""

    path: Path
    saved: int = 0
    removed: tuple[str, ...] = ()
    rows: tuple[RowReport, ...] = ()
    notes: tuple[str, ...] = ()
    refused: str | None = None
    """Why nothing of the file could be taken."""

    def count(self, status: str) -> int:
        return sum(row.status == status for row in self.rows)


def import_files(
    paths: Annotated[
        list[Path],
        typer.Argument(exists=True, metavar="PATH…", help="Files, or folders to look through."),
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Report, and write nothing.")] = False,
    mode: Annotated[
        ImportMode, typer.Option(help="replace removes the entries that the file lacks.")
    ] = "append",
    data: Data = None,
    json: Json = False,
) -> None:
    """Import knowledge; exit 1 when a row failed, 2 when a file could not be taken at all."""
    files = _files(paths, mode)
    settings = settings_of(data)

    async def work(assistant: Assistant) -> tuple[list[FileImport], bool]:
        done: list[FileImport] = []
        with progress_bar("import") as show:
            for file in files:
                done.append(await _import(assistant, file, mode=mode, dry_run=dry_run))
                show(len(done), len(files))
        return done, assistant.releases.active() is not None

    done, is_indexed = with_assistant(settings, work)
    if json:
        say_json({"dry_run": dry_run, "files": done})
    else:
        _show(done, settings.language)
        if dry_run:
            note(_DRY[settings.language])
        elif not is_indexed:
            note(_NO_RELEASE[settings.language])
    _judge(done)


def _files(paths: list[Path], mode: ImportMode) -> tuple[Path, ...]:
    files = tuple(dict.fromkeys(file for path in paths for file in knowledge_files(path)))
    if not files:
        raise typer.BadParameter("no file there is of a type that can be imported")
    if mode == "replace" and len(files) > 1:
        # Each file would remove what the one before it brought.
        raise typer.BadParameter("--mode replace takes one file")
    return files


async def _import(
    assistant: Assistant, path: Path, *, mode: ImportMode, dry_run: bool
) -> FileImport:
    try:
        report = await _report(assistant, path, mode=mode, dry_run=dry_run)
    except (FileInvalid, ImportRefused) as error:
        return FileImport(path=path, refused=error.message)
    return FileImport(
        path=path,
        saved=report.saved,
        removed=report.removed,
        rows=report.rows,
        notes=report.notes,
    )


async def _report(
    assistant: Assistant, path: Path, *, mode: ImportMode, dry_run: bool
) -> ImportReport:
    if dry_run:
        return await assistant.publisher.import_file(path, mode=mode, dry_run=True, actor=ACTOR)
    work = await assistant.works.importing(lambda _: path, mode=mode, actor=ACTOR)
    return await work.run(quiet)


def _show(files: list[FileImport], language: Language) -> None:
    for file in files:
        if file.refused is not None:
            say(_REFUSED[language].format(file.path, file.refused))
            continue
        counts = {status: file.count(status) for status in ("ok", "skipped", "failed")}
        say(_COUNTS[language].format(path=file.path, removed=len(file.removed), **counts))
        for sentence in file.notes:
            say(f"  {sentence}")
        for row in file.rows:
            if row.status == "failed":
                say(_FAILED[language].format(row.line, row.reason))


def _judge(files: list[FileImport]) -> None:
    if any(file.refused for file in files):
        raise typer.Exit(WRONG_USE)
    if any(file.count("failed") for file in files):
        raise typer.Exit(NO)
