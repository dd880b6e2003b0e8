"""/v1/search, /v1/check, /v1/understand."""

import httpx2

Headers = dict[str, str]


async def test_search_finds_the_entry_and_explains_when_asked(
    client: httpx2.AsyncClient, agent: Headers
) -> None:
    body = {"query": "129套餐包含什么", "top_k": 3}
    plain = (await client.post("/v1/search", headers=agent, json=body)).json()
    explained = (
        await client.post("/v1/search", headers=agent, json=body | {"explain": True})
    ).json()
    assert plain["hits"][0]["entry_id"] == "ent_seed_p003"
    assert plain["sufficient"] is True
    assert len(plain["hits"]) == 3
    assert 0 <= plain["hits"][-1]["score"] <= plain["hits"][0]["score"] <= 1
    assert plain["hits"][0]["explain"] is None
    assert explained["hits"][0]["explain"]


async def test_an_expired_promotion_is_found_only_for_its_time(
    client: httpx2.AsyncClient, agent: Headers
) -> None:
    body = {"query": "双11充值活动充100送多少"}
    now = (await client.post("/v1/search", headers=agent, json=body)).json()
    then = (
        await client.post(
            "/v1/search", headers=agent, json=body | {"as_of": "2026-11-05T00:00:00Z"}
        )
    ).json()
    assert "ent_seed_p066" not in [hit["entry_id"] for hit in now["hits"]]
    assert then["hits"][0]["entry_id"] == "ent_seed_p066"


async def test_check_names_the_span_of_a_forbidden_word(
    client: httpx2.AsyncClient, agent: Headers
) -> None:
    text = "这款手机是全国第一，最近很热销。"
    answer = (await client.post("/v1/check", headers=agent, json={"text": text})).json()
    found = [f for f in answer["findings"] if f["check"] == "banned_word"]
    assert found
    assert all(text[f["start"] : f["end"]] == f["text"] for f in found)
    assert not any("最近" in f["text"] for f in found)
    assert answer["verdict"] in {"warn", "block"}


async def test_check_takes_another_list_of_words_for_one_call(
    client: httpx2.AsyncClient, agent: Headers
) -> None:
    body = {"text": "请问苹果还有吗", "banned_words": ["苹果"], "checks": ["banned_word"]}
    answer = (await client.post("/v1/check", headers=agent, json=body)).json()
    assert [f["text"] for f in answer["findings"]] == ["苹果"]


async def test_understand_sees_anger_and_a_threat(
    client: httpx2.AsyncClient, agent: Headers
) -> None:
    body = {"text": "你们太过分了！！！再不退钱我就去12315投诉，找媒体曝光你们"}
    answer = (await client.post("/v1/understand", headers=agent, json=body)).json()
    assert answer["emotion"]["polarity"] == "negative"
    assert answer["alert"]["level"] == "red"
    assert answer["escalate"]["required"] is True
