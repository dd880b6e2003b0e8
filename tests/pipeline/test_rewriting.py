"""Questions rewritten by a model behind a real endpoint on the loopback interface."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

import pytest
from structlog.testing import capture_logs

from assist.errors import SettingsInvalid
from assist.pipeline import rewriting
from assist.records import Customer, Draft, Question, Turn
from assist.settings import Settings
from assist.wiring import open_assistant

ASKED = Question(
    text="那预付费的呢",
    conversation=(
        Turn(role="customer", text="我是 13800138000，后付费欠费停机了，交完费多久恢复"),
        Turn(role="agent", text="后付费号码缴清欠费后 30 分钟内恢复。"),
    ),
    customer=Customer(tier="vip", attributes={"证件": "11010519491231002X"}),
)
REWRITTEN = "预付费卡充值后多久恢复服务"
ANSWER = "预付费号码充值后 5 分钟内恢复服务。[1]"


@dataclass
class Endpoint:
    """Speaks as an OpenAI-compatible server; rewrites with one reply and drafts with another."""

    reply: str
    status: int = 200
    silent: bool = False
    """Whether it says nothing to a rewriting until the test is over."""
    over: Event = field(default_factory=Event)
    asked: list[dict[str, str]] = field(default_factory=list)
    """What was rewritten, by role."""

    def answer(self, body: bytes) -> tuple[int, str]:
        said = {each["role"]: each["content"] for each in json.loads(body)["messages"]}
        if "检索助手" not in said["system"]:
            return 200, ANSWER
        self.asked.append(said)
        if self.silent:
            self.over.wait(30)
        return self.status, self.reply


@contextmanager
def serving(endpoint: Endpoint) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            status, text = endpoint.answer(body)
            piece = {"choices": [{"index": 0, "delta": {"content": text}, "finish_reason": "stop"}]}
            event = f"data: {json.dumps(piece)}\n\ndata: [DONE]\n\n".encode()
            try:
                self.send_response(status)
                self.send_header("content-type", "text/event-stream")
                self.send_header("content-length", str(len(event)))
                self.end_headers()
                self.wfile.write(event)
            except OSError:
                return  # The client did not wait.

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        endpoint.over.set()
        server.shutdown()
        thread.join()
        server.server_close()


async def drafted(endpoint: Endpoint, folder: Path, question: Question = ASKED) -> Draft:
    with serving(endpoint) as url:
        settings = Settings(
            data=folder, llm="openai:vllm/m", llm_base_url=url, query_rewriting="llm"
        )
        async with open_assistant(settings) as assistant:
            return await assistant.pipeline.draft(question, actor="amy")


async def test_a_follow_up_is_searched_in_the_models_words(seeded: Path) -> None:
    endpoint = Endpoint(REWRITTEN)
    draft = await drafted(endpoint, seeded)
    assert draft.search_query == REWRITTEN
    assert [citation.entry_id for citation in draft.citations] == ["ent_seed_s033"]
    assert draft.timings_ms["rewrite"] >= 0
    assert len(endpoint.asked) == 1


async def test_the_model_sees_the_conversation_fenced_and_without_personal_data(
    seeded: Path,
) -> None:
    endpoint = Endpoint(REWRITTEN)
    await drafted(endpoint, seeded)
    (said,) = endpoint.asked
    assert "客户：我是 ⟦电话1⟧，后付费欠费停机了" in said["user"]
    assert "13800138000" not in json.dumps(said)
    assert "11010519491231002X" not in json.dumps(said)
    assert said["user"].count("<<<") == said["user"].count(">>>") == 2
    assert "$" not in said["system"]


@pytest.mark.parametrize(
    "endpoint",
    [
        Endpoint("", status=200),
        Endpoint("预付费卡充值 50 元后多久恢复服务"),
        Endpoint("第一行\n第二行"),
        Endpoint(REWRITTEN, status=400),
    ],
    ids=["empty", "invented", "two lines", "refused"],
)
async def test_without_a_usable_reply_the_rules_query_is_searched(
    endpoint: Endpoint, seeded: Path
) -> None:
    with capture_logs() as logs:
        draft = await drafted(endpoint, seeded)
    assert "预付费欠费停机了，交完费多久恢复" in draft.search_query
    assert "rewrite_failed" in draft.timings_ms
    assert draft.provenance.degraded is None
    assert [log["event"] for log in logs].count("rewriting_failed") == 1
    assert "50 元" not in str(logs)


async def test_a_model_that_is_slow_is_not_waited_for(
    seeded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rewriting, "MOST_S", 0.05)
    draft = await drafted(Endpoint(REWRITTEN, silent=True), seeded)
    assert draft.search_query != REWRITTEN
    assert "rewrite_failed" in draft.timings_ms


@pytest.mark.parametrize(
    "question",
    [
        Question(text="预付费卡怎么充值"),
        Question(text="对了，电子发票怎么开", conversation=ASKED.conversation),
        Question(text="示例手机 X1 Pro 防水吗", conversation=ASKED.conversation),
    ],
    ids=["alone", "another topic", "complete"],
)
async def test_a_question_that_takes_nothing_from_the_conversation_costs_no_call(
    question: Question, seeded: Path
) -> None:
    endpoint = Endpoint(REWRITTEN)
    draft = await drafted(endpoint, seeded, question)
    assert endpoint.asked == []
    assert not {"rewrite", "rewrite_failed"} & set(draft.timings_ms)


async def test_rewriting_by_a_model_needs_a_model(tmp_path: Path) -> None:
    with pytest.raises(SettingsInvalid, match="ASSIST_QUERY_REWRITING"):
        async with open_assistant(Settings(data=tmp_path, query_rewriting="llm")):
            pass
