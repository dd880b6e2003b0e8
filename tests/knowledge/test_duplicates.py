import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from assist.knowledge.duplicates import adopt_ids, clashes
from assist.knowledge.rows import Row
from assist.records import Answer, Entry

AT = datetime(2026, 11, 22, tzinfo=UTC)
BLANK = Entry(
    id="x", category=(), question="q", answers=(Answer(text="答"),), created_at=AT, updated_at=AT
)


def row(line: int, question: str, *similar: str, has_id: bool = False, **fields: Any) -> Row:
    entry = known(f"new_{line}", question, *similar, **fields)
    return Row(line=line, entry=entry, reason=None, has_id=has_id)


def known(entry_id: str, question: str, *similar: str, **fields: Any) -> Entry:
    entry = replace(BLANK, id=entry_id, question=question, similar_questions=similar)
    return replace(entry, **fields)


def test_a_question_in_another_spelling_clashes_with_the_entry_or_the_line() -> None:
    rows = [row(2, "怎么退货？"), row(3, "改套餐"), row(4, "改 套餐。")]
    found = clashes(rows, [known("ent_1", "怎麼退貨")])
    assert set(found) == {0, 2}
    assert "ent_1" in found[0]
    assert "第 3 行" in found[2]
    assert "line 3" in clashes(rows, [], language="en")[2]


def test_similar_questions_clash_too() -> None:
    assert clashes([row(2, "问", "咋退货")], [known("ent_1", "怎么退货", "咋退货")])
    assert clashes([row(2, "咋退货")], [known("ent_1", "怎么退货", "咋退货")])
    assert not clashes([row(2, "咋退货", "咋退货")], [])


def test_nearly_the_same_question_clashes() -> None:
    question = "5G 畅享套餐升级到更高档位以后合约期是不是要重新计算"
    assert "几乎" in clashes([row(2, question + "呢")], [known("e", question)])[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5G 畅享 59 套餐包含什么", "5G 畅享 99 套餐包含什么"),
        ("怎么开通国际漫游", "怎么关闭国际漫游"),
        ("退货", "退款"),
        ("第 77 号机房的宽带套餐升级以后费用怎么算", "第 7777 号机房的宽带套餐升级以后费用怎么算"),
    ],
)
def test_another_question_in_like_words_does_not_clash(one: str, other: str) -> None:
    assert not clashes([row(2, one)], [known("e", other)])


def test_what_no_customer_could_be_given_both_of_does_not_clash() -> None:
    old = known("e", "双11怎么退", effective_to=datetime(2025, 11, 12, tzinfo=UTC))
    new = row(2, "双11怎么退", effective_from=datetime(2026, 11, 1, tzinfo=UTC))
    assert not clashes([new], [old])
    assert not clashes([row(2, "问")], [known("e", "问", status="retired")])
    assert not clashes([row(2, "问")], [known("e", "问", kind="document")])
    one, other = ((Answer(text="答", channel=name),) for name in ("app", "phone"))
    assert not clashes([row(2, "问", answers=one)], [known("e", "问", answers=other)])


def test_an_entry_that_the_file_replaces_does_not_clash() -> None:
    rows = [row(2, "怎么退货"), row(3, "退货", has_id=True, id="ent_1")]
    assert not clashes(rows, [known("ent_1", "怎么退货")])


def test_a_row_without_an_id_is_an_update_of_the_entry_with_its_question() -> None:
    entry = known("ent_1", "怎么退货？")
    rows = [row(2, "怎么退货"), row(3, "怎么退货"), row(4, "怎么换货")]
    adopted = adopt_ids(rows, [entry])
    assert [told.entry and told.entry.id for told in adopted] == ["ent_1", "new_3", "new_4"]
    assert set(clashes(adopted, [entry])) == {1}


def test_an_id_that_the_file_gives_stays() -> None:
    rows = (row(2, "问", id="mine", has_id=True),)
    assert adopt_ids(rows, [known("ent_1", "问")]) == rows


def test_of_several_entries_the_published_one_in_the_same_category_is_updated() -> None:
    entries = [
        known("a", "问", status="retired", category=("x",)),
        known("b", "问", category=("y",)),
        known("c", "问", category=("x",)),
        known("d", "问", kind="document", category=("x",)),
    ]
    (adopted,) = adopt_ids([row(2, "问", category=("x",))], entries)
    assert adopted.entry is not None
    assert adopted.entry.id == "c"


def test_no_row_is_compared_with_every_entry() -> None:
    names = [f"第{number}号机房的宽带套餐升级之后费用怎么算" for number in range(3_000)]
    rows = [row(line, f"{name}？") for line, name in enumerate(names)]
    entries = [known(f"e{number}", f"请问{name}") for number, name in enumerate(names)]
    began = time.process_time()
    found = clashes(rows, entries)
    assert time.process_time() - began < 5  # nine million comparisons take ten times as long
    assert len(found) == 3_000
    assert "e777" in found[777]
