"""What holds on every route."""

from collections.abc import Callable

import httpx2
import pytest

Headers = dict[str, str]


@pytest.mark.parametrize("authorization", [None, "Bearer", "Bearer wrong", "Basic YTpi"])
async def test_without_a_good_key_there_is_nothing(
    client: httpx2.AsyncClient, authorization: str | None
) -> None:
    headers = {"Authorization": authorization} if authorization else {}
    for path in ("/v1/drafts", "/v1/keys", "/v1/audit"):
        answer = await client.get(path, headers=headers)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"
        assert answer.json()["code"] == "key_refused"


async def test_only_an_admin_reaches_keys_audit_and_reload(
    client: httpx2.AsyncClient, key: Callable[..., Headers]
) -> None:
    for role in ("agent", "supervisor"):
        headers = key(role)
        assert (await client.get("/v1/keys", headers=headers)).status_code == 403
        assert (await client.get("/v1/audit", headers=headers)).status_code == 403
        assert (await client.post("/v1/reload", headers=headers)).status_code == 403


async def test_a_new_key_works_and_a_revoked_one_does_not(
    client: httpx2.AsyncClient, admin: Headers
) -> None:
    answer = await client.post("/v1/keys", headers=admin, json={"name": "web", "role": "agent"})
    assert answer.status_code == 201
    made = answer.json()
    headers = {"Authorization": f"Bearer {made['secret']}"}
    assert (await client.get("/v1/drafts", headers=headers)).status_code == 200
    listed = (await client.get("/v1/keys", headers=admin)).json()["items"]
    assert all(key["secret"] is None for key in listed)
    assert (await client.delete(f"/v1/keys/{made['id']}", headers=admin)).status_code == 204
    assert (await client.get("/v1/drafts", headers=headers)).status_code == 401
    assert (await client.delete("/v1/keys/key_none", headers=admin)).status_code == 404


async def test_health_is_open_and_ready(client: httpx2.AsyncClient) -> None:
    assert (await client.get("/healthz")).json() == {"status": "ok"}
    ready = await client.get("/readyz")
    assert ready.status_code == 200
    assert ready.json()["release"].startswith("rel_")
    assert "assist_drafts" in (await client.get("/metrics")).text


async def test_the_callers_request_id_comes_back_and_a_bad_one_is_replaced(
    client: httpx2.AsyncClient,
) -> None:
    kept = await client.get("/healthz", headers={"X-Request-ID": "abc-1"})
    replaced = await client.get("/healthz", headers={"X-Request-ID": "a b"})
    assert kept.headers["X-Request-ID"] == "abc-1"
    assert replaced.headers["X-Request-ID"].startswith("req_")


async def test_unknown_routes_and_methods_are_problems_too(client: httpx2.AsyncClient) -> None:
    for answer, status in (
        (await client.get("/nothing"), 404),
        (await client.put("/healthz"), 405),
    ):
        assert answer.status_code == status
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["request_id"] == answer.headers["X-Request-ID"]


async def test_a_body_of_another_type_or_size_is_refused(
    client: httpx2.AsyncClient, agent: Headers
) -> None:
    form = await client.post("/v1/search", headers=agent, data={"query": "x"})
    large = await client.post("/v1/search", headers=agent, json={"query": "x" * (1 << 20)})
    broken = await client.post(
        "/v1/search",
        headers=agent | {"Content-Type": "application/json"},
        content=b'{"query": "\xff"}',
    )
    assert [form.status_code, large.status_code, broken.status_code] == [415, 413, 400]
