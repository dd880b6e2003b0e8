"""The one way in for files: each is parsed in a limited process of its own."""

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import IO
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, ValidationError

import assist
from assist.knowledge.documents import document_row
from assist.knowledge.extract.found import Found, FoundRow, FoundText, RefusalCode, Refused
from assist.knowledge.limits import Limits
from assist.knowledge.refusals import refusal
from assist.knowledge.rows import Row, rows_of
from assist.records import Language

ROW_TYPES = frozenset({".jsonl", ".csv", ".xlsx"})
DOCUMENT_TYPES = frozenset({".md", ".txt", ".html", ".htm", ".docx", ".pdf"})
_CHUNK = 1 << 16
_MIB = 1024 * 1024


class _Refusal(BaseModel):
    code: RefusalCode
    detail: str


class _Line(BaseModel):
    """One line of the process; it has read the file, so what it says is checked like the file."""

    model_config = ConfigDict(extra="forbid")

    row: FoundRow | None = None
    text: FoundText | None = None
    refused: _Refusal | None = None
    end: bool = False


def read_file(
    path: Path, *, zone: ZoneInfo, language: Language, limits: Limits | None = None
) -> Iterator[Row]:
    """Yield the rows of a sheet, or one row with the entry of a document.

    Days without an hour are days of ``zone``. Raises ImportRefused, FileTooLarge,
    FileTypeUnknown, each naming the file and the reason in ``language``; also after some rows.
    """
    suffix = path.suffix.lower()
    try:
        with _opened(path, suffix, limits or Limits()) as found:
            if suffix in ROW_TYPES:
                rows = (item for item in found if isinstance(item, FoundRow))
                yield from rows_of(rows, zone=zone, language=language)
                return
            for item in found:
                if isinstance(item, FoundText):
                    yield document_row(item, path.name, zone=zone, language=language)
    except Refused as error:
        known = " ".join(sorted(ROW_TYPES | DOCUMENT_TYPES))
        raise refusal(error.code, path.name, language, error.detail, known=known) from error
    except OSError as error:
        raise refusal("unreadable", path.name, language, error.strerror or "") from error


@contextmanager
def _opened(path: Path, suffix: str, limits: Limits) -> Iterator[Iterator[Found]]:
    """Start the process and end it, whatever becomes of the caller."""
    if suffix not in ROW_TYPES | DOCUMENT_TYPES:
        raise Refused("type", suffix)
    if path.exists() and not path.is_file():
        raise Refused("unreadable", "not a file")
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_size > limits.file_bytes:
            raise Refused("file_size", str(limits.file_bytes // _MIB))
        with _started(file, suffix, limits) as child:
            try:
                yield _found(child, limits)
            finally:
                child.kill()


def _started(file: IO[bytes], suffix: str, limits: Limits) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [
            *(sys.executable, "-P", "-s", "-B", "-X", "utf8"),
            *("-m", "assist.knowledge.parse", suffix, json.dumps(asdict(limits))),
        ],
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        # Nothing of our environment: it holds the keys of the model endpoints.
        env={"PYTHONPATH": str(Path(assist.__file__).parents[1])},
        start_new_session=True,
    )


def _found(child: subprocess.Popen[bytes], limits: Limits) -> Iterator[Found]:
    for line in _lines(child, limits):
        said = _read(line)
        if said.refused:
            raise Refused(said.refused.code, said.refused.detail)
        if said.end:
            return
        found = said.row or said.text
        if found:
            yield found
    raise _death(child.wait(), limits)


def _read(line: bytes) -> _Line:
    try:
        # Not pydantic's own reader: it refuses half characters, which are for the row to refuse.
        return _Line.model_validate(json.loads(line))
    except (ValueError, RecursionError, ValidationError) as error:
        raise Refused("damaged") from error


def _death(status: int, limits: Limits) -> Refused:
    if status == -signal.SIGXCPU:
        return Refused("time", str(limits.cpu_s))
    if status == -signal.SIGKILL:
        return Refused("memory")
    return Refused("damaged")


def _lines(child: subprocess.Popen[bytes], limits: Limits) -> Iterator[bytes]:
    """Yield what the process writes, line by line. Raises Refused when it says too much."""
    assert child.stdout is not None
    pipe = child.stdout.fileno()
    left, size = limits.wall_s, 0
    held: list[bytes] = []
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while True:
            began = time.monotonic()
            if not selector.select(max(left, 0)):
                raise Refused("time", f"{limits.wall_s:g}")
            left -= time.monotonic() - began
            chunk = os.read(pipe, _CHUNK)
            size += len(chunk)
            if size > limits.output_bytes:
                raise Refused("output", str(limits.output_bytes // _MIB))
            if not chunk:
                return
            *ended, rest = chunk.split(b"\n")
            for line in ended:
                yield b"".join([*held, line])
                held = []
            held.append(rest)
