import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assist.knowledge.extract.found import FoundRow, Refused
from assist.knowledge.limits import Limits
from assist.knowledge.parse import found_in
from assist.knowledge.rows import Format, Row, rows_of, write_rows
from assist.records import Answer, Entry

ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 11, 22, tzinfo=UTC)


def found(name: str, content: bytes) -> Iterator[FoundRow]:
    for item in found_in(io.BytesIO(content), Path(name).suffix, Limits()):
        assert isinstance(item, FoundRow)
        yield item


def read(name: str, content: bytes) -> list[Row]:
    return list(rows_of(found(name, content), zone=ZONE))


def json_row(**cells: object) -> Row:
    filled = {"question": "怎么退货", "answer": "七天内可退。"} | cells
    (row,) = read("one.jsonl", json.dumps(filled).encode())
    return row


def taken(row: Row) -> Entry:
    assert row.reason is None
    assert row.entry is not None
    return row.entry


def reason(row: Row) -> str:
    assert row.entry is None
    assert row.reason is not None
    return row.reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_is_read_in_the_encodings_that_spreadsheets_save(encoding: str) -> None:
    content = "question,answer\n套餐怎么改,在 APP 里改。\n".encode(encoding)
    (row,) = read("faq.csv", content)
    assert taken(row).question == "套餐怎么改"


def test_a_bad_row_stops_no_other_and_says_its_line() -> None:
    good = '{"question":"问","answer":"答。"}'
    lines = [good, "{not json", '["a list"]', "", '{"question":"问"}', good]
    rows = read("faq.jsonl", "\n".join(lines).encode())
    assert [(row.line, row.entry is not None) for row in rows] == [
        (1, True),
        (2, False),
        (3, False),
        (5, False),
        (6, True),
    ]
    assert "answers" in reason(rows[3])


def test_an_unknown_column_is_named_in_the_reason() -> None:
    assert "efective_to" in reason(json_row(efective_to="2026-11-11"))


def test_the_reason_is_in_the_agents_language() -> None:
    content = b'{"answer":"x"}'
    (chinese,) = rows_of(found("a.jsonl", content), zone=ZONE, language="zh")
    (english,) = rows_of(found("a.jsonl", content), zone=ZONE, language="en")
    assert reason(chinese) == "缺少“question”"
    assert reason(english) == "“question” is missing"


def test_an_id_in_the_file_is_kept_and_a_missing_one_is_made() -> None:
    assert taken(json_row(id="ent_seed_p001")).id == "ent_seed_p001"
    assert taken(json_row()).id.startswith("ent_")
    assert "id" in reason(json_row(id="../etc/passwd"))


def test_an_id_that_stands_twice_is_taken_once() -> None:
    line = '{"id":"a","question":"问","answer":"答。"}\n'
    first, second = read("a.jsonl", (line * 2).encode())
    assert taken(first).id == "a"
    assert "1" in reason(second)


@pytest.mark.parametrize(
    "category", [["服务", "退货"], "服务/退货", "服务 > 退货", "服务＞退货", '["服务","退货"]']
)
def test_a_category_may_be_a_list_or_one_line(category: object) -> None:
    assert taken(json_row(category=category)).category == ("服务", "退货")


def test_a_category_has_at_most_three_levels() -> None:
    assert "category" in reason(json_row(category="a/b/c/d"))


def test_a_cell_of_several_items_is_parted_by_newline_or_bar() -> None:
    content = 'standard_question,answer,similar_questions,tags\n问,答。,"甲\n乙",x|y\n'
    (row,) = read("faq.csv", content.encode())
    assert taken(row).similar_questions == ("甲", "乙")
    assert taken(row).tags == ("x", "y")


def test_answers_may_be_texts_or_name_channel_and_language() -> None:
    answers = ["您好，可以退。", {"channel": "phone", "text": "You can return it within 7 days."}]
    assert taken(json_row(answer=None, answers=answers)).answers == (
        Answer(text="您好，可以退。", channel=None, language="zh"),
        Answer(text="You can return it within 7 days.", channel="phone", language="en"),
    )


def test_an_answer_that_begins_with_a_bracket_is_a_text() -> None:
    (row,) = read("a.csv", "question,answer\n问,[注意] 请先备份。\n".encode())
    assert taken(row).answers[0].text == "[注意] 请先备份。"


def test_a_day_begins_and_ends_in_the_zone_of_the_business() -> None:
    row = json_row(effective_from="2026-11-01", effective_to="2026-11-11", review_by="2026-12-31")
    entry = taken(row)
    assert entry.effective_from == datetime(2026, 10, 31, 16, tzinfo=UTC)
    assert entry.effective_to == datetime(2026, 11, 11, 15, 59, 59, tzinfo=UTC)
    assert entry.review_by == date(2026, 12, 31)


