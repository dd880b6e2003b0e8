"""The process that builds a release for a running service: an order in, progress and the end out.

``assist.publish.apart`` starts it and reads what it writes.
"""

import os
import sys
import threading
from time import monotonic

import anyio

from assist.errors import AssistError
from assist.publish.apart import Order, Told
from assist.records import Release
from assist.settings import Settings
from assist.wiring import open_builder

_TELL_S = 0.2
_NICENESS = 5
_READ_AT_ONCE = 4096


def main() -> None:
    """Build what the first line of standard input orders."""
    order = Order.model_validate_json(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_the_service, daemon=True).start()
    # Customers wait for the service, and nobody for a build.
    os.nice(_NICENESS)
    try:
        release = anyio.run(_built, order)
    except AssistError as error:
        _tell(Told(error=type(error).__name__, message=error.message))
    else:
        _tell(Told(release=release))


async def _built(order: Order) -> Release:
    last = 0.0

    def progress(done: int, total: int) -> None:
        nonlocal last
        if monotonic() - last > _TELL_S:
            last = monotonic()
            _tell(Told(done=done, total=total))

    async with open_builder(Settings.model_validate(order.settings)) as build:
        return await build(through_seq=order.through_seq, full=order.full, progress=progress)


def _tell(told: Told) -> None:
    sys.stdout.write(told.model_dump_json() + "\n")
    sys.stdout.flush()


def _end_with_the_service() -> None:
    # Not through sys.stdin: it holds a lock while it waits, which Python needs when it ends.
    while os.read(0, _READ_AT_ONCE):
        pass
    # Whatever is half written is swept up by the next build.
    os._exit(1)


if __name__ == "__main__":
    main()
