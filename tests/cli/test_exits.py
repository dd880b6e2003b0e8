from collections.abc import Iterator

import pytest

from assist import errors
from assist.cli.exits import EXITS, OUTSIDE, WRONG_USE, exit_code
from assist.errors import AssistError


def below(kind: type[AssistError]) -> Iterator[type[AssistError]]:
    for child in kind.__subclasses__():
        yield child
        yield from below(child)


def test_every_error_has_an_exit_code() -> None:
    assert all(any(kind in EXITS for kind in error.__mro__) for error in below(AssistError))


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.SettingsInvalid("x"), WRONG_USE),
        (errors.FileTypeUnknown("x"), WRONG_USE),
        (errors.KeyUnknown("x"), WRONG_USE),
        (errors.ReleaseMissing("x"), WRONG_USE),
        (errors.JobRunning("x"), OUTSIDE),
        (errors.ReleaseDamaged("x"), OUTSIDE),
        (errors.StoreFull("x"), OUTSIDE),
        (errors.ProviderBusy("x"), OUTSIDE),
    ],
)
def test_the_nearest_class_decides(error: AssistError, code: int) -> None:
    assert exit_code(error) == code
