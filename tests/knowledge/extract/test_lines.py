import pytest

from assist.knowledge.extract.found import FoundRow, Refused
from assist.knowledge.extract.lines import csv_rows, json_rows

WEKNORA = (
    "分类(必填),问题(必填),相似问题(选填-多个用##分隔),反例问题(选填-多个用##分隔),"
    "机器人回答(必填-多个用##分隔),是否全部回复(选填-默认FALSE),是否停用(选填-默认FALSE),"
    "是否禁止被推荐(选填-默认False 可被推荐)\n"
)


def csv_row(text: str) -> FoundRow:
    (row,) = csv_rows(text.encode())
    return row


def test_the_csv_of_weknora() -> None:
    assert csv_row(WEKNORA + "售后,怎么退,咋退##退货,,一##二,FALSE,TRUE,FALSE\n").cells == {
        "category": "售后",
        "question": "怎么退",
        "similar_questions": ["咋退", "退货"],
        "answers": ["一", "二"],
        "status": "retired",
    }


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_the_separator_is_the_one_that_shows_the_columns(separator: str) -> None:
    text = f"问题{separator}答案\n甲{separator}乙\n"
    assert csv_row(text).cells == {"question": "甲", "answers": "乙"}


def test_a_title_may_stand_above_the_header() -> None:
    row = csv_row("知识导入模板,\n请勿修改表头,\n\n问题,答案\n甲,乙\n")
    assert (row.line, row.cells) == (5, {"question": "甲", "answers": "乙"})


def test_a_header_may_stand_in_two_rows() -> None:
    row = csv_row("问题,,答案,有效期,\n标准问题,相似问,答案,生效时间,失效时间\n甲,乙,丙,,永久\n")
    assert row.line == 3
    assert row.cells["similar_questions"] == "乙"
    assert row.cells["effective_to"] is None


def test_a_cell_under_no_name_is_not_lost() -> None:
    assert "#3" in csv_row("问题,答案,\n甲,乙,丙\n").cells


def test_several_columns_of_the_same_name_are_taken_where_a_list_is() -> None:
    assert csv_row("问题,答案,相似问,相似问\n甲,乙,丙,丁\n").cells["similar_questions"] == "丙\n丁"
    with pytest.raises(Refused, match="column_twice"):
        csv_row("问题,标准问题,答案\n甲,乙,丙\n")


def test_a_json_row_that_names_a_field_twice_or_nests_too_deep_is_wrong() -> None:
    deep = '{"answers":' + "[" * 30 + "]" * 30 + "}"
    rows = json_rows(f'{{"question":"a","title":"b"}}\n{deep}\n{{"question":"c"}}'.encode())
    assert [row.wrong for row in rows] == ["line", "line", None]
