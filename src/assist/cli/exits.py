"""The exit code of everything that can go wrong."""

from assist import errors
from assist.errors import AssistError

DONE, NO, WRONG_USE, OUTSIDE = 0, 1, 2, 3

EXITS: dict[type[AssistError], int] = {
    errors.SettingsInvalid: WRONG_USE,
    errors.FileInvalid: WRONG_USE,
    errors.ModelUnknown: WRONG_USE,
    errors.KnowledgeError: WRONG_USE,
    errors.JobRunning: OUTSIDE,
    errors.JobCancelled: OUTSIDE,
    errors.IndexUnusable: OUTSIDE,
    errors.ReleaseUnknown: WRONG_USE,
    errors.ReleaseMissing: WRONG_USE,
    errors.EmbedderChanged: WRONG_USE,
    errors.ReviewError: WRONG_USE,
    errors.AccessError: WRONG_USE,
    errors.RequestRepeated: WRONG_USE,
    errors.RequestError: WRONG_USE,
    errors.StoreError: OUTSIDE,
    errors.ProviderError: OUTSIDE,
}


def exit_code(error: AssistError) -> int:
    """Return the code of the error's own class, or of the nearest class above it."""
    return next(EXITS[kind] for kind in type(error).__mro__ if kind in EXITS)
