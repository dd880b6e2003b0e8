"""The command line: one typer app, and the one place where an error becomes an exit code."""

import sys
from typing import Annotated

import typer

from assist import __version__
from assist.cli.audit import audit
from assist.cli.doctor import doctor
from assist.cli.evaluate import evaluate
from assist.cli.exits import OUTSIDE, exit_code
from assist.cli.keys import keys
from assist.cli.knowledge import import_files
from assist.cli.output import note, say
from assist.cli.reindex import reindex
from assist.cli.releases import releases
from assist.cli.serve import serve
from assist.cli.texts import ask, check
from assist.errors import AssistError

app = typer.Typer(
    name="assist",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Sourced, checked answer drafts for human customer-service agents.",
    epilog=(
        "Exit codes: 0 done, 1 the answer is no, 2 wrong use or configuration, "
        "3 something outside failed."
    ),
)
app.command()(serve)
app.command("import")(import_files)
app.command()(reindex)
app.add_typer(releases, name="releases")
app.command()(ask)
app.command()(check)
app.command()(evaluate)
app.add_typer(keys, name="keys")
app.add_typer(audit, name="audit")
app.command()(doctor)


def _version(asked: bool) -> None:
    if asked:
        say(__version__)
        raise typer.Exit


@app.callback()
def group(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Sourced, checked answer drafts for human customer-service agents."""


def main() -> None:
    """Run the command line; a foreseen failure is one line on standard error."""
    try:
        app()
    except AssistError as error:
        note(f"assist: {error.message}")
        sys.exit(exit_code(error))
    except OSError as error:
        note(f"assist: {error}")
        sys.exit(OUTSIDE)
