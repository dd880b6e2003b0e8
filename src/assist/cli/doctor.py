"""``assist doctor``: what is wrong, and how to mend it."""

import anyio
import typer

from assist.cli.examine import Line, examine
from assist.cli.exits import NO
from assist.cli.options import Data, Json, settings_of
from assist.cli.output import say, say_json
from assist.errors import SettingsInvalid


def doctor(data: Data = None, json: Json = False) -> None:
    """Look at settings, data folder, release, rules, prompts and models; exit 1 if one is wrong.

    With an LLM configured, one known question is really drafted with it.
    """
    lines = _lines(data)
    if json:
        say_json({"ok": all(line.ok for line in lines), "checks": lines})
    else:
        for line in lines:
            say(f"{_word(line):<6} {line.name}: {line.finding}")
            if line.mend is not None:
                say(f"       → {line.mend}")
    if not all(line.ok for line in lines):
        raise typer.Exit(NO)


def _word(line: Line) -> str:
    if not line.ok:
        return "wrong"
    return "ok" if line.mend is None else "mind"


def _lines(data: Data) -> tuple[Line, ...]:
    try:
        settings = settings_of(data)
    except SettingsInvalid as error:
        mend = "ASSIST_* / assist.toml"
        return (Line(name="settings", ok=False, finding=error.message, mend=mend),)
    finding = f"{settings.data.resolve()}, {settings.embedder}, {settings.reranker}, {settings.llm}"
    settings_line = Line(name="settings", ok=True, finding=finding)
    return (settings_line, *anyio.run(examine, settings))
