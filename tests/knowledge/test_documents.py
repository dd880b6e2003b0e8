from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from assist.errors import ImportRefused
from assist.knowledge.documents import document_row
from assist.knowledge.extract.found import FoundText
from assist.records import Entry

ZONE = ZoneInfo("Asia/Shanghai")


def document(text: str, name: str = "policy.md") -> Entry:
    entry = document_row(FoundText(text=text), name, zone=ZONE, language="en").entry
    assert entry is not None
    return entry


def test_front_matter_says_what_the_text_does_not() -> None:
    entry = document(
        "---\nid: ent_doc_1\ntitle: 退换货政策\ncategory: 服务政策/退换货\nowner: 售后组\n"
        "effective_from: 2026-01-01\nreview_by: 2027-03-31\n---\n\n# 退货\n\n可以退。\n",
    )
    assert (entry.id, entry.kind, entry.question) == ("ent_doc_1", "document", "退换货政策")
    assert entry.category == ("服务政策", "退换货")
    assert entry.effective_from == datetime(2025, 12, 31, 16, tzinfo=UTC)
    assert entry.review_by == date(2027, 3, 31)
    assert entry.answers[0].text == "# 退货\n\n可以退。"
    assert entry.source == "policy.md"


def test_without_front_matter_the_first_heading_is_the_title() -> None:
    assert document("# 漫游说明 #\n\n正文。").question == "漫游说明"
    assert document("正文。", "隐私.txt").question == "隐私"


def test_a_line_of_dashes_in_the_text_is_no_front_matter() -> None:
    assert document("正文。\n\n---\n\n后记。").answers[0].text.endswith("后记。")


def test_a_wrong_front_matter_names_file_and_line() -> None:
    with pytest.raises(ImportRefused, match=r"policy\.md: .*: line 3: titel"):
        document("---\nid: a\ntitel: b\n---\n正文。")
    with pytest.raises(ImportRefused, match="effective_to is before"):
        document("---\neffective_from: 2026-02-01\neffective_to: 2026-01-01\n---\n正文")


def test_a_document_of_front_matter_only_is_refused() -> None:
    with pytest.raises(ImportRefused, match="no text"):
        document("---\nid: a\n---\n")


def test_front_matter_cannot_grow_beyond_what_is_written() -> None:
    with pytest.raises(ImportRefused, match="anchors"):
        document("---\ntags: &a [x, x]\nlinks: *a\n---\n正文。")
    with pytest.raises(ImportRefused, match="characters"):
        document(f"---\ntitle: {'a' * 20_000}\n---\n正文。")
    with pytest.raises(ImportRefused, match="brackets"):
        document(f"---\ntags: {'[' * 5_000}\n---\n正文。")


def test_only_text_files_have_front_matter() -> None:
    assert document("---\nid: a\n---\n正文。", "a.docx").answers[0].text.startswith("---")


def test_the_title_is_that_of_the_file_unless_the_text_begins_with_one() -> None:
    found = FoundText(text="正文。", title="隐私政策")
    entry = document_row(found, "x.html", zone=ZONE).entry
    assert entry is not None
    assert entry.question == "隐私政策"


def test_a_row_says_whether_the_front_matter_gave_the_id() -> None:
    assert not document_row(FoundText(text="正文。"), "a.md", zone=ZONE).has_id
    assert document_row(FoundText(text="---\nid: a\n---\n正文。"), "a.md", zone=ZONE).has_id
