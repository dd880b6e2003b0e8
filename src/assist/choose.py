"""The models that the settings name: each kind by one ``match``, unknown names refused."""

from dataclasses import dataclass

import httpx2
from pydantic import SecretStr

from assist.errors import SettingsInvalid
from assist.generate.model import ChatModel
from assist.index.embed import Embedder
from assist.providers.anthropic_chat import AnthropicChat
from assist.providers.builtin_embedder import BuiltinEmbedder
from assist.providers.endpoint import Limits
from assist.providers.http_embedder import open_http_embedder
from assist.providers.http_reranker import HttpReranker
from assist.providers.openai_chat import OpenAIChat
from assist.providers.vendors import parse_model
from assist.retrieve.rerank import Reranker
from assist.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Models:
    embedder: Embedder
    chat: ChatModel | None
    """None where drafts are extracted."""
    reranker: Reranker | None


async def choose_models(settings: Settings, client: httpx2.AsyncClient) -> Models:
    """Return all models of an assistant. Raises SettingsInvalid, ProviderError."""
    # What asks no network is chosen first: a wrong setting is told even where an endpoint is down.
    chat, reranker = _chat(settings, client), _reranker(settings, client)
    embedder = await choose_embedder(settings, client)
    return Models(embedder=embedder, chat=chat, reranker=reranker)


async def choose_embedder(settings: Settings, client: httpx2.AsyncClient) -> Embedder:
    """Return the embedder; an endpoint is asked how long its vectors are.

    Raises SettingsInvalid, ProviderError.
    """
    match settings.embedder.split(":", maxsplit=1):
        case ["builtin"]:
            return BuiltinEmbedder()
        case ["sentence-transformers", model] if model:
            # Imported here because it brings torch, which the core install leaves out.
            from assist.providers.st_embedder import SentenceTransformersEmbedder

            return SentenceTransformersEmbedder(model)
        case ["openai", model] if model:
            if settings.embedder_base_url is None:
                raise SettingsInvalid(
                    f"the embedder {settings.embedder} needs ASSIST_EMBEDDER_BASE_URL, "
                    "such as https://api.openai.com/v1"
                )
            return await open_http_embedder(
                client,
                base_url=settings.embedder_base_url,
                model=model,
                api_key=_revealed(settings.embedder_api_key),
            )
        case _:
            raise SettingsInvalid(
                f"unknown embedder {settings.embedder!r}: set ASSIST_EMBEDDER to builtin, "
                "sentence-transformers:<model> or openai:<model>"
            )


def _chat(settings: Settings, client: httpx2.AsyncClient) -> ChatModel | None:
    if settings.llm == "extractive":
        if settings.query_rewriting == "llm":
            raise SettingsInvalid("ASSIST_QUERY_REWRITING=llm needs ASSIST_LLM to name a model")
        return None
    spec = parse_model(settings.llm)
    make = AnthropicChat if spec.vendor.auth == "x-api-key" else OpenAIChat
    return make(
        spec,
        client=client,
        api_key=_revealed(settings.llm_api_key),
        base_url=settings.llm_base_url,
        temperature=settings.llm_temperature,
        max_tokens=settings.llm_max_tokens,
        limits=Limits(total_s=settings.llm_timeout_s),
    )


def _reranker(settings: Settings, client: httpx2.AsyncClient) -> Reranker | None:
    match settings.reranker.split(":", maxsplit=1):
        case ["none"]:
            return None
        case ["sentence-transformers", model] if model:
            from assist.providers.st_reranker import SentenceTransformersReranker

            return SentenceTransformersReranker(model, timeout_s=settings.reranker_timeout_s)
        case ["tei" | "jina" | "cohere" as style, model] if model:
            return HttpReranker(
                style,
                model,
                client=client,
                base_url=settings.reranker_base_url,
                api_key=_revealed(settings.reranker_api_key),
                limits=Limits(total_s=settings.reranker_timeout_s),
            )
        case _:
            raise SettingsInvalid(
                f"unknown reranker {settings.reranker!r}: set ASSIST_RERANKER to none, "
                "sentence-transformers:<model>, tei:<model>, jina:<model> or cohere:<model>"
            )


def _revealed(secret: SecretStr | None) -> str | None:
    return secret.get_secret_value() if secret is not None else None
