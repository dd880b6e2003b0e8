from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from assist.errors import FileInvalid, FileTypeUnknown, ImportRefused
from assist.knowledge.documents import read_document
from assist.records import Entry

ZONE = ZoneInfo("Asia/Shanghai")


def document(tmp_path: Path, text: str, name: str = "policy.md") -> Entry:
    path = tmp_path / name
    path.write_bytes(text.encode())
    return read_document(path, zone=ZONE)


def test_front_matter_says_what_the_text_does_not(tmp_path: Path) -> None:
    entry = document(
        tmp_path,
        "---\nid: ent_doc_1\ntitle: 退换货政策\ncategory: 服务政策/退换货\nowner: 售后组\n"
        "effective_from: 2026-01-01\nreview_by: 2027-03-31\n---\n\n# 退货\n\n可以退。\n",
    )
    assert (entry.id, entry.kind, entry.question) == ("ent_doc_1", "document", "退换货政策")
    assert entry.category == ("服务政策", "退换货")
    assert entry.effective_from == datetime(2025, 12, 31, 16, tzinfo=UTC)
    assert entry.review_by == date(2027, 3, 31)
    assert entry.answers[0].text == "# 退货\n\n可以退。"
    assert entry.source == "policy.md"


def test_without_front_matter_the_first_heading_is_the_title(tmp_path: Path) -> None:
    assert document(tmp_path, "# 漫游说明 #\r\n\r\n正文。").question == "漫游说明"
    assert document(tmp_path, "正文。", "隐私.txt").question == "隐私"


def test_a_line_of_dashes_in_the_text_is_no_front_matter(tmp_path: Path) -> None:
    assert document(tmp_path, "正文。\n\n---\n\n后记。").answers[0].text.endswith("后记。")


def test_a_wrong_front_matter_names_file_and_line(tmp_path: Path) -> None:
    with pytest.raises(FileInvalid, match=r"policy\.md, line 3: titel"):
        document(tmp_path, "---\nid: a\ntitel: b\n---\n正文。")
    with pytest.raises(FileInvalid, match="effective_to is before"):
        document(tmp_path, "---\neffective_from: 2026-02-01\neffective_to: 2026-01-01\n---\n正文")


def test_a_file_without_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused):
        document(tmp_path, "---\nid: a\n---\n")
    with pytest.raises(ImportRefused):
        document(tmp_path, "a\x00b")
    with pytest.raises(FileTypeUnknown):
        document(tmp_path, "正文。", "a.rtf")
