"""``assist audit``: whether the record of decisions is as it was written."""

import typer

from assist.cli.exits import NO
from assist.cli.options import Data, Json, settings_of
from assist.cli.output import say, say_json
from assist.store.audit import AuditLog
from assist.store.database import open_database

audit = typer.Typer(no_args_is_help=True, help="Verify the audit log.")


@audit.callback()
def group() -> None:
    """Keep ``verify`` a word of its own: typer drops the name of an only command."""


@audit.command()
def verify(data: Data = None, json: Json = False) -> None:
    """Recompute the chain of hashes; exit 1 naming the first event that is missing or altered."""
    with open_database(settings_of(data).data) as database:
        first_bad = AuditLog(database).verify()
    if json:
        say_json({"ok": first_bad is None, "first_bad_seq": first_bad})
    elif first_bad is None:
        say("the audit log is as it was written")
    else:
        say(f"the audit log is damaged: event {first_bad} is missing or altered")
    if first_bad is not None:
        raise typer.Exit(NO)
