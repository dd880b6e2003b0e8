import threading
from collections.abc import Sequence

import anyio
import numpy as np
import pytest

from assist.providers.micro_batch import MicroBatch
from assist.records import Floats


class Model:
    """Gives each text its number; the first call waits until it is let go."""

    def __init__(self, *, held: bool = False) -> None:
        self.calls: list[list[str]] = []
        self.started = threading.Event()
        self.let_go = threading.Event()
        if not held:
            self.let_go.set()

    def encode(self, texts: Sequence[str]) -> Floats:
        self.calls.append(list(texts))
        self.started.set()
        assert self.let_go.wait(5)
        return np.array([[float(text)] for text in texts], dtype=np.float32)


async def test_each_caller_gets_its_own_rows() -> None:
    batch = MicroBatch(Model().encode, 1)
    rows = await batch.rows(["3", "1"])
    assert rows.tolist() == [[3.0], [1.0]]
    assert (await batch.rows([])).shape == (0, 1)


async def test_what_waits_while_the_model_is_busy_goes_in_together() -> None:
    model = Model(held=True)
    batch = MicroBatch(model.encode, 1)
    got: dict[str, float] = {}

    async def ask(text: str) -> None:
        got[text] = float((await batch.rows([text]))[0, 0])

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(ask, "1")
        await anyio.to_thread.run_sync(model.started.wait)
        for text in ("2", "3", "4"):
            tasks.start_soon(ask, text)
        await anyio.wait_all_tasks_blocked()
        model.let_go.set()
    assert got == {"1": 1.0, "2": 2.0, "3": 3.0, "4": 4.0}
    assert model.calls == [["1"], ["2", "3", "4"]]


async def test_a_long_list_is_cut_so_that_others_get_their_turn() -> None:
    model = Model()
    rows = await MicroBatch(model.encode, 1).rows([str(n) for n in range(150)])
    assert rows[:, 0].tolist() == [float(n) for n in range(150)]
    assert [len(call) for call in model.calls] == [64, 64, 22]


async def test_a_caller_that_leaves_is_not_computed_and_holds_up_nobody() -> None:
    model = Model(held=True)
    batch = MicroBatch(model.encode, 1)
    got: list[float] = []

    async def ask(text: str) -> None:
        got.append(float((await batch.rows([text]))[0, 0]))

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(ask, "1")
        await anyio.to_thread.run_sync(model.started.wait)
        with anyio.CancelScope() as leaving:
            async with anyio.create_task_group() as others:
                others.start_soon(ask, "2")
                await anyio.wait_all_tasks_blocked()
                leaving.cancel()
        model.let_go.set()
    await ask("3")
    assert got == [1.0, 3.0]
    assert model.calls == [["1"], ["3"]]


async def test_a_failure_reaches_those_who_were_in_the_call_and_the_next_call_works() -> None:
    broken = [True]

    def encode(texts: Sequence[str]) -> Floats:
        if broken.pop() if broken else False:
            raise ValueError("no")
        return np.ones((len(texts), 1), dtype=np.float32)

    batch = MicroBatch(encode, 1)
    with pytest.raises(ValueError, match="no"):
        await batch.rows(["1"])
    assert (await batch.rows(["2"])).tolist() == [[1.0]]
