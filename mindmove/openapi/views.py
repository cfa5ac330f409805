"""The API's document, for programs."""

import hashlib
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.http import etag
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from core.permissions import Anyone
from mindmove.openapi import kept


@cache
def _fingerprint() -> str:
    return f'"{hashlib.sha256(kept().encode()).hexdigest()[:32]}"'


def _version(request: HttpRequest, *_: Any, **__: Any) -> str:
    return _fingerprint()


class SchemaView(APIView):
    """OpenAPI 3.1, as it lies in `docs/openapi.json`."""

    authentication_classes = []
    permission_classes = [Anyone]
    throttle_classes = []

    @extend_schema(exclude=True)
    @method_decorator(etag(_version))
    def get(self, request: Request) -> HttpResponse:
        return HttpResponse(kept(), content_type="application/json")
