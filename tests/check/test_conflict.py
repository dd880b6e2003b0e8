"""A text that states what the knowledge base disputes is marked, with both values and dates."""

from datetime import UTC, datetime

from assist.check.conflict import conflict_findings
from assist.records import Conflict, ConflictSide

UPDATED = datetime(2026, 11, 1, tzinfo=UTC)


def side(entry_id: str, title: str, value: str, held: datetime | None = None) -> ConflictSide:
    return ConflictSide(
        entry_id=entry_id,
        title=title,
        text=f"补卡工本费 {value}。",
        updated_at=UPDATED,
        value=value,
        effective_from=held,
    )


FEE = Conflict(
    fact="补卡工本费",
    kind="money",
    sides=(
        side("ent_1", "补卡工本费是多少？", "10 元", UPDATED),
        side("ent_2", "怎么补卡？", "20 元"),
    ),
)


def test_a_disputed_value_is_marked_with_both_values_and_dates() -> None:
    text = "您好，补卡工本费为 20 元。新卡 3 天送达。"
    (finding,) = conflict_findings([FEE], text, language="zh")
    assert (finding.check, finding.severity, finding.text) == ("conflict", "warn", "20 元")
    assert text[finding.start : finding.end] == "20 元"
    for told in (
        "10 元",
        "20 元",
        "补卡工本费是多少？",
        "怎么补卡？",
        "2026-11-01 更新",
        "自 2026-11-01 起",
    ):
        assert told in finding.message


def test_the_message_is_in_the_language_of_the_agents() -> None:
    (finding,) = conflict_findings([FEE], "补卡工本费 10 元。", language="en")
    assert "disagree" in finding.message
    assert "updated 2026-11-01, from 2026-11-01" in finding.message
    assert finding.suggestion is not None
    assert finding.suggestion.isascii()


def test_the_same_amount_for_another_thing_is_left_alone() -> None:
    assert conflict_findings([FEE], "充话费满 20 元送雨伞。", language="zh") == ()
    assert conflict_findings([FEE], "补卡工本费以营业厅公示为准。", language="zh") == ()


def test_a_disputed_yes_is_marked_as_a_sentence() -> None:
    stance = Conflict(
        fact="货到付款",
        kind="stance",
        sides=(
            side("ent_1", "货到付款？", "支持货到付款"),
            side("ent_2", "能到付吗？", "不支持货到付款"),
        ),
    )
    (finding,) = conflict_findings([stance], "您好。我们支持货到付款。", language="zh")
    assert finding.text == "我们支持货到付款。"
