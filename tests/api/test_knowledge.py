"""/v1/knowledge: entries, files, releases and jobs, over the whole application."""

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest

from assist.store.database import open_database
from assist.store.entries import EntryStore

Headers = dict[str, str]
ENTRIES = "/v1/knowledge/entries"
RELEASES = "/v1/knowledge/releases"
BODY: dict[str, object] = {
    "question": "量子路由器怎么重启",
    "answers": [{"channel": None, "text": "拔电源十秒再插上。"}],
}


async def found(client: httpx2.AsyncClient, headers: Headers, query: str) -> list[str]:
    answer = await client.post("/v1/search", headers=headers, json={"query": query})
    return [hit["entry_id"] for hit in answer.json()["hits"]]


async def ended(client: httpx2.AsyncClient, headers: Headers, path: str) -> dict[str, Any]:
    async with asyncio.timeout(60):
        while True:
            job = (await client.get(path, headers=headers)).json()
            if job["status"] in {"done", "failed"}:
                return dict(job)
            await asyncio.sleep(0.05)


def upload(*rows: dict[str, object], name: str = "sheet.jsonl") -> dict[str, Any]:
    return {"file": (name, "\n".join(map(json.dumps, rows)).encode())}


# -- entries -------------------------------------------------------------------------------------


async def test_an_entry_lives_from_its_creation_to_its_deletion(
    client: httpx2.AsyncClient, admin: Headers
) -> None:
    made = await client.post(ENTRIES, headers=admin, json=BODY)
    assert made.status_code == 201
    entry = made.json()
    path = f"{ENTRIES}/{entry['id']}"
    assert (made.headers["Location"], made.headers["ETag"]) == (path, '"1"')
    assert (entry["status"], entry["version"]) == ("published", 1)
    assert (await found(client, admin, "量子路由器重启"))[0] == entry["id"]

    # What was read can be sent back, with its version and times in it.
    changed = await client.put(
        path, headers=admin | {"If-Match": '"1"'}, json=entry | {"question": "龙虾怎么清蒸"}
    )
    assert (changed.status_code, changed.headers["ETag"]) == (200, '"2"')
    assert changed.json()["created_at"] == entry["created_at"]
    assert (await found(client, admin, "龙虾怎么清蒸"))[0] == entry["id"]
    assert (await client.get(path, headers=admin)).json() == changed.json()

    gone = await client.delete(path, headers=admin | {"If-Match": '"2"'})
    assert (gone.status_code, gone.content) == (204, b"")
    assert (await client.get(path, headers=admin)).status_code == 404
    assert entry["id"] not in await found(client, admin, "龙虾怎么清蒸")
    kept = (await client.get(f"{path}/versions", headers=admin)).json()["items"]
    assert [one["question"] for one in kept] == ["量子路由器怎么重启", "龙虾怎么清蒸"]


async def test_a_change_needs_the_version_that_was_seen(
    client: httpx2.AsyncClient, admin: Headers
) -> None:
    entry = (await client.post(ENTRIES, headers=admin, json=BODY)).json()
    path = f"{ENTRIES}/{entry['id']}"
    for if_match, status in ((None, 422), ("1", 422), ("*", 422), ('"7"', 412)):
        headers = admin | ({"If-Match": if_match} if if_match else {})
        for answer in (
            await client.put(path, headers=headers, json=BODY),
            await client.delete(path, headers=headers),
        ):
            assert answer.status_code == status
            assert status == 412 or "If-Match" in answer.json()["detail"]
    assert (await client.get(path, headers=admin)).json() == entry


async def test_a_wrong_entry_is_refused_by_the_rules_of_a_sheet(
    client: httpx2.AsyncClient, admin: Headers
) -> None:
    async def refused(**wrong: object) -> tuple[int, str]:
        answer = await client.post(ENTRIES, headers=admin, json=BODY | wrong)
        return answer.status_code, answer.text

    for wrong, named in (
        ({"question": ""}, "body.question"),
        ({"answers": []}, "body.answers"),
        ({"colour": "red"}, "body.colour"),
        ({"status": "gone"}, "body.status"),
        ({"id": "../etc"}, "body.id"),
        ({"category": ["a", "b", "c", "d"]}, "body.category"),
        ({"effective_from": "someday"}, "effective_from"),
        ({"effective_from": "2026-02-02", "effective_to": "2026-01-01"}, "effective_to"),
    ):
        status, text = await refused(**wrong)
        assert status == 422
        assert named in text
    made = await client.post(ENTRIES, headers=admin, json=BODY | {"id": "ent_mine"})
    again = await client.post(ENTRIES, headers=admin, json=BODY | {"id": "ent_mine"})
    assert (made.status_code, again.status_code) == (201, 409)
    other = await client.put(
        f"{ENTRIES}/ent_seed_p003", headers=admin | {"If-Match": '"1"'}, json=made.json()
    )
    assert other.status_code == 422


