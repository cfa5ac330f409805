"""The API of deleting one's account. No token does it: these doors want the session of an app or a browser."""

from typing import Any, cast

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.asking import asker_of
from accounts.fresh import require_fresh
from accounts.models import User
from accounts.services.leaving import ask_to_leave, stay
from core import clock
from core.api import PresentedSerializer, ProblemSerializer
from core.permissions import Members


class DeletionSerializer(PresentedSerializer[User]):
    """The deletion that I asked for."""

    erase_at = serializers.DateTimeField(
        read_only=True, allow_null=True, help_text="When the account will be deleted; null: it stays."
    )


class Deletion(APIView):
    """The deletion of my account: asked for, looked at, taken back. The one door that is open until it comes."""

    permission_classes = [Members]
    is_closed_to_tokens = True
    is_open_to_the_leaving = True

    @extend_schema(operation_id="me_deletion_retrieve", responses=DeletionSerializer)
    def get(self, request: Request) -> Response:
        """When my account will be deleted, if I asked for it."""
        return _shown(request.user)

    @extend_schema(
        operation_id="me_deletion_create",
        request=None,
        responses={202: DeletionSerializer, 403: ProblemSerializer},
    )
    def post(self, request: Request) -> Response:
        """Delete my account in seven days. Wants the password again within minutes, as making a token does.

        This session stays, to take it back; every other one and all tokens end. Asking twice is asking once.
        """
        person, session = cast("User", request.user), asker_of(request._request).session or request.session  # noqa: SLF001
        require_fresh(person, session)
        ask_to_leave(person=person, kept=session, now=clock.now())
        return _shown(person, status.HTTP_202_ACCEPTED)

    @extend_schema(operation_id="me_deletion_destroy", responses={204: None})
    def delete(self, request: Request) -> Response:
        """Keep my account after all."""
        stay(person=cast("User", request.user))
        return Response(status=status.HTTP_204_NO_CONTENT)


def _shown(person: Any, code: int = status.HTTP_200_OK) -> Response:
    return Response(DeletionSerializer(person).data, status=code)
