"""Evaluation cases: a question, and what a good draft for it decides, cites and says."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, Field, ValidationError

from assist.errors import FileInvalid
from assist.records import Customer, Decision, Language, Question, Role, Turn
from assist.text.normalise import visible
from assist.yaml_file import FileModel


def _shown(text: str) -> str:
    if not visible(text):
        raise ValueError("must hold at least one visible character")
    return text


Shown = Annotated[str, AfterValidator(_shown)]


class CaseTurn(FileModel):
    role: Role
    text: str
    at: AwareDatetime | None = None


class CaseCustomer(FileModel):
    id: str | None = None
    tier: str | None = None
    tags: tuple[str, ...] = ()
    attributes: dict[str, str] = Field(default_factory=dict)


class Case(FileModel):
    """One line of a dataset."""

    id: Shown
    question: Shown
    conversation: tuple[CaseTurn, ...] = ()
    customer: CaseCustomer = CaseCustomer()
    channel: str | None = None
    language: Language | Literal["auto"] = "auto"
    as_of: AwareDatetime | None = None
    """The instant at which the question is asked; None for now."""
    expect: Decision
    entries: tuple[str, ...] = ()
    """Ids of which any one is a right source; empty when no entry is expected."""
    reference: str | None = None
    """A right answer for people to read; it is not scored."""
    must_say: tuple[Shown, ...] = ()
    must_not_say: tuple[Shown, ...] = ()
    tags: tuple[str, ...] = ()

    def asked(self, *, top_k: int) -> Question:
        """Return the case as a console would ask it."""
        return Question(
            text=visible(self.question),
            conversation=tuple(
                Turn(role=turn.role, text=turn.text, at=turn.at) for turn in self.conversation
            ),
            customer=Customer(
                id=self.customer.id,
                tier=self.customer.tier,
                tags=self.customer.tags,
                attributes=self.customer.attributes,
            ),
            channel=self.channel,
            language=self.language,
            as_of=self.as_of,
            top_k=top_k,
        )


def read_cases(path: Path) -> tuple[Case, ...]:
    """Return the cases of a JSONL file. Raises FileInvalid naming the file, the line and why."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise FileInvalid(f"{path}: cannot be read as UTF-8 text: {error}") from error
    lines: dict[str, int] = {}
    cases: list[Case] = []
    # Not splitlines(): U+2028 and its like may stand inside a JSON string.
    for line, content in enumerate(text.split("\n"), start=1):
        if not content.strip():
            continue
        case = _case(content, at=f"{path}, line {line}")
        if case.id in lines:
            raise FileInvalid(
                f"{path}, line {line}: the id {case.id!r} stands in line {lines[case.id]} already"
            )
        lines[case.id] = line
        cases.append(case)
    if not cases:
        raise FileInvalid(f"{path}: there are no cases in it")
    return tuple(cases)


def _case(content: str, *, at: str) -> Case:
    try:
        return Case.model_validate_json(content)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or "the line"
        raise FileInvalid(f"{at}: {field}: {first['msg']}") from error
