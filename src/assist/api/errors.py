"""Every error gets its status here, once, and leaves as application/problem+json."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from math import ceil

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from assist import errors
from assist.errors import AssistError

STATUS: dict[type[AssistError], int] = {
    errors.SettingsInvalid: 500,
    errors.FileInvalid: 422,
    errors.ModelUnknown: 422,
    errors.KnowledgeError: 500,
    errors.EntryUnknown: 404,
    errors.EntryExists: 409,
    errors.EntryInvalid: 422,
    errors.VersionStale: 412,
    errors.ImportRefused: 422,
    errors.FileTooLarge: 413,
    errors.FileTypeUnknown: 415,
    errors.JobUnknown: 404,
    errors.JobRunning: 409,
    errors.JobCancelled: 409,
    errors.IndexUnusable: 503,
    errors.ReleaseUnknown: 404,
    errors.ReleaseDamaged: 503,
    errors.ReleaseMissing: 503,
    errors.EmbedderChanged: 503,
    errors.ReviewError: 500,
    errors.DraftUnknown: 404,
    errors.DraftStale: 412,
    errors.DraftSettled: 409,
    errors.DecisionInvalid: 422,
    errors.TextBlocked: 422,
    errors.LevelTooLow: 403,
    errors.AccessError: 403,
    errors.KeyRefused: 401,
    errors.RoleTooLow: 403,
    errors.KeyUnknown: 404,
    errors.RateExceeded: 429,
    errors.RequestRepeated: 409,
    errors.IdempotencyMismatch: 409,
    errors.IdempotencyRunning: 409,
    errors.RequestError: 422,
    errors.BodyMalformed: 400,
    errors.BodyRefused: 422,
    errors.BodyTooLarge: 413,
    errors.BodyTypeWrong: 415,
    errors.StoreError: 503,
    errors.StoreBusy: 503,
    errors.StoreFull: 507,
    errors.StoreUnusable: 503,
    errors.StoreNewer: 503,
    errors.ProviderError: 502,
    errors.ProviderTimeout: 504,
    errors.ProviderBusy: 503,
    errors.ProviderDown: 502,
    errors.ProviderReplyBad: 502,
}

log = structlog.get_logger()


def problem(
    status: int,
    code: str,
    detail: str,
    *,
    request_id: str,
    fields: Sequence[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """Return an RFC 9457 response; ``fields`` are ``{"field", "message"}`` and never hold input."""
    title = HTTPStatus(status).phrase
    content = {
        "type": f"urn:assist:problem:{code}",
        "title": title,
        "status": status,
        "detail": detail,
        "code": code,
        "request_id": request_id,
        "errors": list(fields),
    }
    return JSONResponse(
        content, status, headers=dict(headers or {}), media_type="application/problem+json"
    )


def code_of(error: type[AssistError]) -> str:
    """Return the error's stable word: ``DraftUnknown`` is ``draft_unknown``."""
    if error is errors.TextBlocked:
        return "blocked_text"
    name = error.__name__
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")


def problem_of(error: AssistError, *, request_id: str) -> JSONResponse:
    """Return the response for one of our errors."""
    headers: dict[str, str] = {}
    retry = getattr(error, "retry_after_s", None)
    if retry is None and isinstance(error, errors.StoreBusy):
        retry = 1
    if retry is not None:
        headers["Retry-After"] = str(max(1, ceil(retry)))
    if isinstance(error, errors.KeyRefused):
        headers["WWW-Authenticate"] = "Bearer"
    status = STATUS[type(error)]
    return problem(
        status, code_of(type(error)), error.message, request_id=request_id, headers=headers
    )


def request_id_of(request: Request) -> str:
    """Return the id that the request came with or was given."""
    return str(request.state.request_id)


def install(app: FastAPI) -> None:
    """Register the handlers that turn every failure into a problem."""

    @app.exception_handler(AssistError)
    async def ours(request: Request, error: AssistError) -> JSONResponse:
        return problem_of(error, request_id=request_id_of(request))

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        fields = [
            {"field": ".".join(str(part) for part in e["loc"]), "message": str(e["msg"])}
            for e in error.errors()
        ]
        return problem(
            422,
            "invalid_request",
            "The request does not have the documented form; see errors.",
            request_id=request_id_of(request),
            fields=fields,
        )

    @app.exception_handler(HTTPException)
    async def plain(request: Request, error: HTTPException) -> JSONResponse:
        phrase = HTTPStatus(error.status_code).phrase
        code = phrase.lower().replace(" ", "_")
        return problem(
            error.status_code,
            code,
            f"{phrase}.",
            request_id=request_id_of(request),
            headers=error.headers,
        )

    @app.exception_handler(Exception)
    async def unforeseen(request: Request, error: Exception) -> JSONResponse:
        log.error("unforeseen", exc_info=error)
        return problem(
            500,
            "internal_error",
            "Something here is broken; the log has it under this request id.",
            request_id=request_id_of(request),
        )
