"""Contradictions between entries are found, and entries for two cases are left alone."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from assist.knowledge.conflicts import conflicts_touching, find_conflicts
from assist.knowledge.neighbours import Near, near_by_vectors
from assist.records import Answer, Entry, Floats
from assist.text.language import language_of

NOW = datetime(2026, 11, 22, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
PAIRS = Path(__file__).with_name("conflict_pairs.tsv")


def entry(entry_id: str, question: str, *answers: str | Answer, **fields: object) -> Entry:
    told = (
        a if isinstance(a, Answer) else Answer(text=a, language=language_of(a)) for a in answers
    )
    given: dict[str, object] = {"category": (), "created_at": NOW, "updated_at": NOW}
    return Entry(
        id=entry_id,
        question=question,
        answers=tuple(told),
        **(given | fields),  # type: ignore[arg-type]
    )


def all_near(entries: Sequence[Entry]) -> Near:
    """Hold each entry for near to every other."""

    def pairs() -> Iterator[tuple[str, str]]:
        for at, one in enumerate(entries):
            yield from ((one.id, other.id) for other in entries[at + 1 :])

    return pairs


def values(*entries: Entry, at: datetime = NOW) -> list[tuple[str, str]]:
    found = find_conflicts(entries, all_near(entries), at=at)
    return [(c.sides[0].value, c.sides[1].value) for c in found]


FEE = entry("ent_1", "补卡工本费是多少？", "补卡工本费为每张 10 元，在办理时收取。")
REISSUE = entry("ent_2", "补卡怎么办理？", "请先挂失，再支付补卡工本费 20 元。")


def test_two_prices_of_one_thing_conflict_with_texts_and_dates() -> None:
    held = replace(REISSUE, effective_from=NOW - timedelta(days=9))
    (conflict,) = find_conflicts([FEE, held], all_near([FEE, held]), at=NOW)
    assert conflict.kind == "money"
    assert conflict.fact == "补卡工本费"
    first, second = conflict.sides
    assert (first.entry_id, first.title, first.value) == ("ent_1", FEE.question, "10 元")
    assert first.text == "补卡工本费为每张 10 元，在办理时收取。"
    assert (second.value, second.updated_at, second.effective_from) == (
        "20 元",
        NOW,
        NOW - timedelta(days=9),
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("退款多久到账？", "退款 3 天内到账。"), ("退款多长时间能到？", "退款 72 小时内到账。")),
        (("补卡收费吗？", "补卡工本费 10 元。"), ("补卡多少钱？", "补卡工本费 10～20 元。")),
        (("退款多久？", "退款 7 天到账。"), ("退款多久到账？", "退款 5 个工作日到账。")),
    ],
)
def test_values_that_agree_do_not_conflict(first: tuple[str, str], second: tuple[str, str]) -> None:
    assert values(entry("ent_1", *first), entry("ent_2", *second)) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("市区多久上门？", "市区 24 小时内上门。"), ("郊区多久上门？", "郊区 48 小时内上门。")),
        (("预付费多久恢复？", "5 分钟内恢复。"), ("后付费多久恢复？", "30 分钟内恢复。")),
        (("X1 多少钱？", "X1 售价 2,999 元。"), ("X1 Pro 多少钱？", "X1 Pro 售价 4,599 元。")),
        (("7 天可以退吗？", "签收 7 天内可以退。"), ("15 天可以换吗？", "签收 15 天内可以换。")),
        (("停车费怎么收？", "停车费每小时 8 元。"), ("停车费怎么收？", "停车费每天封顶 60 元。")),
        (("地址能改吗？", "发货前支持修改地址。"), ("地址能改吗？", "发货后不支持修改地址。")),
        (("送多少积分？", "例如花 10 元送 10 分。"), ("送多少积分？", "例如花 20 元送 20 分。")),
    ],
)  # fmt: skip
def test_entries_for_two_cases_do_not_conflict(
    first: tuple[str, str], second: tuple[str, str]
) -> None:
    assert values(entry("ent_1", *first), entry("ent_2", *second)) == []


def test_yes_and_no_conflict() -> None:
    yes = entry("ent_1", "可以货到付款吗？", "支持货到付款。")
    no = entry("ent_2", "能不能货到付款？", "暂不支持货到付款。")
    assert values(yes, no) == [("支持货到付款", "暂不支持货到付款")]


def test_free_and_charged_conflict() -> None:
    free = entry("ent_1", "上门安装收费吗？", "上门安装免费。")
    charged = entry("ent_2", "上门安装要钱吗？", "上门安装费 50 元。")
    assert values(free, charged) == [("上门安装免费", "上门安装费 50 元")]


def test_an_entry_that_only_says_more_does_not_conflict() -> None:
    short = entry("ent_1", "包裹几天送达？", "发货后 1–3 天送达。")
    long = entry("ent_2", "包裹几天送达？", "发货后 1–3 天送达，偏远地区发货后 5–8 天送达。")
    assert values(short, long) == []


def test_entries_that_never_hold_together_do_not_conflict() -> None:
    old = replace(FEE, effective_to=NOW + timedelta(days=1))
    new = replace(REISSUE, effective_from=NOW + timedelta(days=2))
    assert values(old, new) == []
    assert values(replace(old, effective_to=NOW + timedelta(days=2)), new) == [("10 元", "20 元")]


@pytest.mark.parametrize("status", ["draft", "retired"])
def test_only_live_entries_conflict(status: str) -> None:
    assert values(FEE, replace(REISSUE, status=status)) == []  # type: ignore[arg-type]
    assert values(FEE, replace(REISSUE, effective_to=NOW - timedelta(days=1))) == []


def test_answers_of_two_channels_or_languages_are_not_compared() -> None:
    asked, told = "补卡工本费是多少？", "补卡工本费 20 元。"
    assert values(FEE, entry("ent_2", asked, Answer(text=told, channel="app"))) == []
    assert values(FEE, entry("ent_2", asked, Answer(text=told, language="en"))) == []
    assert values(FEE, entry("ent_2", asked, Answer(text=told))) == [("10 元", "20 元")]


def test_conflicts_are_picked_by_entry() -> None:
    found = find_conflicts([FEE, REISSUE], all_near([FEE, REISSUE]), at=NOW)
    assert conflicts_touching(found, {"ent_2", "ent_9"}) == found
    assert conflicts_touching(found, {"ent_9"}) == ()


def test_entries_out_of_reach_of_each_other_are_not_compared() -> None:
    assert find_conflicts([FEE, REISSUE], lambda: iter(()), at=NOW) == ()


def test_the_seed_holds_one_contradiction() -> None:
    lines = [
        json.loads(line)
        for path in sorted((ROOT / "knowledge_seed").glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    entries = [
        entry(
            line["id"],
            line["question"],
            *(Answer(**answer) for answer in line["answers"]),
            category=tuple(line["category"]),
            similar_questions=tuple(line["similar_questions"]),
            tags=tuple(line["tags"]),
        )
        for line in lines
    ]
    tags = {e.id: frozenset(e.tags) for e in entries}

    def near() -> Iterator[tuple[str, str]]:
        return (pair for pair in all_near(entries)() if tags[pair[0]] & tags[pair[1]])

    found = find_conflicts(entries, near, at=NOW)
    assert [{side.entry_id for side in c.sides} for c in found] == [
        {"ent_seed_s052", "ent_seed_h007"}
    ]


@pytest.mark.parametrize(("set_name", "recall"), [("seen", 0.9), ("held-out", 0.6)])
def test_the_written_pairs_are_judged_well(set_name: str, recall: float) -> None:
    lines = PAIRS.read_text(encoding="utf-8").splitlines()[1:]
    rows = [row for row in (line.split("\t") for line in lines) if row[0] == set_name]
    judged = [
        (row[1] == "yes", bool(values(entry("ent_1", *row[2:4]), entry("ent_2", *row[4:6]))))
        for row in rows
    ]
    right = sum(expected and found for expected, found in judged)
    assert right / sum(found for _, found in judged) >= 0.95
    assert right / sum(expected for expected, _ in judged) >= recall


def unit(*rows: Sequence[float]) -> Floats:
    given = np.array(rows, dtype=np.float32)
    lengths = np.linalg.norm(given, axis=1, keepdims=True)
    return np.asarray(given / lengths, dtype=np.float32)


def test_near_entries_are_paired_once_by_all_their_phrasings() -> None:
    rows = unit([1, 0, 0], [0.9, 0.1, 0], [0.95, 0, 0.1], [0, 0, 1])
    near = near_by_vectors(["a", "b", "c"], np.array([0, 0, 1, 2]), rows)
    assert list(near()) == [("a", "b")]


def test_one_entry_or_none_has_no_neighbours() -> None:
    assert list(near_by_vectors(["a"], np.array([0]), unit([1, 0]))()) == []
    assert list(near_by_vectors([], np.array([], dtype=int), np.zeros((0, 2), np.float32))()) == []
