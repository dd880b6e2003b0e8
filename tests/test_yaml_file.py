"""A file that people edit is wrong somewhere, and the message says where."""

from pathlib import Path

import pytest

from assist.errors import FileInvalid
from assist.yaml_file import FileModel, parse_yaml, read_yaml


class Rule(FileModel):
    word: str
    weight: int = 1


class Rules(FileModel):
    rules: tuple[Rule, ...]


def parsed(text: str) -> Rules:
    return parse_yaml(text, Rules, name="rules.yaml")


def test_a_good_file_is_read() -> None:
    assert parsed("rules:\n  - {word: 好, weight: 2}\n").rules == (Rule(word="好", weight=2),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("rules:\n  - word: a\n    wieght: 2\n", r"rules\.yaml, line 3: rules\.0\.wieght"),
        ("rules:\n  - word: a\n  - weight: 2\n", r"line 3: rules\.1\.word: Field required"),
        ("rules:\n  - word: a\n    weight: x\n", r"line 3: rules\.0\.weight"),
        ("rules: []\nrules: []\n", "line 2: the key 'rules' stands twice"),
        ("rules:\n\t- word: a\n", "line 2"),
        ("", r"line 1: rules: Field required"),
    ],
)
def test_a_wrong_file_is_told_line_and_reason(text: str, message: str) -> None:
    with pytest.raises(FileInvalid, match=message):
        parsed(text)


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_bytes("rules: [好]".encode("gbk"))
    with pytest.raises(FileInvalid, match=r"rules\.yaml: cannot be read as UTF-8"):
        read_yaml(path, Rules)


def test_tags_cannot_make_objects() -> None:
    with pytest.raises(FileInvalid):
        parsed("rules: !!python/object/apply:os.system ['true']\n")
