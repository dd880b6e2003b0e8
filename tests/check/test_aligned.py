"""Which clause of a source a draft's clause speaks of."""

from assist.check.aligned import matches, stated
from assist.check.support import content_of

SOURCE = "停车：住客每间房免费停一辆，外来车辆每小时10元。泳池不对外开放，但餐厅可以。能刷卡吗？"


def test_each_clause_is_stated_under_its_heading_and_questions_are_not() -> None:
    told = stated(SOURCE)
    assert [each.clause.text for each in told] == [
        "停车",
        "住客每间房免费停一辆",
        "外来车辆每小时10元",
        "泳池不对外开放",
        "餐厅可以",
    ]
    assert all("停车" in each.topic for each in told[1:4])
    assert all(SOURCE[each.clause.start : each.clause.end] == each.clause.text for each in told)


def test_the_clause_with_the_rare_words_is_the_likeliest() -> None:
    found = matches(content_of("外来车辆停车要钱"), frozenset(), [SOURCE])
    assert max(found, key=lambda match: match.likeness).told.clause.text == "外来车辆每小时10元"


def test_words_that_no_source_knows_count_for_nothing() -> None:
    found = matches(content_of("泳池 zebra"), frozenset(), [SOURCE])
    best = max(found, key=lambda match: match.likeness)
    assert (best.told.clause.text, best.share) == ("泳池不对外开放", 1.0)
