"""/v1/drafts, over the whole application."""

import asyncio
import json
from collections.abc import Callable

import httpx2
import pytest

Headers = dict[str, str]
QUESTION = "畅享129套餐里有多少流量"


async def made(client: httpx2.AsyncClient, headers: Headers, **body: object) -> dict[str, object]:
    answer = await client.post("/v1/drafts", headers=headers, json={"question": QUESTION} | body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def test_a_draft_answers_from_the_right_entry_and_cites_it(
    client: httpx2.AsyncClient, agent: Headers
) -> None:
    answer = await client.post("/v1/drafts", headers=agent, json={"question": QUESTION})
    draft = answer.json()
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/v1/drafts/{draft['id']}"
    assert answer.headers["ETag"] == '"1"'
    assert draft["decision"] == "answer"
    assert "60GB" in draft["text"]
    assert draft["citations"][0]["entry_id"] == "ent_seed_p003"
    assert draft["status"] == "pending"
    assert draft["provenance"]["llm"] == "extractive"


async def test_an_off_topic_question_abstains_and_cites_nothing(
    client: httpx2.AsyncClient, agent: Headers
) -> None:
    draft = await made(client, agent, question="红烧肉怎么做才好吃")
    assert draft["decision"] == "abstain"
    assert draft["citations"] == []


async def test_the_stream_tells_start_sentences_and_the_draft_that_is_stored(
    client: httpx2.AsyncClient, agent: Headers
) -> None:
    headers = agent | {"Accept": "text/event-stream"}
    answer = await client.post("/v1/drafts", headers=headers, json={"question": QUESTION})
    assert answer.headers["Content-Type"].startswith("text/event-stream")
    events = [
        (lines[0].removeprefix("event: "), json.loads(lines[1].removeprefix("data: ")))
        for lines in (block.split("\n") for block in answer.text.strip().split("\n\n"))
        if not lines[0].startswith(":")
    ]
    names = [name for name, _ in events]
    assert names[0] == "start"
    assert names[-1] == "draft"
    assert set(names[1:-1]) == {"sentence"}
    assert events[0][1]["text"] == ""
    draft = events[-1][1]
    said = [payload["text"] for name, payload in events if name == "sentence"]
    assert said == [sentence["text"] for sentence in draft["sentences"]]
    stored = await client.get(f"/v1/drafts/{draft['id']}", headers=agent)
    assert stored.json() == draft


async def test_a_draft_is_accepted_once(client: httpx2.AsyncClient, agent: Headers) -> None:
    draft = await made(client, agent)
    path = f"/v1/drafts/{draft['id']}/outcome"
    decided = await client.post(
        path, headers=agent | {"If-Match": '"1"'}, json={"action": "accepted"}
    )
    assert decided.status_code == 200
    assert decided.json()["status"] == "accepted"
    assert decided.json()["outcome"]["edit_distance"] == 0
    again = await client.post(path, headers=agent, json={"action": "rejected", "version": 2})
    assert again.status_code == 409
    events = await client.get(f"/v1/drafts/{draft['id']}/events", headers=agent)
    assert [event["action"] for event in events.json()] == ["accepted"]


async def test_of_many_reviewers_at_once_one_decides(
    client: httpx2.AsyncClient, agent: Headers
) -> None:
    draft = await made(client, agent)
    answers = await asyncio.gather(
        *(
            client.post(
                f"/v1/drafts/{draft['id']}/outcome",
                headers=agent,
                json={"action": action, "version": 1},
            )
            for action in ["accepted", "rejected"] * 5
        )
    )
    statuses = [answer.status_code for answer in answers]
    assert statuses.count(200) == 1
    assert set(statuses) <= {200, 409, 412}


async def test_a_final_text_that_is_blocked_decides_nothing(
    client: httpx2.AsyncClient, agent: Headers
) -> None:
    draft = await made(client, agent)
    answer = await client.post(
        f"/v1/drafts/{draft['id']}/outcome",
        headers=agent,
        json={"action": "edited", "final_text": "您加我私人微信 13800138000 办理。", "version": 1},
    )
    assert answer.status_code == 422
    assert answer.json()["code"] == "blocked_text"
    unchanged = await client.get(f"/v1/drafts/{draft['id']}", headers=agent)
    assert unchanged.json()["status"] == "pending"


async def test_a_decision_without_a_version_is_refused(
    client: httpx2.AsyncClient, agent: Headers
) -> None:
    draft = await made(client, agent)
    answer = await client.post(
        f"/v1/drafts/{draft['id']}/outcome", headers=agent, json={"action": "accepted"}
    )
    assert answer.status_code == 422


async def test_regenerating_supersedes_the_old_draft(
    client: httpx2.AsyncClient, agent: Headers
) -> None:
    old = await made(client, agent)
    answer = await client.post(
        f"/v1/drafts/{old['id']}/regenerate", headers=agent, json={"instruction": "短一点"}
    )
    assert answer.status_code == 201
    assert answer.json()["id"] != old["id"]
    superseded = await client.get(f"/v1/drafts/{old['id']}", headers=agent)
    assert superseded.json()["status"] == "superseded"


async def test_an_agent_does_not_see_anothers_draft(
    client: httpx2.AsyncClient, key: Callable[..., Headers]
) -> None:
    draft = await made(client, key("agent"))
    path = f"/v1/drafts/{draft['id']}"
    other = key("agent")
    assert (await client.get(path, headers=other)).status_code == 404
    assert (await client.get("/v1/drafts", headers=other)).json()["items"] == []
    assert (await client.get(path, headers=key("supervisor"))).status_code == 200


async def test_a_console_acts_for_the_person_it_names(
    client: httpx2.AsyncClient, key: Callable[..., Headers]
) -> None:
    draft = await made(client, key("agent", acting_for="amy"))
    assert draft["created_by"] == "amy"
    plain = key("agent") | {"X-Acting-Agent": "amy"}
    assert (await client.get(f"/v1/drafts/{draft['id']}", headers=plain)).status_code == 403


async def test_a_repeated_request_is_answered_from_the_first(
    client: httpx2.AsyncClient, agent: Headers
) -> None:
    headers = agent | {"Idempotency-Key": "once"}
    first = await client.post("/v1/drafts", headers=headers, json={"question": QUESTION})
    again = await client.post("/v1/drafts", headers=headers, json={"question": QUESTION})
    other = await client.post("/v1/drafts", headers=headers, json={"question": "别的问题"})
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["Location"] == first.headers["Location"]
    assert other.status_code == 409
    listed = await client.get("/v1/drafts", headers=agent)
    assert len(listed.json()["items"]) == 1


async def test_pages_follow_one_another(client: httpx2.AsyncClient, agent: Headers) -> None:
    ids = [(await made(client, agent))["id"] for _ in range(3)]
    first = (await client.get("/v1/drafts?limit=2", headers=agent)).json()
    second = (
        await client.get(f"/v1/drafts?limit=2&cursor={first['next_cursor']}", headers=agent)
    ).json()
    assert [item["id"] for item in first["items"] + second["items"]] == ids[::-1]
    assert second["next_cursor"] is None


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"question": " \u200b\u200b "},
        {"question": "问" * 4_001},
        {"question": "问", "unknown": 1},
        {"question": "问", "top_k": "5"},
        {"question": "问", "top_k": 0},
        {"question": "问", "conversation": [{"role": "bot", "text": "x"}]},
        {"question": "问", "as_of": "yesterday"},
        {"question": "问", "llm": "openai:none/none"},
    ],
)
async def test_a_wrong_body_is_named_and_not_echoed(
    client: httpx2.AsyncClient, agent: Headers, body: dict[str, object]
) -> None:
    answer = await client.post("/v1/drafts", headers=agent, json=body)
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "yesterday" not in answer.text
