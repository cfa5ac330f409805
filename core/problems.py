"""RFC 9457 problem details for every error the API gives."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import DataError
from django.http import Http404, JsonResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from core.errors import DomainError

MEDIA_TYPE = "application/problem+json"


def problem(status: int, code: str, detail: str, *, errors: list[dict[str, str]] | None = None) -> Response:
    """Return a problem document: `type`, `title`, `status`, `detail`, `code` and per-field `errors`."""
    body = problem_body(status, code, detail)
    if errors:
        body["errors"] = errors
    return Response(body, status=status, content_type=MEDIA_TYPE)


def refusal(status: int, code: str, detail: str, *, field: str = "", **how: Any) -> JsonResponse:
    """Return a problem document where no view was asked; `how` is for JsonResponse."""
    body = problem_body(status, code, detail)
    if field:
        body["errors"] = [{"field": field, "message": detail}]
    return JsonResponse(body, status=status, content_type=MEDIA_TYPE, **how)


def problem_body(status: int, code: str, detail: str) -> dict[str, Any]:
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
    }


def problem_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn an exception of the API, of Django or of a service into a problem, or None for a bug."""
    set_rollback()
    if isinstance(error, DomainError):
        errors = [{"field": field, "message": str(error.message)} for field in error.fields]
        return problem(error.status, error.code, str(error.message), errors=errors)
    if isinstance(error, DataError | OverflowError):
        return problem(400, "out_of_range", _("A value is out of range."))
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    if isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if isinstance(error, exceptions.ValidationError):
        return problem(400, "invalid", _("Some of this needs another look."), errors=_fields(error.detail))
    if isinstance(error, exceptions.APIException):
        field = getattr(error, "field", "")
        errors = [{"field": field, "message": str(error.detail)}] if field else []
        answer = problem(error.status_code, _code(error), str(error.detail), errors=errors)
        _add_headers(answer, error)
        return answer
    return None


def _code(error: exceptions.APIException) -> str:
    code = error.get_codes()
    return code if isinstance(code, str) else error.default_code


def _add_headers(answer: Response, error: exceptions.APIException) -> None:
    if (scheme := getattr(error, "auth_header", None)) is not None:
        answer["WWW-Authenticate"] = scheme
    if (wait := getattr(error, "wait", None)) is not None:
        answer["Retry-After"] = str(int(wait))


def _fields(detail: Any, path: str = "") -> list[dict[str, str]]:
    """Flatten DRF's nested errors to a list of field paths (dotted) with one message each."""
    if isinstance(detail, dict):
        items = [(f"{path}.{key}".strip("."), value) for key, value in detail.items()]
        return [row for key, value in items for row in _fields(value, key)]
    if isinstance(detail, list) and any(isinstance(item, dict | list) for item in detail):
        return [row for i, item in enumerate(detail) for row in _fields(item, f"{path}.{i}".strip("."))]
    messages = detail if isinstance(detail, list) else [detail]
    return [{"field": path or "non_field_errors", "message": str(message)} for message in messages]
