from dataclasses import replace

import pytest

from assist.errors import SettingsInvalid
from assist.providers.vendors import (
    ANTHROPIC,
    VENDORS,
    address,
    credentials,
    parse_model,
    sampling,
)


def test_a_model_name_may_itself_hold_slashes_and_colons() -> None:
    spec = parse_model("openai:vllm/Qwen/Qwen3-8B:latest")
    assert (spec.vendor.name, spec.model) == ("vllm", "Qwen/Qwen3-8B:latest")
    assert spec.name == "openai:vllm/Qwen/Qwen3-8B:latest"


def test_anthropic_needs_no_profile() -> None:
    spec = parse_model("anthropic:claude-sonnet-5")
    assert (spec.vendor, spec.model) == (ANTHROPIC, "claude-sonnet-5")


@pytest.mark.parametrize(
    ("spec", "named"),
    [
        ("openai:dashscop/qwen-plus", "did you mean dashscope?"),
        ("openai:DeepSeek/x", "did you mean deepseek?"),
        ("openai:gpt-4o", "openai:<profile>/<model>"),
        ("openai:vllm", "names no model"),
        ("openai:vllm/", "names no model"),
        ("anthropic:", "anthropic:<model>"),
        ("qwen-plus", "openai:<profile>/<model>"),
        ("", "openai:<profile>/<model>"),
    ],
)
def test_a_wrong_model_is_refused_with_what_to_write(spec: str, named: str) -> None:
    with pytest.raises(SettingsInvalid) as error:
        parse_model(spec)
    assert named in error.value.message


@pytest.mark.parametrize(
    ("base", "url"),
    [
        (None, "http://localhost:11434/v1/chat/completions"),
        ("http://h:1/v1", "http://h:1/v1/chat/completions"),
        ("http://h:1/v1/", "http://h:1/v1/chat/completions"),
        ("http://h:1/v1/chat/completions", "http://h:1/v1/chat/completions"),
    ],
)
def test_the_address_is_below_the_base(base: str | None, url: str) -> None:
    assert address(VENDORS["ollama"], base, "/chat/completions") == url


@pytest.mark.parametrize("base", ["ftp://h/v1", "localhost:8000", "http://", "http://h:99999/"])
def test_a_base_that_is_no_web_address_is_refused(base: str) -> None:
    with pytest.raises(SettingsInvalid):
        address(VENDORS["vllm"], base, "/chat/completions")


def test_a_missing_key_is_refused_unless_the_endpoint_is_ones_own() -> None:
    with pytest.raises(SettingsInvalid, match="zhipu needs an API key"):
        credentials(VENDORS["zhipu"], None, None)
    assert credentials(VENDORS["zhipu"], "http://localhost:1", None) == {}
    assert credentials(VENDORS["ollama"], None, None) == {}


def test_a_broken_key_is_refused_without_being_repeated() -> None:
    with pytest.raises(SettingsInvalid) as error:
        credentials(VENDORS["openai"], None, "sk-秘密\n")
    assert "sk-" not in error.value.message


def test_the_key_goes_where_the_vendor_looks_for_it() -> None:
    assert credentials(VENDORS["openai"], None, "k") == {"authorization": "Bearer k"}
    assert credentials(ANTHROPIC, None, "k") == {"x-api-key": "k"}


def test_temperatures_are_moved_into_the_vendors_range() -> None:
    assert sampling(VENDORS["zhipu"], 0) == {"do_sample": False}
    assert sampling(VENDORS["zhipu"], 1.7) == {"temperature": 1.0}
    assert sampling(VENDORS["qianfan"], 0) == {"temperature": 0.01}
    assert sampling(VENDORS["dashscope"], 2) == {"temperature": 1.99}
    assert sampling(VENDORS["moonshot"], 0.2) == {}
    assert sampling(replace(VENDORS["openai"], temperature=None), 0.2) == {}
