"""``assist serve``: the HTTP API, until it is told to stop."""

import signal
import socket
from pathlib import Path
from types import FrameType
from typing import Annotated

import anyio
import structlog
import typer
import uvicorn
from anyio import to_thread
from anyio.abc import TaskStatus

from assist.api.app import create_app
from assist.cli.options import Data, settings_of
from assist.cli.output import note, say
from assist.errors import FileInvalid
from assist.settings import Settings
from assist.store.database import FILE
from assist.upkeep import KEY_FILE
from assist.wiring import Rules

_AFTER_THE_LAST_DRAFT_S = 5

log = structlog.get_logger()


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port; 0 for any.")] = None,
    data: Data = None,
) -> None:
    """Serve the HTTP API; the first start fills an empty data folder and makes an admin key."""
    settings = settings_of(data, host=host, port=port)
    anyio.run(_serve, settings)


async def _serve(settings: Settings) -> None:
    listener = _listener(settings.host, settings.port)
    key_file = settings.data / KEY_FILE
    had_key = key_file.exists()
    if not (settings.data / FILE).exists():
        note("first start: loading the knowledge base, which takes some seconds")
    app = create_app(settings)
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            # Opened here and not by uvicorn, so that a failure is ours to name.
            lifespan="off",
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=int(settings.llm_timeout_s) + _AFTER_THE_LAST_DRAFT_S,
        )
    )
    try:
        async with app.router.lifespan_context(app), anyio.create_task_group() as tasks:
            _stop_on_signals(server)
            await tasks.start(_reload_on_hangup, app.state.assistant.rules)
            address = _address(listener)
            if key_file.exists() and not had_key:
                _introduce(key_file, address)
            note(f"serving on {address}")
            await server.serve(sockets=[listener])
            tasks.cancel_scope.cancel()
    except BaseExceptionGroup as group:
        raise _first(group) from group


def _stop_on_signals(server: uvicorn.Server) -> None:
    """Make a signal end the service in order, also in the moment before uvicorn listens to it.

    uvicorn raises the signal again when all is closed; to have stopped as told is a success.
    """

    def stop(number: int, frame: FrameType | None) -> None:
        server.should_exit = True

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)


async def _reload_on_hangup(
    rules: Rules, *, task_status: TaskStatus[None] = anyio.TASK_STATUS_IGNORED
) -> None:
    """Read the rules again whenever the process is sent SIGHUP; wrong ones change nothing."""
    with anyio.open_signal_receiver(signal.SIGHUP) as signals:
        task_status.started()
        async for _ in signals:
            try:
                rulebook = await to_thread.run_sync(rules.reload)
            except FileInvalid as error:
                log.error("rules_not_reloaded", reason=error.message)
            else:
                log.info("rules_reloaded", rules=rulebook.version)


def _listener(host: str, port: int) -> socket.socket:
    """Return the open port, before anything costly is done. Raises OSError naming the address."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise OSError(error.errno, f"cannot listen on {host}:{port}: {error.strerror}") from error


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _introduce(key_file: Path, address: str) -> None:
    secret = key_file.read_text(encoding="utf-8").strip()
    say(f"admin key (also in {key_file}): {secret}")
    say("try:")
    say(
        f"  curl -s {address}/v1/drafts -H 'Authorization: Bearer {secret}' "
        "-H 'Content-Type: application/json' -d '{\"question\":\"手机没信号怎么办\"}'"
    )


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """Return the first error in a group that a task group made of it."""
    first = group.exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first
