"""Which process started a piece of work, and whether it still runs."""

import os
from pathlib import Path


def this_process() -> str:
    """Return a name for the running process that no later process will have."""
    pid = os.getpid()
    return f"{pid}/{_started(pid)}"


def is_running(process: str) -> bool:
    """Whether the process with this name, from ``this_process``, still runs on this machine."""
    number, _, started = process.partition("/")
    pid = int(number)
    if started:
        # Numbers are given out again, in a container at once: the start time tells them apart.
        return _started(pid) == started
    return _answers(pid)


def _started(pid: int) -> str:
    """Return the start in clock ticks since boot; empty for none, a zombie, or without /proc."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    # The program's name, in brackets, may hold anything; the fields after it are numbers.
    fields = stat.rpartition(")")[2].split()
    return "" if fields[0] == "Z" else fields[19]


def _answers(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
