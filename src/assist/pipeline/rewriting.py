"""A language model's wording of a question that leans on the conversation."""

import anyio
import structlog

from assist.errors import ProviderError
from assist.generate.mask import mask_question
from assist.generate.model import ChatModel
from assist.generate.rewrite import rewrite
from assist.generate.write import degraded_by
from assist.prompt import Prompts, render_rewriting
from assist.records import Question
from assist.retrieve.query import complete

MOST_S = 2.0
"""Seconds for one rewriting: a draft can do without, so it waits no longer."""
MOST_SHARE = 0.25
"""Of the time for all LLM work of a draft."""
_MOST_CHARACTERS = 200

log = structlog.get_logger()


def leans(question: Question, completed: str) -> bool:
    """Return whether the rules took anything from the conversation.

    A model is not asked about a question that stands alone: that would cost every draft of a
    conversation a second, and may only make it worse.
    """
    return completed != complete(question.text, ())


async def rewritten(
    question: Question, model: ChatModel, prompts: Prompts, *, budget_s: float
) -> str | None:
    """Return the model's wording of a question, or None, logged, when it gave none of use."""
    hidden, text, masked = mask_question(question, question.text)
    said = (text, *(turn.text for turn in hidden.conversation))
    prompt = render_rewriting(prompts, question=hidden, limit=_MOST_CHARACTERS)
    deadline = anyio.current_time() + min(MOST_S, MOST_SHARE * budget_s)
    try:
        return await rewrite(model, prompt, said, masked, most=_MOST_CHARACTERS, deadline=deadline)
    except ProviderError as error:
        log.warning("rewriting_failed", why=degraded_by(error), reason=error.message)
        return None
