"""Base permissions of the API. A view that names none answers nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rest_framework.permissions import SAFE_METHODS, BasePermission

if TYPE_CHECKING:  # the framework imports this module before its views are ready
    from rest_framework.request import Request
    from rest_framework.views import APIView


class DenyAll(BasePermission):
    """The default: no."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return False


class Anyone(BasePermission):
    """Public reading; a view that uses it offers safe methods only."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return request.method in SAFE_METHODS


class Members(BasePermission):
    """Signed in. Which rows, `visible_to` decides; which acts, `rules` decides below."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return bool(request.user and request.user.is_authenticated)

    def has_object_permission(self, request: Request, view: APIView, obj: Any) -> bool:
        return True
