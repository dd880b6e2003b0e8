import pytest

from assist.knowledge.extract.html_text import html_text


def text(body: str) -> str:
    return html_text(f"<html><body>{body}</body></html>").text


def test_headings_lists_and_tables_keep_their_structure() -> None:
    assert text(
        "<h1>漫游</h1><p>先 <b>开通</b>\n再用。<br>第二行"
        "<ul><li>甲<ol><li>子一<li>子二</ol><li>乙</ul>"
        "<table><tr><th>档位<th>价<tr><td>A|B<td>9</table>"
    ) == (
        "# 漫游\n\n先 开通 再用。\n第二行\n\n- 甲\n  1. 子一\n  2. 子二\n- 乙\n\n"
        "| 档位 | 价 |\n| --- | --- |\n| A\\|B | 9 |"
    )


def test_a_cell_over_several_rows_is_repeated_in_each() -> None:
    page = "<table><tr><td rowspan=2>套餐<td>a<tr><td>b</table>"
    assert text(page).splitlines()[2] == "| 套餐 | b |"


def test_a_table_for_layout_is_no_table() -> None:
    assert text("<table><tr><td>甲<tr><td>乙</table>") == "甲\n\n乙"


@pytest.mark.parametrize(
    "unseen",
    [
        "<script>x</script>",
        "<style>x</style>",
        "<p hidden>x</p>",
        "<div style='display: none'><div>x</div>x</div>",
        "<span style='font-size:0'>x</span>",
        "<noscript>x</noscript>",
        "<!-- x -->",
    ],
)
def test_what_no_reader_sees_is_left_out(unseen: str) -> None:
    assert text(f"前{unseen}后").replace("\n", "") == "前后"


def test_a_hidden_paragraph_without_an_end_hides_no_other() -> None:
    assert text("<p hidden>x<p>见") == "见"
    assert text("<p style='font-size:0.9em'>见</p>") == "见"


def test_blanks_of_code_stay() -> None:
    assert text("<pre>a\n  b</pre>") == "```\na\n  b\n```"


def test_a_page_that_ends_too_soon_is_read_as_far_as_it_goes() -> None:
    assert text("<table><tr><td>甲<td>乙<ul><li>丙") == "| 甲 | 乙 丙 |\n| --- | --- |"


def test_the_title_is_no_part_of_the_text() -> None:
    found = html_text("<title>标题</title><p>正文")
    assert (found.title, found.text) == ("标题", "正文")
