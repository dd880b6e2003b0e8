from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from assist.knowledge.split import LONGEST, passages_of
from assist.records import Answer, Entry, Passage

AT = datetime(2026, 11, 22, tzinfo=UTC)


def faq(**fields: object) -> Entry:
    entry = Entry(
        id="ent_1",
        category=(),
        question="怎么退货",
        answers=(Answer(text="七天内可以退。"),),
        created_at=AT,
        updated_at=AT,
    )
    return replace(entry, **fields)  # type: ignore[arg-type]


def document(text: str, title: str = "退换货政策") -> Entry:
    return faq(kind="document", question=title, answers=(Answer(text=text),))


def pieces(entry: Entry) -> list[Passage]:
    return [passage for passage in passages_of(entry) if passage.kind == "passage"]


def test_every_phrasing_is_a_passage_of_its_own_kind() -> None:
    entry = faq(
        similar_questions=("能退吗", "怎么退貨", "能退嗎"), negative_questions=("怎么换货",)
    )
    assert [(p.kind, p.text) for p in passages_of(entry)] == [
        ("standard", "怎么退货"),
        ("similar", "能退吗"),
        ("negative", "怎么换货"),
        ("passage", "七天内可以退。"),
    ]


def test_an_answer_and_its_note_are_found_together() -> None:
    (piece,) = pieces(faq(note="耳机拆封后不退。"))
    assert piece.text == "七天内可以退。\n耳机拆封后不退。"
    assert piece.text[piece.start : piece.end] == "七天内可以退。"


def test_a_note_stands_alone_where_the_answer_leaves_no_room() -> None:
    answer = "这是很长的一句。" * 49
    assert [p.text for p in pieces(faq(answers=(Answer(text=answer),), note="附注一条。" * 5))] == [
        answer,
        "附注一条。" * 5,
    ]


def test_the_same_answer_for_two_channels_is_one_passage() -> None:
    answers = (Answer(text="可退。"), Answer(text="可退。", channel="app"), Answer(text="能退。"))
    assert [p.text for p in pieces(faq(answers=answers))] == ["可退。", "能退。"]


def test_a_document_is_cut_at_its_headings_and_keeps_their_path() -> None:
    text = "# 退换货政策\n\n总则。\n\n## 退货\n\n### 运费\n\n客户承担。\n\n## 换货\n\n十五天。"
    assert [(p.heading, p.text) for p in pieces(document(text))] == [
        ("退换货政策", "总则。"),
        ("退换货政策 > 退货 > 运费", "客户承担。"),
        ("退换货政策 > 换货", "十五天。"),
    ]


def test_headings_of_a_plain_text_are_seen() -> None:
    text = "第一章 总则\n第一条 适用范围\n适用于手机。\n二、退款\n1. 原路退回。\n2. 三天到账。"
    assert [(p.heading, p.text) for p in pieces(document(text))] == [
        ("退换货政策 > 第一章 总则 > 第一条 适用范围", "适用于手机。"),
        ("退换货政策 > 第一章 总则 > 第一条 适用范围 > 二、退款", "1. 原路退回。\n2. 三天到账。"),
    ]


def test_a_table_that_fits_stays_whole_between_long_paragraphs() -> None:
    table = "| 方式 | 时间 |\n| --- | --- |\n" + "\n".join(
        f"| 方式{n} | {n} 天 |" for n in range(20)
    )
    text = f"{'前言说明。' * 60}\n\n{table}\n\n{'后记说明。' * 60}"
    assert table in [piece.text for piece in pieces(document(text))]


def test_a_list_too_long_is_cut_between_its_items() -> None:
    items = [f"{n}. {'说明文字，' * 12}第 {n} 项。" for n in range(1, 21)]
    found = pieces(document("\n".join(items)))
    assert len(found) > 1
    assert [line for piece in found for line in piece.text.split("\n")] == items


def test_a_hash_inside_a_code_block_is_no_heading() -> None:
    (piece,) = pieces(document("```\n# not a heading\n```"))
    assert "# not a heading" in piece.text


def test_ids_stay_with_the_text_and_are_never_shared() -> None:
    text = "## 甲\n\n同一句。\n\n## 乙\n\n同一句。"
    ids = [passage.id for passage in passages_of(document(text))]
    assert len(set(ids)) == len(ids)
    again = passages_of(replace(document(f"{text}\n\n## 丙\n\n新的一句。"), version=2))
    assert ids == [passage.id for passage in again][: len(ids)]
    assert all(passage.entry_version == 2 for passage in again)


def test_ids_sort_by_the_entrys_time() -> None:
    old = passages_of(faq())[0].id
    new = passages_of(faq(created_at=AT.replace(year=2027)))[0].id
    assert old.startswith("psg_")
    assert old < new


blocks = st.lists(
    st.sampled_from(
        ["# 标题", "## 二级", "- 项目一。", "| a | b |", "普通的一段文字。", "", "```", "长" * 450]
    )
    | st.text(st.characters(codec="utf-8"), max_size=60),
    max_size=30,
).map("\n".join)


@given(blocks)
def test_pieces_are_exact_stretches_within_the_limit_and_in_order(text: str) -> None:
    found = pieces(document(text)) if text.strip() else []
    assert all(piece.text == text[piece.start : piece.end] for piece in found)
    assert all(0 < len(piece.text) <= LONGEST for piece in found)
    assert all(one.end <= next_.start for one, next_ in pairwise(found))


@given(st.lists(st.text("字词，。a1 -|\n", max_size=300), max_size=8).map("\n".join))
def test_no_text_but_headings_is_lost(text: str) -> None:
    kept = "".join(piece.text for piece in pieces(document(text)))
    assert "".join(kept.split()) == "".join(text.split())
