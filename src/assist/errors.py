"""What can go wrong, each named for the fact.

AssistError
├── SettingsInvalid            the environment or assist.toml is wrong
├── FileInvalid                a rules, prompts, dataset or knowledge file is wrong
├── ModelUnknown               the request names a model that is not configured
├── KnowledgeError
│   ├── EntryUnknown
│   ├── EntryExists
│   ├── EntryInvalid
│   ├── VersionStale           the If-Match version is not the current one
│   ├── ImportRefused          the file as a whole cannot be taken
│   │   ├── FileTooLarge
│   │   └── FileTypeUnknown
│   ├── JobUnknown
│   ├── JobRunning             another import or build holds the one place
│   └── JobCancelled           somebody ended the work before it was done
├── IndexUnusable
│   ├── ReleaseUnknown
│   ├── ReleaseDamaged         a file of the release is not what its manifest says
│   ├── ReleaseMissing         nothing has been built yet
│   └── EmbedderChanged        the release was built with another embedder
├── ReviewError
│   ├── DraftUnknown
│   ├── DraftStale             the version the caller decided on is not the current one
│   ├── DraftSettled           the draft is decided, superseded or held by someone else
│   ├── DecisionInvalid        the decision lacks or contradicts something it needs
│   ├── TextBlocked            the final text has a finding that blocks it
│   └── LevelTooLow            the draft is for a supervisor
├── AccessError
│   ├── KeyRefused             no key, an unknown one, or a revoked one
│   ├── RoleTooLow
│   ├── KeyUnknown
│   └── RateExceeded
├── RequestRepeated
│   ├── IdempotencyMismatch    the same key came with another body
│   └── IdempotencyRunning     the first request with this key is not done
├── RequestError
│   ├── BodyMalformed          the body is not the text it says it is
│   ├── BodyRefused            the body holds something that no request may hold
│   ├── BodyTooLarge
│   └── BodyTypeWrong
├── StoreError
│   ├── StoreBusy              another process holds the database
│   ├── StoreFull              the disk is full
│   ├── StoreUnusable          the data folder cannot be read or written
│   └── StoreNewer             the data was written by a newer version of this program
└── ProviderError              a model endpoint did not give a usable answer
    ├── ProviderTimeout
    ├── ProviderBusy           rate limited; carries retry_after_s
    ├── ProviderDown
    └── ProviderReplyBad
"""


class AssistError(Exception):
    """The root of everything this package raises on purpose."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class SettingsInvalid(AssistError):
    """The environment or assist.toml is wrong."""


class FileInvalid(AssistError):
    """A rules, prompts, dataset or knowledge file is wrong; the message says file, line and why."""


class ModelUnknown(AssistError):
    """The request names a model that is not configured."""


class KnowledgeError(AssistError):
    """The knowledge base cannot do what was asked."""


class EntryUnknown(KnowledgeError):
    """No entry has this id."""


class EntryExists(KnowledgeError):
    """An entry with this id is there already."""


class EntryInvalid(KnowledgeError):
    """The entry breaks a rule of the knowledge base."""


class VersionStale(KnowledgeError):
    """The entry has changed since the caller read it."""


class ImportRefused(KnowledgeError):
    """The file as a whole cannot be taken."""


class FileTooLarge(ImportRefused):
    """The file is over the limit for its kind."""


class FileTypeUnknown(ImportRefused):
    """No reader takes this kind of file."""


class JobUnknown(KnowledgeError):
    """No job has this id."""


class JobRunning(KnowledgeError):
    """Another import or build is under way."""


class JobCancelled(KnowledgeError):
    """Somebody ended the work before it was done."""


class IndexUnusable(AssistError):
    """The index cannot serve."""


class ReleaseUnknown(IndexUnusable):
    """No release has this id."""


class ReleaseDamaged(IndexUnusable):
    """A file of the release is not what its manifest says."""


class ReleaseMissing(IndexUnusable):
    """Nothing has been built yet."""


class EmbedderChanged(IndexUnusable):
    """The release was built with another embedder than the configured one."""


class ReviewError(AssistError):
    """The review desk cannot do what was asked."""


class DraftUnknown(ReviewError):
    """No draft that the caller may see has this id."""


class DraftStale(ReviewError):
    """The draft has changed since the caller read it."""


class DraftSettled(ReviewError):
    """The draft's state does not allow this step."""


class DecisionInvalid(ReviewError):
    """The decision lacks or contradicts something it needs."""


class TextBlocked(ReviewError):
    """The final text has a finding that blocks it."""


class LevelTooLow(ReviewError):
    """The draft is for a supervisor to decide."""


class AccessError(AssistError):
    """The caller may not do this."""


class KeyRefused(AccessError):
    """No key, an unknown one, or a revoked one."""


class RoleTooLow(AccessError):
    """The key's role does not reach this far."""


class KeyUnknown(AccessError):
    """No key has this id."""


class RateExceeded(AccessError):
    """The key has used up its requests for now."""

    def __init__(self, message: str, *, retry_after_s: float) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class RequestRepeated(AssistError):
    """An Idempotency-Key was used again in a way that cannot be replayed."""


class IdempotencyMismatch(RequestRepeated):
    """The same Idempotency-Key came with another body."""


class IdempotencyRunning(RequestRepeated):
    """The first request with this Idempotency-Key is still running."""


class RequestError(AssistError):
    """A request cannot be read."""


class BodyMalformed(RequestError):
    """The body is not the text it says it is."""


class BodyRefused(RequestError):
    """The body holds something that no request may hold."""


class BodyTooLarge(RequestError):
    """The body is over the limit."""


class BodyTypeWrong(RequestError):
    """The body is of a type that this route does not take."""


class StoreError(AssistError):
    """The data folder or its database failed."""


class StoreBusy(StoreError):
    """Another process holds the database."""


class StoreFull(StoreError):
    """The disk is full."""


class StoreUnusable(StoreError):
    """The data folder cannot be read or written."""


class StoreNewer(StoreError):
    """The data was written by a newer version of this program."""


class ProviderError(AssistError):
    """A model endpoint did not give a usable answer."""


class ProviderTimeout(ProviderError):
    """The endpoint did not answer within the deadline."""


class ProviderBusy(ProviderError):
    """The endpoint refused for load."""

    def __init__(self, message: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class ProviderDown(ProviderError):
    """The endpoint could not be reached, or failed."""


class ProviderReplyBad(ProviderError):
    """The endpoint answered with something that is not an answer."""
