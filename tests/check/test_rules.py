"""A wrong rules file is refused with its name; the shipped one says everything twice."""

import shutil
from pathlib import Path

import pytest

from assist.check.rules import CheckRules, load_check_rules
from assist.errors import FileInvalid

RULES = Path(__file__).parents[2] / "rules"


@pytest.mark.parametrize(
    "name",
    [
        "banned_words.yaml",
        "uncertainty.yaml",
        "promises.yaml",
        "form.yaml",
        "pinyin.yaml",
        "glyphs.yaml",
        "grounding.yaml",
        "grounding_things.yaml",
    ],
)
def test_an_unknown_key_is_refused_with_the_files_name(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(RULES, folder)
    path = folder / name
    path.write_text(path.read_text(encoding="utf-8") + "\nextra: 1\n", encoding="utf-8")
    with pytest.raises(FileInvalid, match=name):
        load_check_rules(folder)


@pytest.mark.parametrize(
    ("name", "key"), [("uncertainty.yaml", "fixed_patterns"), ("form.yaml", "rude")]
)
def test_a_pattern_without_a_bound_is_refused(tmp_path: Path, name: str, key: str) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(RULES, folder)
    path = folder / name
    entry = "- 可能.*的" if key == "fixed_patterns" else "- {patterns: [烦.*], suggestion: {}}"
    text = path.read_text(encoding="utf-8").replace(f"\n{key}:\n", f"\n{key}:\n  {entry}\n")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileInvalid, match="bound every repeat"):
        load_check_rules(folder)


def test_every_reason_is_in_both_languages(rules: CheckRules) -> None:
    assert all(set(word.reason) == {"zh", "en"} for word in rules.banned.words)


def test_no_replacement_is_itself_forbidden(rules: CheckRules) -> None:
    for word in rules.banned.words:
        if word.replacement:
            assert rules.banned.find(word.replacement) == (), word.word


def test_every_listed_word_is_found_when_written_plainly(rules: CheckRules) -> None:
    missed = [w.word for w in rules.banned.words if not rules.banned.find(f"“{w.word}”")]
    assert missed == []


def test_every_harmless_phrase_is_harmless(rules: CheckRules) -> None:
    wrong = [
        (word.word, phrase)
        for word in rules.banned.words
        for phrase in word.allow
        if any(hit.banned.word == word.word for hit in rules.banned.find(phrase))
    ]
    assert wrong == []
