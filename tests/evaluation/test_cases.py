import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assist.errors import FileInvalid
from assist.evaluation.cases import Case, read_cases
from assist.records import Customer, Turn

SEED = Path(__file__).parents[2] / "evaluation" / "seed.jsonl"


def written(folder: Path, *lines: object) -> Path:
    path = folder / "cases.jsonl"
    texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text("\n".join(texts), encoding="utf-8")
    return path


def test_a_case_needs_only_an_id_a_question_and_what_is_expected(tmp_path: Path) -> None:
    path = written(tmp_path, {"id": "a", "question": "怎么退货", "expect": "answer"}, "", "  ")
    assert read_cases(path) == (Case(id="a", question="怎么退货", expect="answer"),)


def test_a_case_is_asked_with_all_that_a_console_knows() -> None:
    case = Case.model_validate(
        {
            "id": "a",
            "question": " 怎么退货\u200b",
            "expect": "answer",
            "conversation": [{"role": "customer", "text": "在吗"}],
            "customer": {"tier": "vip", "attributes": {"套餐": "129"}},
            "channel": "web",
            "language": "zh",
            "as_of": "2026-11-05T12:00:00+08:00",
        }
    )
    question = case.asked(top_k=7)
    assert question.text == "怎么退货"
    assert question.conversation == (Turn(role="customer", text="在吗"),)
    assert question.customer == Customer(tier="vip", attributes={"套餐": "129"})
    assert (question.channel, question.language, question.top_k) == ("web", "zh", 7)
    assert question.as_of == datetime(2026, 11, 5, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "JSON"),
        ({"id": "b", "question": "x", "expect": "answer", "must_sya": []}, "must_sya"),
        ({"id": "b", "question": "x", "expect": "reply"}, "expect"),
        ({"id": "b", "question": "\u200b ", "expect": "answer"}, "question"),
        ({"id": "b", "question": "x", "expect": "answer", "as_of": "2026-11-05T12:00"}, "as_of"),
        ({"id": "b", "question": "x", "expect": "answer", "must_say": [""]}, "must_say"),
        ({"id": "a", "question": "x", "expect": "answer"}, "line 1 already"),
    ],
)
def test_a_bad_line_is_named_with_its_number_and_reason(
    tmp_path: Path, line: object, reason: str
) -> None:
    path = written(tmp_path, {"id": "a", "question": "x", "expect": "answer"}, "", line)
    with pytest.raises(FileInvalid, match=f"line 3: .*{reason}"):
        read_cases(path)


def test_a_file_without_cases_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileInvalid, match="no cases"):
        read_cases(written(tmp_path, ""))


def test_a_byte_order_mark_does_not_spoil_the_first_case(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text('{"id":"a","question":"x","expect":"answer"}', encoding="utf-8-sig")
    assert read_cases(path)[0].id == "a"


def test_the_shipped_cases_are_in_the_format() -> None:
    assert len(read_cases(SEED)) >= 150
