"""The signed-in person."""

from typing import cast

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view, permission_classes
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.serializers import MeSerializer, WelcomeSerializer
from accounts.models import User
from accounts.services.profile import Changes, change_settings, finish_welcome
from core import clock
from core.permissions import Members


@extend_schema(methods=["GET"], operation_id="me_retrieve", responses=MeSerializer)
@extend_schema(methods=["PATCH"], operation_id="me_partial_update", request=MeSerializer, responses=MeSerializer)
@api_view(["GET", "PATCH"])
@permission_classes([Members])
def me(request: Request) -> Response:
    """Read or change one's own settings."""
    person = cast("User", request.user)
    if request.method == "PATCH":
        form = MeSerializer(person, data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        change_settings(person=person, changes=form.validated_data)
    return Response(MeSerializer(person).data)


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
