"""``assist ask`` and ``assist check``: one question drafted, one text judged."""

from typing import Annotated

import typer

from assist.cli.draft_text import draft_text, finding_text
from assist.cli.exits import NO
from assist.cli.options import ACTOR, Data, Json, settings_of, shown, with_assistant
from assist.cli.output import say, say_json
from assist.records import Draft, Question
from assist.wiring import Assistant


def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION", callback=shown)],
    data: Data = None,
    json: Json = False,
) -> None:
    """Draft an answer to a question and show where it comes from; nothing is stored."""
    settings = settings_of(data)

    async def work(assistant: Assistant) -> Draft:
        return await assistant.pipeline.draft(Question(text=question), actor=ACTOR)

    draft = with_assistant(settings, work)
    if json:
        say_json(draft)
    else:
        say(draft_text(draft, settings.language))


def check(
    text: Annotated[str, typer.Argument(metavar="TEXT", callback=shown)],
    data: Data = None,
    json: Json = False,
) -> None:
    """Judge a text as drafts and final texts are judged; exit 1 when it is blocked."""
    settings = settings_of(data)

    async def work(assistant: Assistant) -> bool:
        judged = assistant.pipeline.check(
            text, question=None, passages=(), banned_words=None, checks=None
        )
        if json:
            say_json(judged)
        else:
            say(judged.verdict)
            for finding in judged.findings:
                say(finding_text(finding))
        return judged.verdict == "block"

    if with_assistant(settings, work):
        raise typer.Exit(NO)
