"""The chat endpoints we know, as data: where each is and in what it differs from the others.

From the vendors' own pages, read 2026-11. ``thinking_off`` matters: a model that thinks aloud first
answers an agent too late. An endpoint that refuses the extras is asked once more without them.
"""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from assist.errors import SettingsInvalid
from assist.providers.access import bearer, sendable, url_under


@dataclass(frozen=True, slots=True, kw_only=True)
class Temperature:
    """What sampling temperatures an endpoint takes; others are moved to the nearest."""

    lowest: float = 0.0
    highest: float = 2.0
    greedy: Mapping[str, object] = field(default_factory=dict)
    """Sent instead of a temperature of 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vendor:
    name: str
    base_url: str
    auth: Literal["bearer", "x-api-key"] = "bearer"
    key_needed: bool = True
    logprobs: bool = False
    """Whether log probabilities of the tokens may be asked for."""
    thinking_off: Mapping[str, object] = field(default_factory=dict)
    """Added to the body so that the model answers without a spoken train of thought."""
    temperature: Temperature | None = Temperature()
    """None where the models want their own default."""
    max_tokens_field: str = "max_tokens"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSpec:
    """A model as the settings name it."""

    name: str
    """The whole spec, e.g. ``openai:dashscope/qwen-plus``; a draft's provenance shows it."""
    vendor: Vendor
    model: str


VENDORS: Mapping[str, Vendor] = {
    vendor.name: vendor
    for vendor in (
        Vendor(
            name="dashscope",
            base_url="https://dashscope.aliyuncs.com/compatible-mode/v1",
            thinking_off={"enable_thinking": False},
            temperature=Temperature(highest=1.99),
        ),
        Vendor(
            name="qianfan",
            base_url="https://qianfan.baidubce.com/v2",
            temperature=Temperature(lowest=0.01, highest=1.0),
        ),
        Vendor(
            name="zhipu",
            base_url="https://open.bigmodel.cn/api/paas/v4",
            thinking_off={"thinking": {"type": "disabled"}},
            temperature=Temperature(lowest=0.01, highest=1.0, greedy={"do_sample": False}),
        ),
        Vendor(
            name="deepseek",
            base_url="https://api.deepseek.com",
            logprobs=True,
            thinking_off={"thinking": {"type": "disabled"}},
        ),
        Vendor(
            name="moonshot",
            base_url="https://api.moonshot.cn/v1",
            thinking_off={"thinking": {"type": "disabled"}},
            temperature=None,
        ),
        Vendor(
            name="vllm",
            base_url="http://localhost:8000/v1",
            key_needed=False,
            logprobs=True,
            thinking_off={"chat_template_kwargs": {"enable_thinking": False}},
        ),
        Vendor(
            name="ollama",
            base_url="http://localhost:11434/v1",
            key_needed=False,
            logprobs=True,
            thinking_off={"reasoning_effort": "none"},
        ),
        Vendor(
            name="llamacpp",
            base_url="http://127.0.0.1:8080/v1",
            key_needed=False,
            logprobs=True,
            thinking_off={"chat_template_kwargs": {"enable_thinking": False}},
        ),
        Vendor(
            name="openai",
            base_url="https://api.openai.com/v1",
            logprobs=True,
            max_tokens_field="max_completion_tokens",
        ),
    )
}
ANTHROPIC = Vendor(
    name="anthropic",
    base_url="https://api.anthropic.com/v1",
    auth="x-api-key",
    temperature=None,
)


def parse_model(spec: str) -> ModelSpec:
    """Read ``openai:<profile>/<model>`` or ``anthropic:<model>``. Raises SettingsInvalid."""
    kind, _, rest = spec.strip().partition(":")
    if kind == "anthropic" and rest:
        return ModelSpec(name=spec.strip(), vendor=ANTHROPIC, model=rest)
    if kind != "openai":
        raise SettingsInvalid(
            f"unknown model {spec!r}: write openai:<profile>/<model> or anthropic:<model>"
        )
    profile, _, model = rest.partition("/")
    vendor = VENDORS.get(profile)
    if vendor is None:
        close = difflib.get_close_matches(profile.lower(), VENDORS, n=1, cutoff=0.4)
        nearest = f"; did you mean {close[0]}?" if close else ""
        raise SettingsInvalid(
            f"unknown profile {profile!r} in model {spec!r}{nearest}"
            f" Write openai:<profile>/<model>; profiles: {', '.join(VENDORS)}"
        )
    if not model:
        raise SettingsInvalid(f"model {spec!r} names no model: write openai:{profile}/<model>")
    return ModelSpec(name=spec.strip(), vendor=vendor, model=model)


def address(vendor: Vendor, base_url: str | None, path: str) -> str:
    """Return the URL to call under the given or the vendor's own base. Raises SettingsInvalid."""
    return url_under(base_url or vendor.base_url, path, of="model")


def credentials(vendor: Vendor, base_url: str | None, api_key: str | None) -> dict[str, str]:
    """Return the header that carries the key. Raises SettingsInvalid without repeating the key."""
    if not api_key:
        if vendor.key_needed and base_url is None:
            raise SettingsInvalid(f"the model profile {vendor.name} needs an API key")
        return {}
    if vendor.auth == "x-api-key":
        return {"x-api-key": sendable(api_key, of="model")}
    return bearer(api_key, of="model")


def sampling(vendor: Vendor, temperature: float) -> dict[str, object]:
    """Return the part of a request's body that sets the temperature, as the vendor wants it."""
    rule = vendor.temperature
    if rule is None:
        return {}
    if temperature == 0 and rule.greedy:
        return dict(rule.greedy)
    return {"temperature": min(max(temperature, rule.lowest), rule.highest)}
