"""/v1/knowledge/conflicts and /gaps, and a draft that touches a conflict."""

from collections.abc import Callable

import httpx2

Headers = dict[str, str]


async def test_the_entries_that_disagree_are_listed_with_both_values(
    client: httpx2.AsyncClient, admin: Headers
) -> None:
    items = (await client.get("/v1/knowledge/conflicts", headers=admin)).json()["items"]
    sides = {(side["entry_id"], side["value"]) for conflict in items for side in conflict["sides"]}
    assert {entry_id for entry_id, _ in sides} == {"ent_seed_s052", "ent_seed_h007"}
    assert any("10" in value for _, value in sides)
    assert any("20" in value for _, value in sides)


async def test_a_draft_that_states_a_disputed_fact_names_both_sources_and_is_reviewed(
    client: httpx2.AsyncClient, agent: Headers
) -> None:
    body = {"question": "SIM卡丢了，补卡要交多少工本费"}
    draft = (await client.post("/v1/drafts", headers=agent, json=body)).json()
    assert len(draft["conflicts"]) == 1
    assert any(finding["check"] == "conflict" for finding in draft["findings"])
    assert draft["review"]["required"] is True


async def test_questions_that_found_nothing_are_gathered_into_gaps(
    client: httpx2.AsyncClient, key: Callable[..., Headers]
) -> None:
    agent, supervisor = key("agent"), key("supervisor")
    for question in ("红烧肉怎么做", "红烧肉要怎么做呢", "今天天气怎么样"):
        await client.post("/v1/drafts", headers=agent, json={"question": question})
    assert (await client.get("/v1/knowledge/gaps", headers=agent)).status_code == 403
    gaps = (await client.get("/v1/knowledge/gaps", headers=supervisor)).json()["items"]
    assert [gap["count"] for gap in gaps] == [2, 1]
    assert "红烧肉" in gaps[0]["question"]
