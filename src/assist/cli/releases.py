"""``assist releases``: what has been built, whether it is whole, and which one serves."""

from typing import Annotated

import typer

from assist.cli.examine import RELEASES
from assist.cli.exits import NO
from assist.cli.options import ACTOR, Data, Json, settings_of, with_assistant
from assist.cli.output import say, say_json, say_table
from assist.errors import ReleaseMissing
from assist.index.release import verify_release
from assist.publish.publisher import unpublished
from assist.records import Language, Release
from assist.store.database import open_database
from assist.store.entries import EntryStore
from assist.store.releases import ReleaseStore
from assist.wiring import Assistant

_NAMED = 20
_WAITING: dict[Language, str] = {
    "zh": "{} 个条目的修改要到下一个版本才生效：{}",
    "en": "unpublished until the next release, {} entries: {}",
}

releases = typer.Typer(no_args_is_help=True, help="List, activate and verify releases.")


@releases.command("list")
def list_releases(data: Data = None, json: Json = False) -> None:
    """List the releases, newest first."""
    settings = settings_of(data)
    with open_database(settings.data) as database:
        store = ReleaseStore(database)
        found, pointer = store.all(), store.active()
        waiting = unpublished(EntryStore(database), store)
    active = pointer[0] if pointer else None
    if json:
        say_json(
            [
                {
                    "active": release.id == active,
                    "release": release,
                    "unpublished": waiting if release.id == active else (),
                }
                for release in found
            ]
        )
        return
    say_table(
        ("", "id", "created_at", "entries", "passages", "embedder"),
        [
            (
                "*" if release.id == active else "",
                release.id,
                f"{release.created_at:%Y-%m-%d %H:%M:%SZ}",
                str(release.entries),
                str(release.passages),
                release.embedder,
            )
            for release in found
        ],
    )
    if waiting:
        say(_WAITING[settings.language].format(len(waiting), " ".join(waiting[:_NAMED])))


@releases.command()
def activate(
    release_id: Annotated[str, typer.Argument(metavar="ID")], data: Data = None, json: Json = False
) -> None:
    """Let a release serve; an older one is the rollback."""

    async def work(assistant: Assistant) -> Release:
        return await assistant.publisher.activate(release_id, actor=ACTOR)

    settings = settings_of(data)
    release = with_assistant(settings, work, load=False)
    if json:
        say_json(release)
        return
    say(f"active    {release.id}")
    with open_database(settings.data) as database:
        waiting = unpublished(EntryStore(database), ReleaseStore(database))
    if waiting:
        say(_WAITING[settings.language].format(len(waiting), " ".join(waiting[:_NAMED])))


@releases.command()
def verify(
    release_id: Annotated[str | None, typer.Argument(metavar="ID", show_default="all")] = None,
    data: Data = None,
    json: Json = False,
) -> None:
    """Check every byte of one release, or of all; exit 1 when one is damaged."""
    settings = settings_of(data)
    with open_database(settings.data) as database:
        store = ReleaseStore(database)
        found = (store.get(release_id),) if release_id is not None else store.all()
    if not found:
        raise ReleaseMissing("nothing has been built yet: run `assist reindex`")
    damages = {
        release.id: verify_release(settings.data / RELEASES, release.id, release.manifest_sha256)
        for release in found
    }
    if json:
        say_json([{"id": id, "damages": damage} for id, damage in damages.items()])
    else:
        for id, damage in damages.items():
            say(f"{'damaged' if damage else 'whole':<10}{id}")
            for sentence in damage:
                say(f"  {sentence}")
    if any(damages.values()):
        raise typer.Exit(NO)
