"""The documentation says what is so."""

import re
from pathlib import Path

import pytest
import typer.main

from assist.cli.app import app
from assist.settings import Settings

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh-CN.md")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", READMES)
def test_the_settings_table_lists_every_setting_with_its_default(name: str) -> None:
    rows = dict(re.findall(r"^\| `ASSIST_(\w+)` \| (\S+) \|", text(name), re.MULTILINE))
    expected = {}
    for field, info in Settings.model_fields.items():
        default = info.get_default(call_default_factory=True, validated_data={})
        shown = Path(default).name if field in {"seed", "rules", "prompts"} else default
        expected[field.upper()] = "–" if default is None else f"`{shown}`"
    assert rows == expected


def test_the_english_table_says_what_the_settings_say() -> None:
    rows = dict(re.findall(r"^\| `ASSIST_(\w+)` \| \S+ \| (.+) \|$", text("README.md"), re.M))
    assert rows == {name.upper(): f.description for name, f in Settings.model_fields.items()}


@pytest.mark.parametrize("name", READMES)
def test_every_command_shown_exists(name: str) -> None:
    known = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
    shown = set(re.findall(r"^assist (\w+)", text(name), re.MULTILINE))
    assert shown
    assert shown <= known


@pytest.mark.parametrize("name", READMES)
def test_every_file_named_exists(name: str) -> None:
    named = set(
        re.findall(r"`((?:src|scripts|rules|evaluation|knowledge_seed)/[\w./-]+)`", text(name))
    )
    assert named
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


def test_both_readmes_have_the_same_sections_and_code() -> None:
    english, chinese = (text(name) for name in READMES)
    assert len(re.findall(r"^## ", english, re.M)) == len(re.findall(r"^## ", chinese, re.M))
    assert re.findall(r"^ASSIST_\w+=\S+", english, re.M) == re.findall(
        r"^ASSIST_\w+=\S+", chinese, re.M
    )
