import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import assist
from assist.settings import Settings

SOURCE = str(Path(assist.__file__).parents[1])


@contextmanager
def serving(data: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    environment = {**os.environ, "PYTHONPATH": SOURCE, "ASSIST_SEED": "none"}  # noqa: TID251
    with subprocess.Popen(
        [sys.executable, "-m", "assist", "serve", "--data", str(data), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=environment,
        cwd=data,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def address_of(process: subprocess.Popen[str]) -> str:
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("serving on "):
            return line.split()[-1]
    raise AssertionError("the server stopped before it served")


def test_it_serves_until_it_is_told_to_stop_and_that_is_a_success(seeded: Path) -> None:
    with serving(seeded, "--port", "0") as process:
        with urllib.request.urlopen(f"{address_of(process)}/readyz", timeout=10) as answer:
            assert answer.status == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0


def test_the_first_start_shows_the_admin_key_in_a_line_that_works_when_pasted(fresh: Path) -> None:
    with serving(fresh, "--port", "0") as process:
        address = address_of(process)
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(3)]
        secret = (fresh / "admin.key").read_text(encoding="utf-8").strip()
        assert secret in lines[0]
        words = shlex.split(lines[2])
        assert words[:3] == ["curl", "-s", f"{address}/v1/drafts"]
        headers = dict(words[at + 1].split(": ") for at in range(3, 7, 2))
        body = words[words.index("-d") + 1].encode()
        asked = urllib.request.Request(words[2], data=body, headers=headers)
        with urllib.request.urlopen(asked, timeout=10) as answer:
            assert answer.status == 201


def test_a_later_start_shows_no_key(seeded: Path) -> None:
    with serving(seeded, "--port", "0") as process:
        address_of(process)
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=20)
    assert (process.returncode, out) == (0, "")


def test_a_taken_port_is_one_line_and_exit_code_3(fresh: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        with serving(fresh, "--port", port) as process:
            _, errors = process.communicate(timeout=20)
    assert process.returncode == 3
    assert errors.count("\n") == 1
    assert f"127.0.0.1:{port}" in errors


def test_a_data_folder_that_cannot_be_used_is_named_without_a_traceback(fresh: Path) -> None:
    blocked = fresh / "file"
    blocked.touch()
    with serving(fresh, "--port", "0", "--data", str(blocked)) as process:
        _, errors = process.communicate(timeout=20)
    assert process.returncode == 3
    assert "Traceback" not in errors
    assert str(blocked) in errors


def test_a_hangup_reads_the_rules_again_and_wrong_ones_change_nothing(seeded: Path) -> None:
    rules = Path(shutil.copytree(Settings().rules, seeded / "own-rules"))
    (seeded / "assist.toml").write_text(f'rules = "{rules}"\n', encoding="utf-8")
    with serving(seeded, "--port", "0") as process:
        address = address_of(process)
        hang_up(process, until="rules_reloaded")
        (rules / "routing.yaml").write_text("levels: [", encoding="utf-8")
        hang_up(process, until="rules_not_reloaded")
        with urllib.request.urlopen(f"{address}/readyz", timeout=10) as answer:
            assert answer.status == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0


def hang_up(process: subprocess.Popen[str], *, until: str) -> None:
    process.send_signal(signal.SIGHUP)
    assert process.stderr is not None
    assert any(until in line for line in process.stderr)
