"""A wrong rules file says where it is wrong."""

import shutil
from pathlib import Path

import pytest

from assist.errors import FileInvalid
from assist.understand.cues import CueGroup, apart, build_cues, find_cues
from assist.understand.rules import load_understand_rules

RULES = Path(__file__).parents[2] / "rules"


@pytest.mark.parametrize(
    ("file", "old", "new", "why"),
    [
        ("emotion.yaml", "mild: 0.8, clear: 1.8", "mild: 2.8, clear: 1.8", "rise"),
        ("emotion.yaml", "<us>.{0,8}", "<nobody>.{0,8}", "nobody"),
        ("escalation.yaml", 'asks_how: "', 'asks_how: "(', "asks_how|wrong"),
        ("scenarios.yaml", "least: 0.9", "leest: 0.9", "line 7: least"),
    ],
)
def test_a_broken_file_names_itself_and_the_reason(
    tmp_path: Path, file: str, old: str, new: str, why: str
) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(RULES, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FileInvalid, match=f"{file}.*(?:{why})"):
        load_understand_rules(folder)


def test_latin_words_and_numbers_are_found_only_whole() -> None:
    index = build_cues([CueGroup(words=("ham", "12"))], {}, name="x")
    found = [(m.start, m.end) for m in find_cues(index, "shame ham 123 买12个")]
    assert found == [(6, 9), (15, 17)]


def test_of_overlapping_cues_the_heavier_wins_then_the_longer() -> None:
    groups = [CueGroup(words=("满意", "很满意")), CueGroup(words=("不满",))]
    index = build_cues(groups, {}, name="x")
    found = find_cues(index, "不满意")
    assert [m.group for m in apart(found, [1.0, 2.0])] == [1]
    assert [m.group for m in apart(found, [2.0, 1.0])] == [0]
    longer = apart(find_cues(index, "很满意"), [1.0, 1.0])
    assert [(m.start, m.end) for m in longer] == [(0, 3)]
