from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, get_args

import pytest

from assist.records import Leg

if TYPE_CHECKING:
    from tests.index.conftest import Desk

LEGS: tuple[Leg, ...] = get_args(Leg)
DAY = timedelta(days=1)


async def filled(desk: "Desk", *, built: bool) -> None:
    entry = desk.entry("live")
    dated = (
        entry,
        replace(entry, id="over", effective_to=desk.at - DAY),
        replace(entry, id="soon", effective_from=desk.at + DAY),
        replace(entry, id="on", effective_from=desk.at - DAY, effective_to=desk.at + DAY),
    )
    if built:
        desk.store(*dated)
        await desk.build()
    else:
        await desk.build()
        for one in dated:
            await desk.put(one)


@pytest.mark.parametrize("built", [True, False], ids=["release", "overlay"])
@pytest.mark.parametrize("leg", LEGS)
async def test_each_leg_finds_what_is_in_effect_or_else_what_is_not(
    desk: "Desk", leg: Leg, built: bool
) -> None:
    await filled(desk, built=built)
    assert set(desk.found(leg, "退货")) == {"live@1", "on@1"}
    assert set(desk.found(leg, "退货", lapsed=True)) == {"over@1", "soon@1"}


async def test_what_is_lapsed_depends_on_the_instant_asked_about(desk: "Desk") -> None:
    await filled(desk, built=True)
    before, after = desk.at - 2 * DAY, desk.at + 2 * DAY
    assert desk.found_by_any("退货", at=before, lapsed=True) == {"on@1", "soon@1"}
    assert desk.found_by_any("退货", at=after, lapsed=True) == {"over@1", "on@1"}


async def test_an_entry_holds_through_its_last_instant(desk: "Desk") -> None:
    await filled(desk, built=True)
    last, moment = desk.at + DAY, timedelta(milliseconds=1)
    for _ in range(2):
        assert desk.found_by_any("退货", at=last) == {"live@1", "on@1", "soon@1"}
        assert desk.found_by_any("退货", at=last + moment) == {"live@1", "soon@1"}
        assert desk.found_by_any("退货", at=last - moment) == {"live@1", "on@1"}


async def test_what_lapsed_is_filtered_like_the_rest(desk: "Desk") -> None:
    await filled(desk, built=True)
    assert desk.found_by_any("退货", lapsed=True, categories=("别的",)) == set()
    assert desk.found_by_any("退货", lapsed=True, categories=("退换货",)) == {"over@1", "soon@1"}


async def test_where_nothing_is_dated_nothing_is_lapsed(desk: "Desk") -> None:
    desk.store(desk.entry("a"))
    await desk.build()
    assert desk.found_by_any("退货", lapsed=True) == set()


async def test_a_term_is_counted_in_the_release_and_in_what_changed_since(desk: "Desk") -> None:
    desk.store(desk.entry("a", "怎么退货", "七天。"))
    await desk.build()
    assert desk.live.snapshot.frequency("退货") == 1
    assert desk.live.snapshot.frequency("换货") == 0
    await desk.put(desk.entry("b", "怎么换货", "可以换货。"))
    assert desk.live.snapshot.frequency("换货") == 2
