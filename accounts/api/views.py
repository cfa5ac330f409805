"""The signed-in person."""

from typing import Any, cast

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view, permission_classes
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.serializers import MeSerializer, WelcomeSerializer
from accounts.models import User
from accounts.services.profile import Changes, change_settings, finish_welcome, lock_person
from core import clock
from core.permissions import Members
from core.preconditions import Conditional


class Me(Conditional):
    """One's own settings."""

    permission_classes = [Members]
    tagged_acts = {"get", "head", "patch"}
    matching_acts = {"patch"}

    @extend_schema(operation_id="me_retrieve", responses=MeSerializer)
    def get(self, request: Request) -> Response:
        """Read or change one's own settings."""
        return Response(MeSerializer(self.row()).data)

    @extend_schema(operation_id="me_partial_update", request=MeSerializer, responses=MeSerializer)
    def patch(self, request: Request) -> Response:
        """Read or change one's own settings."""
        form = MeSerializer(self.row(), data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        return Response(MeSerializer(change_settings(person=self.row(), changes=form.validated_data)).data)

    def row(self, *, is_locked: bool = False) -> User:
        person = cast("User", self.request.user)
        if is_locked:
            lock_person(person)
        return person

    def current(self, row: User) -> Any:
        row.refresh_from_db()
        return MeSerializer(row).data


@extend_schema(request=WelcomeSerializer, responses=MeSerializer)
@api_view(["POST"])
@permission_classes([Members])
def welcome(request: Request) -> Response:
    """Answer the three questions of the welcome at once."""
    person = cast("User", request.user)
    form = WelcomeSerializer(data=request.data)
    form.is_valid(raise_exception=True)
    answers = form.validated_data
    name = answers.pop("display_name")
    change_settings(person=person, changes=cast("Changes", answers))
    finish_welcome(person=person, display_name=name, now=clock.now())
    return Response(MeSerializer(person).data)
