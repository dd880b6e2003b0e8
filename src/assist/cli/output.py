"""Lines, tables and JSON on standard output; everything about the run itself on standard error."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import typer
from pydantic_core import to_json
from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

Show = Callable[[int, int], None]
"""Called with how much is done, and how much there is."""
_PLAIN_WIDTH = 160
_PLAIN_STEPS = 10


def say(text: str = "") -> None:
    """Write a line for who asked."""
    typer.echo(text)


def note(text: str) -> None:
    """Write a line about the run, which no program reads as the answer."""
    typer.echo(text, err=True)


def say_json(answer: object) -> None:
    """Write records, or lists and mappings of them, as JSON."""
    typer.echo(to_json(answer, indent=2).decode())


def say_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Write a table; what a cell holds is shown as it is."""
    console = Console(markup=False, highlight=False, emoji=False)
    if not console.is_terminal:
        console = Console(markup=False, highlight=False, emoji=False, width=_PLAIN_WIDTH)
    table = Table(box=box.SIMPLE_HEAD)
    for name in head:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*row)
    console.print(table)


@contextmanager
def progress_bar(label: str) -> Iterator[Show]:
    """Show a bar on a terminal, and now and then a plain line elsewhere."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _plain(label)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=console) as bar:
        task = bar.add_task(label, total=None)

        def show(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield show


def _plain(label: str) -> Show:
    shown = -1

    def show(done: int, total: int) -> None:
        nonlocal shown
        step = _PLAIN_STEPS * done // total if total else _PLAIN_STEPS
        if step > shown:
            shown = step
            note(f"{label}: {done}/{total}")

    return show
