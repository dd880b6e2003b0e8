"""The only reader of the environment: ``ASSIST_*`` variables over ``assist.toml`` over defaults."""

import difflib
import os
import tomllib
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from assist.errors import SettingsInvalid
from assist.records import Language

PREFIX = "ASSIST_"
TOML_FILE = "assist.toml"
_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parents[1]


def shipped(name: str) -> Path:
    """Return a folder that comes with the program, from the wheel or from the checkout."""
    packed = _PACKAGE / "shipped" / name
    return packed if packed.exists() else _CHECKOUT / name


class Settings(BaseSettings):
    """What a deployment may choose; each field is ``ASSIST_<NAME>`` or a key of assist.toml."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, toml_file=TOML_FILE, extra="forbid", frozen=True
    )

    data: Path = Field(Path("data"), description="Data folder: database, releases, admin key.")
    seed: str = Field(
        default_factory=lambda: str(shipped("knowledge_seed")),
        description="Folder imported at the first start; `none` for an empty knowledge base.",
    )
    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on.")
    embedder: str = Field(
        "builtin",
        description="`builtin`, `sentence-transformers:<model>` or `openai:<model>`.",
    )
    embedder_base_url: str | None = Field(
        None, description="Where the embeddings endpoint of `openai:<model>` is."
    )
    embedder_api_key: SecretStr | None = Field(None, description="Key of the embeddings endpoint.")
    reranker: str = Field(
        "none",
        description="`none`, `sentence-transformers:<model>`, `tei:<model>`, `jina:<model>` or "
        "`cohere:<model>`.",
    )
    reranker_base_url: str | None = Field(
        None, description="Where the `/rerank` endpoint is; `jina` and `cohere` know their own."
    )
    reranker_api_key: SecretStr | None = Field(None, description="Key of the reranker endpoint.")
    reranker_timeout_s: float = Field(
        2.0,
        gt=0,
        le=60,
        description="Deadline in seconds of one reranking; after it the order without it stands.",
    )
    llm: str = Field(
        "extractive",
        description="`extractive` (no LLM), `openai:<profile>/<model>` or `anthropic:<model>`.",
    )
    llm_api_key: SecretStr | None = Field(None, description="Key of the LLM endpoint.")
    llm_base_url: str | None = Field(
        None, description="Base URL of the LLM endpoint instead of its profile's own."
    )
    llm_timeout_s: float = Field(
        20.0, gt=0, le=600, description="Deadline in seconds for all LLM work of one draft."
    )
    llm_temperature: float = Field(0.2, ge=0, le=2, description="Sampling temperature of the LLM.")
    llm_max_tokens: int = Field(800, ge=16, le=32_000, description="Longest LLM reply, in tokens.")
    query_rewriting: Literal["rules", "llm"] = Field(
        "rules",
        description="What completes a question from the conversation: `rules`, or `llm` over them.",
    )
    rules: Path = Field(
        default_factory=lambda: shipped("rules"), description="Folder of the rule files."
    )
    prompts: Path = Field(
        default_factory=lambda: shipped("prompts"), description="Folder of the prompt files."
    )
    language: Language = Field(
        "zh", description="Language of what agents and admins read: `zh` or `en`."
    )
    timezone: str = Field(
        "Asia/Shanghai", description="Zone in which a date without a time is meant."
    )
    rate_limit: int = Field(0, ge=0, description="Requests a minute a key; 0 for no limit.")
    keep_releases: int = Field(3, ge=1, le=100, description="How many index releases are kept.")
    draft_expires_min: int = Field(
        30, ge=1, description="Minutes after which an undecided draft expires."
    )
    import_max_mb: int = Field(
        50, ge=1, le=2048, description="Largest file an import takes, in MiB."
    )
    metrics: bool = Field(True, description="Whether `GET /metrics` is open.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="Least severity that is logged."
    )

    @field_validator("timezone")
    @classmethod
    def _is_a_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError(f"no such time zone: {name!r}") from error
        return name

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Command-line options win over the environment, which wins over the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def load_settings(**overrides: object) -> Settings:
    """Return the settings. Raises SettingsInvalid naming the wrong key and the nearest valid one.

    ``overrides`` are command-line options; None means that the option was not given.
    """
    for name in os.environ:  # noqa: TID251 - the one reader
        if name.upper().startswith(PREFIX):
            _must_be_known(name.upper().removeprefix(PREFIX).lower(), place=name)
    given = {key: value for key, value in overrides.items() if value is not None}
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except tomllib.TOMLDecodeError as error:
        raise SettingsInvalid(f"{TOML_FILE}: {error}") from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        key = str(first["loc"][0])
        _must_be_known(key, place=f"{key} in {TOML_FILE}")
        raise SettingsInvalid(f"setting {PREFIX}{key.upper()}: {first['msg']}") from error
    except SettingsError as error:
        raise SettingsInvalid(str(error)) from error


def _must_be_known(key: str, *, place: str) -> None:
    if key in Settings.model_fields:
        return
    close = difflib.get_close_matches(key, Settings.model_fields, n=1, cutoff=0.5)
    hint = (
        f"; did you mean {PREFIX}{close[0].upper()} ({close[0]} in {TOML_FILE})?" if close else ""
    )
    raise SettingsInvalid(f"unknown setting {place}{hint}")
