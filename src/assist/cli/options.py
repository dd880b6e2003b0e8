"""What several commands take, and the settings that come of it."""

import logging
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, TypeVar

import anyio
import structlog
import typer

from assist.settings import Settings, load_settings
from assist.text.normalise import visible
from assist.wiring import Assistant, open_assistant

ACTOR = "cli"
"""Who the audit log says it was."""
_MAX_TEXT = 4_000
T = TypeVar("T")


def shown(text: str) -> str:
    """Return a text argument trimmed. Raises BadParameter when there is nothing to read in it."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise typer.BadParameter("is not UTF-8 text") from error
    trimmed = visible(text)
    if not trimmed:
        raise typer.BadParameter("must hold at least one visible character")
    if len(trimmed) > _MAX_TEXT:
        raise typer.BadParameter(f"must have at most {_MAX_TEXT} characters")
    return trimmed


Data = Annotated[Path | None, typer.Option(help="Data folder, instead of ASSIST_DATA.")]
Json = Annotated[bool, typer.Option("--json", help="Write JSON for a program to read.")]


def settings_of(data: Path | None, *, host: str | None = None, port: int | None = None) -> Settings:
    """Return the settings under these options, with logging set as they say."""
    settings = load_settings(data=data, host=host, port=port)
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping()[settings.log_level.upper()]
        ),
        # Standard output is the answer's; the stream is looked up when something is logged.
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
    )
    return settings


def with_assistant(
    settings: Settings, work: Callable[[Assistant], Awaitable[T]], *, load: bool = True
) -> T:
    """Open the assistant, do the work, and close it again; without ``load``, nothing is found."""

    async def session() -> T:
        async with open_assistant(settings, load=load) as assistant:
            return await work(assistant)

    return anyio.run(session)