async def test_entries_are_listed_by_filter_and_page(
    client: httpx2.AsyncClient, admin: Headers
) -> None:
    for n, status in enumerate(("draft", "retired", "draft")):
        body = BODY | {"id": f"ent_{n}", "status": status, "category": ["甲", "乙"]}
        await client.post(ENTRIES, headers=admin, json=body)

    async def listed(**query: object) -> tuple[list[str], str | None]:
        answer = await client.get(ENTRIES, headers=admin, params=query)  # type: ignore[arg-type]
        page = answer.json()
        return [entry["id"] for entry in page["items"]], page["next_cursor"]

    assert await listed(status="draft") == (["ent_0", "ent_2"], None)
    assert (await listed(category="乙"))[0] == ["ent_0", "ent_1", "ent_2"]
    assert (await listed(text="量子 重启"))[0] == ["ent_0", "ent_1", "ent_2"]
    first, cursor = await listed(category="乙", limit=2)
    assert first == ["ent_0", "ent_1"]
    assert await listed(category="乙", limit=2, cursor=cursor) == (["ent_2"], None)


async def test_what_is_due_for_review_is_listed_by_its_day(
    client: httpx2.AsyncClient, admin: Headers
) -> None:
    today = datetime.now(UTC).date()
    for id, days in (("ent_far", 90), ("ent_near", 3), ("ent_over", -400)):
        day = (today + timedelta(days=days)).isoformat()
        await client.post(ENTRIES, headers=admin, json=BODY | {"id": id, "review_by": day})

    async def due(**query: int | str) -> list[str]:
        answer = await client.get("/v1/knowledge/review-due", headers=admin, params=query)
        mine = ("ent_far", "ent_near", "ent_over")
        return [one["id"] for one in answer.json()["items"] if one["id"] in mine]

    assert await due(days=10, limit=200) == ["ent_over", "ent_near"]
    assert await due(days=100, limit=200) == ["ent_over", "ent_near", "ent_far"]
    assert await due(limit=1) == ["ent_over"]


async def test_who_may_read_and_who_may_write(
    client: httpx2.AsyncClient, key: Callable[..., Headers]
) -> None:
    agent, supervisor = key("agent"), key("supervisor")
    read = [ENTRIES, f"{ENTRIES}/ent_seed_p003", f"{ENTRIES}/ent_seed_p003/versions"]
    watched = [RELEASES, "/v1/knowledge/export", "/v1/knowledge/review-due", "/v1/jobs/job_none"]
    for path in read:
        assert (await client.get(path, headers=agent)).status_code == 200
    for path in watched:
        assert (await client.get(path, headers=agent)).status_code == 403
        assert (await client.get(path, headers=supervisor)).status_code in {200, 404}
    for headers in (agent, supervisor):
        for answer in (
            await client.post(ENTRIES, headers=headers, json=BODY),
            await client.put(read[1], headers=headers | {"If-Match": '"1"'}, json=BODY),
            await client.delete(read[1], headers=headers | {"If-Match": '"1"'}),
            await client.post("/v1/knowledge/import", headers=headers, files=upload()),
            await client.post(RELEASES, headers=headers),
            await client.post(f"{RELEASES}/rel_none/activate", headers=headers),
            await client.post("/v1/jobs/job_none/cancel", headers=headers),
        ):
            assert answer.status_code == 403


async def test_a_change_by_another_process_is_found_within_a_second(
    client: httpx2.AsyncClient, admin: Headers, seeded: Path
) -> None:
    entry = (await client.post(ENTRIES, headers=admin, json=BODY)).json()
    with open_database(seeded) as database:
        EntryStore(database).delete(entry["id"], expected=None, actor="cli")
    async with asyncio.timeout(1):
        while True:
            if entry["id"] not in await found(client, admin, "量子路由器重启"):
                return
            await asyncio.sleep(0.02)


# -- files ---------------------------------------------------------------------------------------


async def test_a_dry_run_reports_each_row_and_changes_nothing(
    client: httpx2.AsyncClient, admin: Headers
) -> None:
    answer = await client.post(
        "/v1/knowledge/import",
        headers=admin,
        data={"dry_run": "true", "mode": "replace"},
        files=upload({"id": "ent_a"} | BODY),
    )
    assert answer.status_code == 200
    report = answer.json()
    assert [(row["line"], row["status"], row["id"]) for row in report["rows"]] == [
        (1, "ok", "ent_a")
    ]
    assert "ent_seed_p003" in report["removed"]
    assert (await client.get(f"{ENTRIES}/ent_a", headers=admin)).status_code == 404
    assert (await client.get(f"{ENTRIES}/ent_seed_p003", headers=admin)).status_code == 200


