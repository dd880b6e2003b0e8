"""Files that somebody else wrote, as the service takes them."""

import io
import os
import struct
import subprocess
import sys
import time
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import docx
import pytest

import assist
from assist.errors import FileTooLarge, FileTypeUnknown, ImportRefused
from assist.knowledge.limits import Limits
from assist.knowledge.rows import Row, write_rows
from assist.knowledge.sandbox import read_file
from assist.records import Answer, Entry, Language

ZONE = ZoneInfo("Asia/Shanghai")
ENTRY = Entry(
    id="a",
    category=("x",),
    question="q",
    answers=(Answer(text="=1"),),
    created_at=datetime(2026, 11, 22, tzinfo=UTC),
    updated_at=datetime(2026, 11, 22, tzinfo=UTC),
)
SOURCE = str(Path(assist.__file__).parents[1])


def read(path: Path, *, language: Language = "en", limits: Limits | None = None) -> list[Row]:
    return list(read_file(path, zone=ZONE, language=language, limits=limits))


def refused(
    path: Path, *, language: Language = "en", limits: Limits | None = None
) -> ImportRefused:
    with pytest.raises(ImportRefused) as error:
        read(path, language=language, limits=limits)
    assert error.value.message.startswith(path.name)
    return error.value


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def packed(folder: Path, name: str, members: Mapping[str, bytes]) -> Path:
    """Return a Word document with these members besides or instead of its own."""
    document = io.BytesIO()
    docx.Document().save(document)
    with zipfile.ZipFile(document) as old, zipfile.ZipFile(folder / name, "w", 8) as new:
        for member in old.namelist():
            if member not in members:
                new.writestr(member, old.read(member))
        for member, content in members.items():
            new.writestr(member, content)
    return folder / name


@pytest.mark.parametrize("format", ["jsonl", "csv", "xlsx"])
def test_a_sheet_comes_through_the_process_whole(tmp_path: Path, format: str) -> None:
    path = written(tmp_path, f"a.{format}", write_rows([ENTRY], format))  # type: ignore[arg-type]
    (row,) = read(path)
    assert row.entry is not None
    assert (row.entry.id, row.entry.question, row.entry.answers) == ("a", "q", ENTRY.answers)


def test_a_document_comes_as_one_row(tmp_path: Path) -> None:
    (row,) = read(written(tmp_path, "退货.html", "<p>可以退。</p>".encode()))
    assert row.entry is not None
    assert (row.entry.kind, row.entry.question, row.entry.source) == (
        "document",
        "退货",
        "退货.html",
    )
    assert row.entry.answers[0].text == "可以退。"
    (row,) = read(packed(tmp_path, "a.docx", {"word/document.xml": WORD.encode()}))
    assert row.entry is not None
    assert row.entry.answers[0].text == "可以退。"


WORD = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body><w:p><w:r><w:t>可以退。</w:t></w:r></w:p></w:body></w:document>"
)


def test_half_a_character_spoils_its_row_only(tmp_path: Path) -> None:
    lines = r'{"question":"\ud800","answer":"a"}' + '\n{"question":"q","answer":"a"}'
    first, second = read(written(tmp_path, "a.jsonl", lines.encode()))
    assert (first.entry, second.reason) == (None, None)


def test_other_files_are_refused(tmp_path: Path) -> None:
    for name, error in (("a.exe", FileTypeUnknown), ("missing.csv", ImportRefused)):
        with pytest.raises(error, match=name):
            read(tmp_path / name)
    folder = tmp_path / "folder.csv"
    folder.mkdir()
    refused(folder)
    os.mkfifo(tmp_path / "pipe.csv")
    refused(tmp_path / "pipe.csv")


def test_the_reason_is_in_the_readers_language(tmp_path: Path) -> None:
    path = written(tmp_path, "a.md", b"")
    assert refused(path, language="zh").message == "a.md：没有文字内容"
    assert refused(path, language="en").message == "a.md: there is no text in it"


