"""Sending up to fifty changes at once, as a phone does that was offline."""

import json
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers, status
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.once import REPLAYED
from core.api import ProblemSerializer
from core.errors import InvalidInput
from core.permissions import Members
from core.problems import problem_body
from mindmove.batch.running import IN_BATCH, run

MOST, LONGEST_PATH, LONGEST_TAG = 50, 500, 200
ROOT = "/api/v1/"
TOLD = ("ETag", "Location", "Retry-After", REPLAYED)  # headers of an answer that a client acts on
UUID = "7d0a3b52-6f0e-4d8b-9a50-1f6f6f1c2ab4"
LOG = {"uuid": UUID, "exercise_type": "walking", "minutes": 12, "intensity": "light"}
ASKED = OpenApiExample(
    "A log that was written offline",
    value={"items": [{"id": UUID, "method": "POST", "path": "/api/v1/logs/", "body": LOG}]},
    request_only=True,
)


class PartSerializer(serializers.Serializer[Any]):
    """A change. `id` is its `Idempotency-Key`, `if_match` its `If-Match`; `path` begins with `/api/v1/`."""

    id = serializers.UUIDField()
    method = serializers.ChoiceField(choices=["POST", "PUT", "PATCH", "DELETE"])
    path = serializers.RegexField(r"^/[!-~]*$", max_length=LONGEST_PATH)
    body = serializers.JSONField(required=False, allow_null=True, help_text="What would be sent; files go alone.")
    if_match = serializers.RegexField(r"^[ -~]+$", max_length=LONGEST_TAG, required=False)


class BatchSerializer(serializers.Serializer[Any]):
    items = PartSerializer(many=True, min_length=1, max_length=MOST)  # type: ignore[call-arg]


class OutcomeSerializer(serializers.Serializer[Any]):
    """What this one would have been answered alone."""

    id = serializers.UUIDField()
    status = serializers.IntegerField()
    headers = serializers.DictField(child=serializers.CharField(), help_text="In lower case, those that matter.")
    body = serializers.JSONField(allow_null=True)


class OutcomesSerializer(serializers.Serializer[Any]):
    items = OutcomeSerializer(many=True)


class BatchView(APIView):
    """Changes one after the other, each as if it had come alone."""

    permission_classes = [Members]
    keeps_itself = True  # an answer to each, under its own key (`accounts.once`)

    @extend_schema(
        operation_id="batch_create",
        tags=["batch"],
        request=BatchSerializer,
        responses={200: OutcomesSerializer, 400: ProblemSerializer},
        examples=[ASKED],
    )
    def post(self, request: Request) -> Response:
        """Send what was gathered. One that is refused does not stop those after it."""
        if IN_BATCH in request.META:
            raise InvalidInput("batch_in_batch", _("A batch stands alone, not in another one."))
        form = BatchSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        outcomes = [_outcome(request, part) for part in form.validated_data["items"]]
        return Response({"items": outcomes}, status=status.HTTP_200_OK)


def _outcome(request: Request, part: dict[str, Any]) -> dict[str, Any]:
    if not part["path"].startswith(ROOT):
        hidden = NotFound()
        body = problem_body(hidden.status_code, hidden.default_code, str(hidden.detail))
        return {"id": part["id"], "status": hidden.status_code, "headers": {}, "body": body}
    by_cookie = isinstance(request.successful_authenticator, SessionAuthentication)
    answer = run(request._request, part, is_trusted=by_cookie)  # noqa: SLF001 - the site answers Django's requests
    headers = {name.lower(): answer[name] for name in TOLD if name in answer}
    return {"id": part["id"], "status": answer.status_code, "headers": headers, "body": _said(answer)}


def _said(answer: HttpResponse) -> Any:
    """Return what the answer says in JSON; None where it says nothing, or something else."""
    is_json = "json" in answer.get("Content-Type", "") and not answer.streaming
    return json.loads(answer.content) if is_json and answer.content else None