async def test_an_import_is_a_job_and_what_it_brings_is_found(
    client: httpx2.AsyncClient, admin: Headers, seeded: Path
) -> None:
    answer = await client.post(
        "/v1/knowledge/import",
        headers=admin,
        files=upload({"id": "ent_a"} | BODY, {"question": ""}, name="../../my sheet.JSONL"),
    )
    assert answer.status_code == 202
    assert answer.headers["Location"] == f"/v1/jobs/{answer.json()['id']}"
    job = await ended(client, admin, answer.headers["Location"])
    assert (job["kind"], job["status"]) == ("import", "done")
    assert (job["result"]["saved"], job["result"]["failed"]) == (1, 1)
    assert job["result"]["rows"][0]["line"] == 2
    assert (await found(client, admin, "量子路由器重启"))[0] == "ent_a"
    assert list((seeded / "uploads").iterdir()) == []


async def test_a_file_that_cannot_be_taken_is_refused(
    client: httpx2.AsyncClient, admin: Headers
) -> None:
    async def status(**request: Any) -> int:
        answer = await client.post("/v1/knowledge/import", headers=admin, **request)
        assert answer.headers["Content-Type"] == "application/problem+json"
        return answer.status_code

    assert await status(files=upload(name="tool.exe")) == 415
    assert await status(files=upload(name="")) == 422
    assert await status(data={"mode": "append"}) == 422
    assert await status(files=upload(), data={"mode": "merge"}) == 422
    assert await status(files=upload(name="a.xlsx"), data={"dry_run": "true"}) == 422


@pytest.mark.parametrize("format", ["jsonl", "csv", "xlsx"])
async def test_an_export_can_be_imported_again(
    client: httpx2.AsyncClient, admin: Headers, format: str
) -> None:
    await client.post(ENTRIES, headers=admin, json=BODY | {"id": "ent_a", "status": "draft"})
    answer = await client.get("/v1/knowledge/export", headers=admin, params={"format": format})
    assert f"knowledge.{format}" in answer.headers["Content-Disposition"]
    report = await client.post(
        "/v1/knowledge/import",
        headers=admin,
        data={"dry_run": "true", "mode": "replace"},
        files={"file": (f"knowledge.{format}", answer.content)},
    )
    counted = report.json()
    assert (counted["ok"], counted["failed"], counted["removed"]) == (0, 0, [])
    assert counted["skipped"] > 200


# -- releases ------------------------------------------------------------------------------------


async def test_a_release_is_built_once_beside_and_can_be_rolled_back(
    client: httpx2.AsyncClient, admin: Headers, seeded: Path
) -> None:
    async def releases() -> dict[str, Any]:
        return dict((await client.get(RELEASES, headers=admin)).json())

    old = (await releases())["items"][0]["id"]
    await client.post(ENTRIES, headers=admin, json=BODY | {"id": "ent_a"})
    answers = await asyncio.gather(
        *(client.post(RELEASES, headers=admin, json={"full": False}) for _ in range(5))
    )
    assert {answer.status_code for answer in answers} == {202}
    (location,) = {answer.headers["Location"] for answer in answers}
    assert (await client.get("/readyz")).json()["release"] == old
    job = await ended(client, admin, location)
    assert (job["status"], job["error"]) == ("done", None)
    now = await releases()
    assert [(one["id"], one["active"]) for one in now["items"]] == [
        (job["result"]["id"], True),
        (old, False),
    ]
    assert (job["result"]["embedded"], job["done"] > 0) == (0, True)

    back = await client.post(f"{RELEASES}/{old}/activate", headers=admin)
    assert (back.status_code, back.json()["active"]) == (200, True)
    assert "ent_a" not in await found(client, admin, "量子路由器重启")
    assert (await releases())["unpublished"] == {"count": 1, "ids": ["ent_a"]}
    unknown = await client.post(f"{RELEASES}/rel_none/activate", headers=admin)
    assert unknown.status_code == 404


async def test_a_job_can_be_cancelled(client: httpx2.AsyncClient, admin: Headers) -> None:
    begun = await client.post(RELEASES, headers=admin)
    path = begun.headers["Location"]
    cancelled = await client.post(f"{path}/cancel", headers=admin)
    assert (cancelled.status_code, cancelled.json()["status"]) == (200, "failed")
    assert "cancelled" in cancelled.json()["error"]
    assert (await client.get("/v1/jobs/job_none", headers=admin)).status_code == 404
    assert (await client.post("/v1/jobs/job_none/cancel", headers=admin)).status_code == 404
