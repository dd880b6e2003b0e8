"""Whether a zipped document may be opened at all, from what it declares."""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO
from xml.parsers import expat

from assist.knowledge.extract.found import Refused
from assist.knowledge.limits import Limits

_OLE = b"\xd0\xcf\x11\xe0"
_END = b"PK\x05\x06"
_END_BYTES = 22 + 65_535
_DIRECTORY_BYTES_AN_ENTRY = 512
_SMALL = 1024 * 1024
"""Bytes; a member this small does no harm however well it was packed."""
_ARCHIVE = re.compile(r"\.(zip|jar|rar|7z|gz|bz2|xz|tar|tgz)$", re.IGNORECASE)
# Word keeps the sheets behind its charts there; nothing here opens them.
_EMBEDDED = re.compile(r"(^|/)embeddings/")
_BEYOND = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|\x00")
_XML = re.compile(r"\.(xml|rels|vml)$", re.IGNORECASE)
_CHUNK = 1 << 16


class _RootReached(Exception):
    """Whatever an XML text declares, it declares before its root."""


def check_archive(file: BinaryIO, limits: Limits) -> None:
    """Raise Refused unless a zip is small, flat and free of document types; nothing is kept."""
    _check_directory(file, limits)
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            _check_sizes(members, limits)
            for member in members:
                _check_name(member.filename)
            for member in members:
                if not member.is_dir():
                    _check_content(archive, member)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error) as error:
        raise Refused("archive_bad", str(error)) from error
    except RuntimeError as error:  # what zipfile says of a password
        raise Refused("encrypted") from error
    file.seek(0)


def _check_directory(file: BinaryIO, limits: Limits) -> None:
    """Look at the two numbers at the end, so that a huge directory is never read."""
    if file.read(4) == _OLE:
        raise Refused("ole")
    size = file.seek(0, 2)
    file.seek(max(size - _END_BYTES, 0))
    tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 22:
        raise Refused("archive_bad", "")
    entries, directory_bytes = struct.unpack_from("<HI", tail, at + 10)
    most = limits.archive_entries
    if entries > most or directory_bytes > most * _DIRECTORY_BYTES_AN_ENTRY:
        raise Refused("archive_entries", str(most))


def _check_sizes(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(members) > limits.archive_entries:
        raise Refused("archive_entries", str(limits.archive_entries))
    unpacked = sum(member.file_size for member in members)
    if unpacked > limits.archive_bytes:
        raise Refused("archive_size", f"{limits.archive_bytes >> 20}")
    packed = sum(member.compress_size for member in members)
    for one, other in ((unpacked, packed), *((m.file_size, m.compress_size) for m in members)):
        if one > _SMALL and one > other * limits.archive_ratio:
            raise Refused("archive_ratio", str(limits.archive_ratio))


def _check_name(name: str) -> None:
    if _BEYOND.search(name):
        raise Refused("archive_name", name[:100])
    if _ARCHIVE.search(name) and not _EMBEDDED.search(name):
        raise Refused("archive_nested", name[:100])


def _check_content(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    chunks = _chunks(archive, member)
    first = next(chunks, b"")
    if first.startswith(b"PK\x03\x04") and not _EMBEDDED.search(member.filename):
        raise Refused("archive_nested", member.filename[:100])
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = _stop
    try:
        parser.Parse(first, False)
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except _RootReached:
        return
    except expat.ExpatError as error:
        if _XML.search(member.filename):
            raise Refused("archive_bad", f"{member.filename[:100]}: {error}") from error


def _chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(member) as content:
        while chunk := content.read(_CHUNK):
            yield chunk


def _refuse_doctype(*_: object) -> None:
    raise Refused("doctype")


def _stop(*_: object) -> None:
    raise _RootReached
