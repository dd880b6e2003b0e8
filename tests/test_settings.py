"""Where settings come from, and what a wrong one is told."""

from pathlib import Path

import pytest

from assist.errors import SettingsInvalid
from assist.settings import load_settings


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_an_option_wins_over_the_environment_which_wins_over_the_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Path("assist.toml").write_text("port = 1\nhost = 'file'\nlanguage = 'en'\n", encoding="utf-8")
    monkeypatch.setenv("ASSIST_PORT", "2")
    monkeypatch.setenv("ASSIST_HOST", "environment")
    settings = load_settings(port=3, host=None)
    assert (settings.port, settings.host, settings.language) == (3, "environment", "en")


def test_a_misspelt_variable_names_the_nearest_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSIST_EMBEDER", "builtin")
    with pytest.raises(SettingsInvalid, match=r"ASSIST_EMBEDER.*ASSIST_EMBEDDER"):
        load_settings()


def test_a_misspelt_key_of_the_file_names_the_nearest_setting() -> None:
    Path("assist.toml").write_text("rate_limits = 5\n", encoding="utf-8")
    with pytest.raises(SettingsInvalid, match=r"rate_limits in assist\.toml.*rate_limit"):
        load_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "many"), ("RATE_LIMIT", "-1"), ("TIMEZONE", "Mars/Olympus"), ("LANGUAGE", "fr")],
)
def test_an_ill_typed_value_names_its_setting(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"ASSIST_{name}", value)
    with pytest.raises(SettingsInvalid, match=f"ASSIST_{name}"):
        load_settings()


def test_a_broken_file_is_named() -> None:
    Path("assist.toml").write_text("port = = 1\n", encoding="utf-8")
    with pytest.raises(SettingsInvalid, match=r"assist\.toml"):
        load_settings()


def test_secrets_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSIST_LLM_API_KEY", "sk-very-secret")
    assert "sk-very-secret" not in repr(load_settings())
