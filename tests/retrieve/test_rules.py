from pathlib import Path
from typing import get_args

import pytest

from assist.errors import FileInvalid
from assist.records import EntryKind, Leg
from assist.retrieve.rules import RetrievalRules, load_retrieval_rules


def test_the_shipped_rules_name_every_leg_and_every_kind_of_entry(rules: RetrievalRules) -> None:
    assert set(rules.candidates) == set(get_args(Leg))
    assert set(rules.weights) == set(get_args(EntryKind))


def test_every_contrast_and_question_is_told_in_both_languages(rules: RetrievalRules) -> None:
    texts = [contrast.name for contrast in rules.contrasts]
    texts += [rules.clarify.question, rules.clarify.question_unnamed]
    assert all(set(text) == {"zh", "en"} for text in texts)


def test_no_word_shows_two_sides_of_a_contrast(rules: RetrievalRules) -> None:
    for contrast in rules.contrasts:
        words = [word for side in contrast.sides for word in side]
        assert len(words) == len(set(words)), contrast.name["en"]


def test_a_wrong_file_is_refused_with_its_line(tmp_path: Path) -> None:
    shipped = Path(__file__).parents[2] / "rules" / "retrieval.yaml"
    text = shipped.read_text(encoding="utf-8").replace("threshold:", "treshold:")
    (tmp_path / "retrieval.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(FileInvalid, match=r"retrieval\.yaml, line \d+"):
        load_retrieval_rules(tmp_path)
