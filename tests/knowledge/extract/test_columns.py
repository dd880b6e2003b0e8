import pytest

from assist.knowledge.extract.columns import field_of, parts_of


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("Question", "question"),
        ("standard_question", "question"),
        ("标准问题（必填）", "question"),
        ("* 标准问", "question"),
        ("Title", "question"),
        ("相似问题(选填-多个用##分隔)", "similar_questions"),
        ("相似问法 2", "similar_questions"),
        ("SimQuestions", "similar_questions"),
        ("反例问", "negative_questions"),
        ("机器人回答(必填-多个用##分隔)", "answers"),
        ("答案", "answers"),
        ("二级分类", "category"),
        ("ExpireEnd", "effective_to"),
        ("失效时间", "effective_to"),
        ("ＥｘｐｉｒｅＳｔａｒｔ", "effective_from"),
        ("负责人", "owner"),
        ("efective_to", None),
        ("状态2", None),
    ],
)
def test_a_column_is_known_by_any_of_its_names(name: str, field: str | None) -> None:
    assert field_of(name) == field


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("相似问题(多个用##分隔)", ["甲", "乙；丙"]),
        ("相似问（请用英文分号隔开）", ["甲##乙", "丙"]),
        ("相似问", None),
    ],
)
def test_the_header_may_say_what_parts_its_cells(name: str, parts: list[str] | None) -> None:
    assert parts_of(name, "甲##乙；丙") == parts
