"""Every error has a status, and only one place gives it."""

from assist.api.errors import STATUS, code_of
from assist.errors import AssistError, DraftUnknown, TextBlocked


def subclasses(of: type[AssistError]) -> set[type[AssistError]]:
    direct = set(of.__subclasses__())
    return direct.union(*(subclasses(one) for one in direct))


def test_every_error_has_a_status() -> None:
    assert set(STATUS) == subclasses(AssistError)


def test_every_code_is_its_own_stable_word() -> None:
    codes = [code_of(error) for error in STATUS]
    assert len(set(codes)) == len(codes)
    assert code_of(DraftUnknown) == "draft_unknown"
    assert code_of(TextBlocked) == "blocked_text"
