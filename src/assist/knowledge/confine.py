"""What a process may still do once it opens a file that somebody else wrote."""

import ctypes
import os
import resource
import sys

from assist.knowledge.limits import Limits

_NEW_USERS = 0x10000000  # CLONE_NEWUSER: without it only root may leave the network
_NEW_NETWORK = 0x40000000  # CLONE_NEWNET
_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "pty.")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def confine(limits: Limits) -> None:
    """Take from this process, for good, what no parser needs: room, time, network, writing."""
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (_least(kind, most),) * 2)
    # A second between the two, or the signal would not tell time from memory.
    hard = _least(resource.RLIMIT_CPU, limits.cpu_s + 1)
    resource.setrlimit(resource.RLIMIT_CPU, (min(limits.cpu_s, hard), hard))
    _leave_network()
    sys.addaudithook(_refuse)


def _least(kind: int, most: int) -> int:
    hard = resource.getrlimit(kind)[1]
    return most if hard == resource.RLIM_INFINITY else min(most, hard)


def _leave_network() -> None:
    """Move into a network without a card where the system allows it; the hook holds everywhere."""
    if sys.platform == "linux":
        system = ctypes.CDLL(None)
        if system.unshare(_NEW_NETWORK) != 0:
            system.unshare(_NEW_USERS | _NEW_NETWORK)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"{event} is not for a parser")
    if event == "open":
        flags = arguments[2]
        if isinstance(flags, int) and flags & _WRITING:
            raise PermissionError("a parser writes no file")
