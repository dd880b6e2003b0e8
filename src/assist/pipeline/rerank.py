"""Ask the reranker, when there is one; without its answer the order of before stands."""

from dataclasses import replace

import structlog

from assist.errors import ProviderError
from assist.generate.mask import mask
from assist.generate.sources import sources_of
from assist.records import Question, Retrieval, Source
from assist.retrieve.rerank import Reranker, reordered
from assist.retrieve.rules import RetrievalRules
from assist.text.language import language_of

_LONGEST = 800
"""Characters of one text; cross-encoders read some 512 tokens, and an agent waits for them."""

log = structlog.get_logger()


async def rerank(
    found: Retrieval, question: Question, reranker: Reranker | None, rules: RetrievalRules
) -> Retrieval:
    """Return as many hits as were asked for, in the reranker's order if it gave one."""
    if reranker is not None and len(found.hits) > 1:
        found = await _asked(found, question, reranker, rules)
    return replace(found, hits=found.hits[: question.top_k])


async def _asked(
    found: Retrieval, question: Question, reranker: Reranker, rules: RetrievalRules
) -> Retrieval:
    language = language_of(question.text) if question.language == "auto" else question.language
    first = found.hits[: rules.reranker.candidates]
    sources = sources_of(first, channel=question.channel, language=language)
    # The reranker may be somebody else's server.
    query = mask([found.search_query]).texts[0]
    try:
        scores = await reranker.rerank(query, [_text(source) for source in sources])
    except ProviderError as error:
        log.warning("reranker_failed", reranker=reranker.id, reason=error.message)
        return found
    return reordered(found, scores, reranker.id, question, rules)


def _text(source: Source) -> str:
    """Return what would be quoted, under the words by which it was found."""
    hit = source.hit
    found_by = hit.passage.heading if hit.matched == "passage" else hit.passage.text
    lines = dict.fromkeys(line for line in (hit.entry.question, found_by, source.text) if line)
    return "\n".join(lines)[:_LONGEST]
