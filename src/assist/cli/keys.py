"""``assist keys``: who may call the API."""

from dataclasses import asdict
from typing import Annotated

import typer

from assist.cli.options import ACTOR, Data, Json, settings_of, shown
from assist.cli.output import note, say, say_json, say_table
from assist.records import AccessRole
from assist.store.database import open_database
from assist.store.keys import KeyStore

keys = typer.Typer(no_args_is_help=True, help="Create, list and revoke API keys.")


@keys.command()
def create(
    name: Annotated[str, typer.Option(callback=shown, help="Whose key it is.")],
    role: Annotated[AccessRole, typer.Option(help="What it allows.")],
    acting: Annotated[
        bool, typer.Option("--acting", help="Its holder may name the person it acts for.")
    ] = False,
    data: Data = None,
    json: Json = False,
) -> None:
    """Create a key and show its secret, which nobody can read again."""
    with open_database(settings_of(data).data) as database:
        key, secret = KeyStore(database).create(name, role, acting, actor=ACTOR)
    if json:
        say_json({**asdict(key), "secret": secret})
        return
    note(f"{key.id} ({key.role}, {key.name}): keep the secret, it is shown only now")
    say(secret)


@keys.command("list")
def list_keys(data: Data = None, json: Json = False) -> None:
    """List the keys, revoked ones too."""
    with open_database(settings_of(data).data) as database:
        found = KeyStore(database).all()
    if json:
        say_json(found)
        return
    say_table(
        ("id", "name", "role", "acting", "created_at", "revoked_at"),
        [
            (
                key.id,
                key.name,
                key.role,
                "yes" if key.acting else "no",
                f"{key.created_at:%Y-%m-%d %H:%M:%SZ}",
                f"{key.revoked_at:%Y-%m-%d %H:%M:%SZ}" if key.revoked_at else "",
            )
            for key in found
        ],
    )


@keys.command()
def revoke(
    key_id: Annotated[str, typer.Argument(metavar="ID")], data: Data = None, json: Json = False
) -> None:
    """Revoke a key; it is refused from now on."""
    with open_database(settings_of(data).data) as database:
        KeyStore(database).revoke(key_id, actor=ACTOR)
    if json:
        say_json({"id": key_id, "revoked": True})
    else:
        say(f"revoked   {key_id}")