def test_a_file_over_the_limit_is_not_opened(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", b"x" * 2_000_000)
    assert isinstance(refused(path, limits=Limits(file_bytes=1_000_000)), FileTooLarge)


DOCTYPE = '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "b">]>' + WORD


@pytest.mark.parametrize(
    ("members", "word"),
    [
        ({"word/media/a.bin": bytes(5_000_000)}, "times its size"),
        ({f"a{number}.txt": b"" for number in range(10_001)}, "entries"),
        ({"word/document.xml": DOCTYPE.encode()}, "DOCTYPE"),
        ({"word/document.xml": DOCTYPE.encode("utf-16")}, "DOCTYPE"),
        ({"customXml/item.dat": DOCTYPE.encode()}, "DOCTYPE"),
        ({"../../etc/cron.d/x": b"x"}, "leads out"),
        ({"/etc/x": b"x"}, "leads out"),
        ({"C:\\x": b"x"}, "leads out"),
        ({"inner.zip": b"x"}, "another archive"),
        ({"word/media/a.png": b"PK\x03\x04" + b"x"}, "another archive"),
        ({"word/document.xml": b"<a"}, "intact"),
    ],
)
def test_a_hostile_archive_is_refused_before_it_is_opened(
    tmp_path: Path, members: Mapping[str, bytes], word: str
) -> None:
    assert word in refused(packed(tmp_path, "a.docx", members)).message


def test_an_archive_that_declares_gigabytes_is_refused_at_once(tmp_path: Path) -> None:
    path = packed(tmp_path, "a.docx", {})
    content = bytearray(path.read_bytes())
    struct.pack_into("<I", content, content.index(b"PK\x01\x02") + 24, 2_000_000_000)
    path.write_bytes(content)
    began = time.monotonic()
    assert isinstance(refused(path), FileTooLarge)
    assert time.monotonic() - began < 5


def test_the_sheet_behind_a_chart_is_no_nested_archive(tmp_path: Path) -> None:
    members = {"word/embeddings/a.xlsx": b"PK\x03\x04", "word/document.xml": WORD.encode()}
    assert read(packed(tmp_path, "a.docx", members))


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("a.xlsx", b"hello", "intact"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + bytes(600), "password"),
        ("a.pdf", b"%PDF-1.4 nothing", "damaged"),
        ("a.txt", b"a\x00b", "not a text"),
        ("a.csv", b"\xff\xff\xff", "GB18030"),
    ],
)
def test_a_broken_file_is_refused(tmp_path: Path, name: str, content: bytes, word: str) -> None:
    assert word in refused(written(tmp_path, name, content)).message


def test_a_parser_that_fails_refuses_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/nothing.xml", "<a/>")
    assert "damaged" in refused(path).message


def test_memory_is_limited(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", b"a" * 40_000_000)
    assert "memory" in refused(path, limits=Limits(memory_bytes=60_000_000)).message


def test_computing_time_is_limited(tmp_path: Path) -> None:
    path = written(tmp_path, "a.html", b"<a " * 60_000)
    assert "more than 1 seconds" in refused(path, limits=Limits(cpu_s=1)).message


def test_waiting_is_limited(tmp_path: Path) -> None:
    path = written(tmp_path, "a.md", b"a")
    assert "0.001 seconds" in refused(path, limits=Limits(wall_s=0.001)).message


def test_what_comes_back_is_limited(tmp_path: Path) -> None:
    path = written(tmp_path, "a.md", b"a" * 100_000)
    assert isinstance(refused(path, limits=Limits(output_bytes=50_000)), FileTooLarge)
    assert isinstance(refused(path, limits=Limits(text_characters=50_000)), FileTooLarge)


def test_a_caller_who_turns_away_leaves_no_process(tmp_path: Path) -> None:
    path = written(tmp_path, "a.jsonl", b'{"question":"q","answer":"a"}\n' * 50_000)
    rows = read_file(path, zone=ZONE, language="en")
    next(rows)
    rows.close()  # type: ignore[attr-defined]
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def python(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": SOURCE},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_the_parser_loads_nothing_that_it_does_not_need() -> None:
    program = "import sys, assist.knowledge.parse\nprint({'numpy', 'pydantic'} & set(sys.modules))"
    assert python(program) == "set()"


def test_the_parent_never_loads_a_parser(tmp_path: Path) -> None:
    path = written(tmp_path, "a.xlsx", write_rows([ENTRY], "xlsx"))
    program = (
        "import sys, pathlib, zoneinfo\n"
        "from assist.knowledge.sandbox import read_file\n"
        f"zone = zoneinfo.ZoneInfo('Asia/Shanghai')\n"
        f"rows = list(read_file(pathlib.Path({str(path)!r}), zone=zone, language='en'))\n"
        "print(len(rows), {'openpyxl', 'docx', 'pypdf', 'lxml'} & set(sys.modules))"
    )
    assert python(program) == "1 set()"


@pytest.mark.parametrize(
    "deed",
    [
        "socket.socket()",
        "socket.getaddrinfo('localhost', 80)",
        "subprocess.run(['true'])",
        "os.system('true')",
        "os.fork()",
        "open('/tmp/assist-parser-wrote', 'w')",
        "os.open('/tmp/assist-parser-wrote', os.O_CREAT | os.O_WRONLY)",
    ],
)
def test_a_parser_can_neither_call_nor_start_nor_write(deed: str) -> None:
    program = (
        "import os, socket, subprocess\n"
        "from assist.knowledge.confine import confine\n"
        "from assist.knowledge.limits import Limits\n"
        f"confine(Limits())\ntry:\n    {deed}\n    print('done')\n"
        "except PermissionError as error:\n    print('refused')"
    )
    assert python(program) == "refused"


def test_an_export_that_packs_like_a_bomb_is_taken_all_the_same(tmp_path: Path) -> None:
    entries = [replace(ENTRY, id=f"e{number}", note="同" * 4_000) for number in range(400)]
    path = written(tmp_path, "a.xlsx", write_rows(entries, "xlsx"))
    assert len(read(path)) == 400
