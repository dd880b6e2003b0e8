"""Ids are opaque, prefixed, and sort by the time they were made."""

import time

from assist.ids import new_id


def test_later_ids_sort_later() -> None:
    earlier = new_id("drf")
    time.sleep(0.002)
    assert earlier < new_id("drf")


def test_ids_of_one_millisecond_differ() -> None:
    assert len({new_id("drf") for _ in range(1_000)}) == 1_000


def test_an_id_names_its_kind() -> None:
    prefix, _, rest = new_id("ent").partition("_")
    assert prefix == "ent"
    assert len(rest) == 21
    assert rest.isalnum()
