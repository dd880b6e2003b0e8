"""A build in a process of its own."""

import subprocess
import sys
from pathlib import Path
from subprocess import PIPE

import pytest

from assist.errors import StoreUnusable
from assist.publish.apart import BUILDER, BuildApart, Order
from assist.publish.publisher import quiet


async def test_a_failure_there_is_the_same_error_here(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.touch()
    build = BuildApart({"data": path})
    with pytest.raises(StoreUnusable, match="file"):
        await build(through_seq=0, full=False, progress=quiet)


def test_the_process_ends_when_nobody_waits_for_it_any_more(tmp_path: Path) -> None:
    order = Order(settings={"data": str(tmp_path)}, through_seq=0, full=False)
    with subprocess.Popen([sys.executable, "-m", BUILDER], stdin=PIPE, stdout=PIPE) as process:
        assert process.stdin is not None
        process.stdin.write(order.model_dump_json().encode() + b"\n")
        process.stdin.close()
        assert process.wait(timeout=60) == 1
