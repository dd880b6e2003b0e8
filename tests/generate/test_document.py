from assist.generate.document import best_units

TEXT = """## 二、退货
满足下列条件可以退货：
1. 签收后 7 天内提交申请；
2. 商品未激活，配件齐全。

无理由退货的运费由客户承担，上门取件收 12 元。

### 保修
| 时间 | 方式 | 材料 |
| --- | --- | --- |
| 7 天内 | 退货或**换货** | 订单号 |
| 第 16 天起 | 维修 | 机身编号 |

保修期限：手机 1 年，电池 6 个月。
"""


def test_the_sentence_that_covers_the_question_is_taken() -> None:
    assert best_units(TEXT, "退货的运费谁承担") == (
        "无理由退货的运费由客户承担，上门取件收 12 元。",
    )


def test_a_sentence_that_begins_with_the_subject_is_preferred() -> None:
    assert best_units(TEXT, "保修多久") == ("保修期限：手机 1 年，电池 6 个月。",)


def test_a_row_is_told_with_the_heads_of_its_columns() -> None:
    assert best_units(TEXT, "维修要带机身编号吗") == (
        "时间：第 16 天起；方式：维修；材料：机身编号",
    )


def test_a_lead_in_brings_its_list() -> None:
    assert best_units(TEXT, "退货有什么条件") == (
        "满足下列条件可以退货：",
        "1. 签收后 7 天内提交申请；",
        "2. 商品未激活，配件齐全。",
    )


def test_units_come_in_the_order_of_the_text_and_at_most_three() -> None:
    units = best_units(TEXT, "电池保修几个月，维修材料是机身编号，取件运费，配件要齐全吗")
    places = [TEXT.find(unit.rstrip("。")[-4:]) for unit in units]
    assert len(places) == 3
    assert -1 not in places
    assert places == sorted(places)


def test_no_markdown_and_no_heading_comes_through() -> None:
    units = best_units(TEXT, "退货或换货 7 天内 订单号 二、退货")
    assert not any(mark in "".join(units) for mark in "#|*")
    assert "二、退货" not in units


def test_a_text_without_sentences_gives_none() -> None:
    assert best_units("## 标题\n\n---\n", "退货") == ()