def test_an_instant_is_taken_as_it_stands() -> None:
    entry = taken(json_row(effective_from="2026-11-01T08:00:00+08:00"))
    assert entry.effective_from == datetime(2026, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cells", "word"),
    [
        ({"effective_from": "明天"}, "effective_from"),
        ({"effective_to": "2026-02-30"}, "effective_to"),
        ({"effective_from": "0001-01-01"}, "effective_from"),
        ({"review_by": "2026"}, "review_by"),
        ({"effective_from": "2026-11-12", "effective_to": "2026-11-11"}, "effective_to"),
    ],
)
def test_a_date_that_cannot_be_is_refused(cells: dict[str, str], word: str) -> None:
    assert word in reason(json_row(**cells))


@pytest.mark.parametrize("text", ["a\x00b", "a\x1bb", "  ", "a" * 501, "\ud800"])
def test_a_question_that_nobody_can_read_is_refused(text: str) -> None:
    assert "question" in reason(json_row(question=text))


@pytest.mark.parametrize("line", ['{"question":"a","question":"b","answer":"c"}', "[" * 100_000])
def test_json_that_could_mean_two_things_or_blow_the_stack_is_refused(line: str) -> None:
    (row,) = read("a.jsonl", line.encode())
    assert reason(row)


def test_a_csv_line_is_counted_where_its_row_begins() -> None:
    content = 'question,answer\n甲,"一\n二"\n, ,\n乙,三,四\n丙,五\n'
    rows = read("a.csv", content.encode())
    assert [(row.line, row.entry is not None) for row in rows] == [(2, True), (5, False), (6, True)]


def test_a_header_that_names_a_column_twice_is_refused() -> None:
    with pytest.raises(Refused, match="column_twice"):
        read("a.csv", b"question,question\na,b\n")


@pytest.mark.parametrize("format", ["csv", "xlsx"])
@pytest.mark.parametrize(
    "text",
    ["=HYPERLINK(1)", "+1", "-5 元起", "@x", "＝1", "＋1", "－1", "＠x", "'=x", '"=x', "''-1"],
)
def test_a_formula_is_defused_for_the_spreadsheet_and_comes_back_whole(
    format: Format, text: str
) -> None:
    entry = replace(ENTRY, question=text, note=text)
    content = write_rows([entry], format)
    if format == "xlsx":
        content = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
    assert f"'{text}" in content.decode("utf-8-sig").replace('""', '"')
    assert back([entry], format) == [entry]


def test_a_text_too_long_for_a_cell_goes_on_in_the_next_column() -> None:
    entry = replace(ENTRY, kind="document", answers=(Answer(text="='长" * 20_000),), id="b")
    content = write_rows([entry, ENTRY], "xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert max(len(str(cell.value)) for row in sheet.rows for cell in row) < 32_767
    assert back([entry, ENTRY], "xlsx") == [entry, ENTRY]


ENTRY = Entry(
    id="a", category=("x",), question="q", answers=(Answer(text="t"),), created_at=AT, updated_at=AT
)
characters = st.characters(blacklist_categories=("Cc", "Cs"), blacklist_characters="\x85")
tricky = st.sampled_from(
    ["_x0041_", "_x005F_", "=", "'", '"', "-", "|", "\n", "＝", "[", "##", ","]
)
words = (
    st.lists(characters | tricky, min_size=1, max_size=20)
    .map("".join)
    .filter(lambda text: bool(text) and text == text.strip())
)
names = st.lists(words, max_size=3).map(tuple)
moments = st.datetimes(datetime(1990, 1, 1), datetime(2020, 1, 1), timezones=st.just(UTC))
entries = st.builds(
    Entry,
    id=st.from_regex(r"[A-Za-z0-9_.:-]{1,64}", fullmatch=True),
    kind=st.sampled_from(["faq", "document"]),
    category=names,
    question=words,
    similar_questions=names,
    negative_questions=names,
    answers=st.lists(
        st.builds(
            Answer,
            text=words,
            channel=st.none() | words,
            language=st.sampled_from(["zh", "en"]),
        ),
        min_size=1,
        max_size=3,
    ).map(tuple),
    note=st.none() | words,
    links=names,
    tags=names,
    owner=st.none() | words,
    status=st.sampled_from(["draft", "published", "retired"]),
    effective_from=st.none() | moments,
    effective_to=st.none() | moments.map(lambda at: at.replace(year=at.year + 30, day=1)),
    review_by=st.none() | st.dates(date(2000, 1, 1)),
    version=st.just(1),
    source=st.none() | words,
    created_at=st.just(AT),
    updated_at=st.just(AT),
)


def back(given_entries: Sequence[Entry], format: Format) -> list[Entry]:
    rows = read(f"back.{format}", write_rows(given_entries, format))
    return [replace(taken(row), created_at=AT, updated_at=AT) for row in rows]


@pytest.mark.parametrize("format", ["jsonl", "csv", "xlsx"])
@given(written=st.lists(entries, max_size=4, unique_by=lambda entry: entry.id))
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read_again(format: Format, written: list[Entry]) -> None:
    assert back(written, format) == written
