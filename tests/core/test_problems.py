"""Errors of the API are problem details, whoever raises them."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions

from core.errors import DomainError, InvalidInput
from core.problems import problem_handler


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (DomainError("event_over", "This has ended."), 409, "event_over"),
        (InvalidInput("minutes", "At least one minute.", field="minutes"), 400, "minutes"),
        (Http404(), 404, "not_found"),
        (PermissionDenied(), 403, "permission_denied"),
        (exceptions.NotAuthenticated(), 401, "not_authenticated"),
        (exceptions.Throttled(wait=30), 429, "throttled"),
        (exceptions.ValidationError({"a": {"b": ["wrong"]}}), 400, "invalid"),
    ],
)
@pytest.mark.django_db
def test_every_error_is_a_problem_document(error: Exception, status: int, code: str) -> None:
    response = problem_handler(error, {})
    assert response is not None
    assert response.status_code == status
    assert response.data["code"] == code
    assert response.content_type == "application/problem+json"


@pytest.mark.django_db
def test_nested_validation_errors_name_their_field() -> None:
    response = problem_handler(exceptions.ValidationError({"cues": [{}, {"at_time": ["Not a time."]}]}), {})
    assert response is not None
    assert response.data["errors"] == [{"field": "cues.1.at_time", "message": "Not a time."}]


@pytest.mark.django_db
def test_a_bug_is_not_dressed_up() -> None:
    assert problem_handler(RuntimeError("bug"), {}) is None
