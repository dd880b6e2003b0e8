import io
import sys
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

import openpyxl
import pytest

from assist.knowledge.extract.found import FoundRow, Refused
from assist.knowledge.extract.xlsx_rows import xlsx_rows

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

HEADER: list[object] = ["标准问题", "答案", "失效时间", "编号"]


def book(write: "Callable[[Workbook], object]") -> io.BytesIO:
    workbook = openpyxl.Workbook()
    write(workbook)
    file = io.BytesIO()
    workbook.save(file)
    file.seek(0)
    return file


def rows(*cells: list[object]) -> list[FoundRow]:
    def write(workbook: "Workbook") -> None:
        for row in cells:
            workbook.worksheets[0].append(row)

    return list(xlsx_rows(book(write)))


def test_numbers_and_dates_come_as_a_person_reads_them() -> None:
    (day, instant) = rows(
        HEADER, ["甲", 59, date(2026, 1, 2), 7.0], ["乙", 9.9, datetime(2026, 1, 2, 8, 30), True]
    )
    assert day.cells == {"question": "甲", "answers": "59", "effective_to": "2026-01-02", "id": "7"}
    assert instant.cells["effective_to"] == "2026-01-02T08:30:00"
    assert (instant.cells["answers"], instant.cells["id"]) == ("9.9", "true")


def test_lines_are_counted_as_the_spreadsheet_does() -> None:
    found = rows(["知识导入模板"], [], HEADER, ["甲", "乙"], [], ["丙", "丁"])
    assert [row.line for row in found] == [4, 6]


def test_a_header_of_merged_cells_is_read_with_the_row_below_it() -> None:
    def write(workbook: "Workbook") -> None:
        sheet = workbook.worksheets[0]
        sheet.append(["问题", None, "答案", "有效期", None])
        sheet.append(["标准问题", "相似问", None, "生效时间", "失效时间"])
        sheet.append(["甲", "乙", "丙", None, "永久"])
        for place in ("A1:B1", "C1:C2", "D1:E1"):
            sheet.merge_cells(place)

    (row,) = xlsx_rows(book(write))
    assert (row.line, row.cells["similar_questions"], row.cells["answers"]) == (3, "乙", "丙")


def test_every_sheet_with_a_header_is_read_and_the_others_are_named() -> None:
    def write(workbook: "Workbook") -> None:
        first = workbook.worksheets[0]
        first.title = "套餐"
        for sheet, word in ((first, "甲"), (workbook.create_sheet("售后"), "乙")):
            sheet.append(["问题", "答案"])
            sheet.append([word, "答"])
        workbook.create_sheet("说明").append(["请填写"])
        workbook.create_sheet("空")
        hidden = workbook.create_sheet("藏")
        hidden.append(["字典"])
        hidden.sheet_state = "hidden"

    assert [(row.sheet, row.line, row.wrong) for row in xlsx_rows(book(write))] == [
        ("套餐", 2, None),
        ("售后", 2, None),
        ("说明", 1, "no_header"),
    ]


def test_a_formula_is_never_computed() -> None:
    (row,) = rows(HEADER, ["甲", '=HYPERLINK("http://x")'])
    assert (row.wrong, row.detail) == ("uncomputed", "B2")


def test_a_formula_in_a_column_of_no_use_harms_no_row() -> None:
    (row,) = rows(["序号", "问题", "答案"], ["=ROW()", "甲", "乙"])
    assert row.cells == {"question": "甲", "answers": "乙"}


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("<c r='B2' t='str'><f>A1</f><v>七天</v></c>", "七天"),
        ("<c r='B2'><f>1+1</f><v>2</v></c>", "2"),
        ("<c r='B2' t='inlineStr'><is><t>_x0041__x000D_</t></is></c>", "A\r"),
    ],
)
def test_the_value_that_a_formula_came_to_is_taken(cell: str, read: str) -> None:
    file = book(lambda workbook: [workbook.worksheets[0].append(row) for row in (HEADER, ["甲"])])
    out = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                end = b"</c></row></sheetData>"
                content = content.replace(end, f"</c>{cell}</row></sheetData>".encode())
            new.writestr(name, content)
    (row,) = xlsx_rows(out)
    assert row.cells["answers"] == read


def test_a_cell_with_an_error_is_named() -> None:
    def write(workbook: "Workbook") -> None:
        sheet = workbook.worksheets[0]
        sheet.append(HEADER)
        sheet.append(["甲", "#REF!"])
        sheet["B2"].data_type = "e"

    (row,) = xlsx_rows(book(write))
    assert (row.wrong, row.detail) == ("cell_error", "B2 #REF!")


def test_a_book_without_a_header_is_refused() -> None:
    with pytest.raises(Refused, match="no_columns"):
        rows(["甲", "乙"])


def test_a_missing_library_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(Refused, match="extra"):
        list(xlsx_rows(io.BytesIO()))
