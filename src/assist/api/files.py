"""/v1/knowledge/import and /export: knowledge as files."""

import re
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import anyio.to_thread
from fastapi import APIRouter, Form, Request, Response, UploadFile
from pydantic import BaseModel

from assist.api.auth import AsAdmin, AsSupervisor, Wired
from assist.api.jobs import begun
from assist.errors import FileTypeUnknown
from assist.knowledge.rows import Format, write_rows
from assist.publish.files import TYPES
from assist.publish.plan import ImportMode
from assist.publish.report import ImportReport, RowReport
from assist.records import Job
from assist.store.failures import translated_files

router = APIRouter(prefix="/v1/knowledge", tags=["knowledge"])

_MEDIA: dict[Format, str] = {
    "jsonl": "application/x-ndjson",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
_LONGEST = 60
"""Characters of a file's name: at most 240 bytes, which every file system takes."""


class DryRun(BaseModel):
    """What an import would do."""

    ok: int
    skipped: int
    failed: int
    rows: tuple[RowReport, ...]
    removed: tuple[str, ...]
    notes: tuple[str, ...]

    @classmethod
    def of(cls, report: ImportReport) -> "DryRun":
        """Return the report as it is shown."""
        counts = report.counts()
        return cls(
            ok=counts["ok"],
            skipped=counts["skipped"],
            failed=counts["failed"],
            rows=report.rows,
            removed=report.removed,
            notes=report.notes,
        )


@router.post("/import", status_code=202, responses={200: {"model": DryRun}})
async def import_file(
    file: UploadFile,
    request: Request,
    response: Response,
    wired: Wired,
    actor: AsAdmin,
    mode: Annotated[ImportMode, Form()] = "append",
    dry_run: Annotated[bool, Form()] = False,
) -> Job | DryRun:
    """Import a file; with `dry_run` only say what would become of each row."""
    name = _name(file.filename or "")

    def kept(folder: Path) -> Path:
        with translated_files(folder):
            folder.mkdir(parents=True, exist_ok=True)
            with (folder / name).open("wb") as copy:
                shutil.copyfileobj(file.file, copy)
        return folder / name

    if not dry_run:
        work = await wired.works.importing(kept, mode=mode, actor=actor.id)
        return begun(work, request, response)
    response.status_code = 200
    with TemporaryDirectory(prefix="assist-") as folder:
        path = await anyio.to_thread.run_sync(kept, Path(folder))
        return DryRun.of(
            await wired.publisher.import_file(path, mode=mode, dry_run=True, actor=actor.id)
        )


@router.get("/export")
def export(wired: Wired, _: AsSupervisor, format: Format = "jsonl") -> Response:
    """Return every entry as a file that can be imported again."""
    return Response(
        write_rows(wired.entries.every(), format),
        media_type=_MEDIA[format],
        headers={"Content-Disposition": f'attachment; filename="knowledge.{format}"'},
    )


def _name(sent: str) -> str:
    """Return a plain file name that keeps the suffix. Raises FileTypeUnknown."""
    path = Path(_UNFIT.sub("_", sent.replace("\\", "/").rpartition("/")[2]))
    suffix = path.suffix.lower()
    if suffix not in TYPES:
        raise FileTypeUnknown(f"Knowledge is taken from {' '.join(sorted(TYPES))} files.")
    return (path.stem.strip(". ") or "file")[:_LONGEST] + suffix
