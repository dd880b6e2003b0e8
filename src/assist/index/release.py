"""A segment on disk, immutable, with a checksum for every byte."""

import hashlib
import io
import os
import shutil
from collections.abc import Collection, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from assist.errors import IndexUnusable, ReleaseDamaged
from assist.index.segment import Segment, segment_from
from assist.index.strings import Array
from assist.store.failures import translated_files
from assist.text.tokenise import analyse

_MANIFEST = "manifest.json"
_UNFINISHED = ".tmp"
_HEADER_VERSION = (1, 0)
_READ_AT_ONCE = 1 << 20
# Whatever changes what the analyser makes of this makes old postings useless.
_PROBE = "亲，請問５G畅享129套餐的流量用完了，怎麼办理退訂？Wi-Fi AX3000's X1 Pro, 0.5 GB refunds"


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    sha256: str
    bytes: int


class Manifest(BaseModel):
    """What a release folder holds."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal[2] = 2
    id: str
    created_at: datetime
    embedder: str
    dimension: int
    analyser: str
    splitter: str
    """Marks how entries were cut into passages."""
    through_seq: int
    entries: dict[str, int]
    """Ids and versions, in the order of the rows."""
    files: dict[str, _File] = {}


@cache
def analyser_version() -> str:
    """Return a mark that changes when the lexical analysis changes."""
    return hashlib.sha256("\n".join(analyse(_PROBE)).encode()).hexdigest()[:12]


def write_release(
    folder: Path,
    segment: Segment,
    *,
    id: str,
    created_at: datetime,
    embedder: str,
    splitter: str,
    through_seq: int,
) -> str:
    """Write ``folder/id``, whole or not at all, and return the SHA-256 of its manifest.

    Raises StoreFull, StoreUnusable.
    """
    unfinished = folder / f"{id}{_UNFINISHED}"
    manifest = Manifest(
        id=id,
        created_at=created_at,
        embedder=embedder,
        dimension=segment.dimension,
        analyser=analyser_version(),
        splitter=splitter,
        through_seq=through_seq,
        entries=dict(zip(segment.entries.ids, segment.entries.versions, strict=True)),
    )
    try:
        with translated_files(unfinished):
            unfinished.mkdir(parents=True)
            files = {
                f"{name}.npy": _write_array(unfinished / f"{name}.npy", array)
                for name, array in segment.arrays().items()
            }
            content = manifest.model_copy(update={"files": files}).model_dump_json(indent=1)
            written = _write(unfinished / _MANIFEST, [content.encode()])
            _sync_folder(unfinished)
            unfinished.rename(folder / id)
            _sync_folder(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return written.sha256


def load_release(folder: Path, id: str, manifest_sha256: str) -> Segment:
    """Return the release, every byte of it checked before it is used.

    Raises ReleaseDamaged naming the file, or IndexUnusable when another version of this program
    wrote it.
    """
    manifest = manifest_of(folder / id, manifest_sha256)
    if manifest.analyser != analyser_version():
        raise IndexUnusable(
            f"the release {id} was built with another text analyser "
            f"({manifest.analyser}, now {analyser_version()}): run a reindex"
        )
    arrays = {
        name.removesuffix(".npy"): _array(_checked(folder / id / name, expected))
        for name, expected in manifest.files.items()
    }
    return segment_from(arrays, manifest.entries)


def verify_release(folder: Path, id: str, manifest_sha256: str) -> tuple[str, ...]:
    """Return what is wrong, one sentence a file; nothing when every byte is as it was written."""
    try:
        manifest = manifest_of(folder / id, manifest_sha256)
    except ReleaseDamaged as error:
        return (error.message,)
    return tuple(_damages(folder / id, manifest))


def sweep_releases(folder: Path, keep: Collection[str]) -> None:
    """Remove every release, finished or not, whose id is not in ``keep``."""
    if not folder.is_dir():
        return
    with translated_files(folder):
        for path in folder.iterdir():
            if path.name.startswith("rel_") and path.name not in keep:
                shutil.rmtree(path)
        _sync_folder(folder)


def _damages(folder: Path, manifest: Manifest) -> Iterator[str]:
    for name, expected in manifest.files.items():
        try:
            _checked(folder / name, expected)
        except ReleaseDamaged as error:
            yield error.message


def manifest_of(folder: Path, sha256: str) -> Manifest:
    """Return what a release folder holds. Raises ReleaseDamaged, IndexUnusable."""
    path = folder / _MANIFEST
    content = _content(path)
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ReleaseDamaged(f"{path}: its checksum is not the one in the database")
    try:
        return Manifest.model_validate_json(content)
    except ValidationError as error:
        raise IndexUnusable(f"{path}: written by another version of this program") from error


def _checked(path: Path, expected: _File) -> bytes:
    """Return the file, read once, so that what was checked is what is used."""
    content = _content(path)
    if len(content) != expected.bytes:
        raise ReleaseDamaged(f"{path}: it has {len(content)} bytes instead of {expected.bytes}")
    if hashlib.sha256(content).hexdigest() != expected.sha256:
        raise ReleaseDamaged(f"{path}: its checksum is not the one in the manifest")
    return content


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ReleaseDamaged(f"{path}: cannot be read: {error.strerror}") from error


def _array(content: bytes) -> Array:
    """Return the array of an .npy file over the very bytes of it, read-only."""
    stream = io.BytesIO(content)
    np.lib.format.read_magic(stream)
    shape, _, dtype = np.lib.format.read_array_header_1_0(stream)
    if 0 in shape:
        return np.empty(shape, dtype=dtype)
    return np.frombuffer(content, dtype=dtype, offset=stream.tell()).reshape(shape)


def _write_array(path: Path, array: Array) -> _File:
    header = io.BytesIO()
    whole = np.ascontiguousarray(array)
    np.lib.format.write_array_header_1_0(header, np.lib.format.header_data_from_array_1_0(whole))
    return _write(path, [header.getvalue(), whole.reshape(-1).view(np.uint8).data])


def _write(path: Path, parts: Collection[bytes | memoryview]) -> _File:
    checksum = hashlib.sha256()
    size = 0
    with path.open("xb") as file:
        for part in parts:
            checksum.update(part)
            size += file.write(part)
        file.flush()
        os.fsync(file.fileno())
    return _File(sha256=checksum.hexdigest(), bytes=size)


def _sync_folder(folder: Path) -> None:
    """Make the names in a folder last through a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
