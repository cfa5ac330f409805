"""The pace of a plan that I follow, in my own word."""

from typing import Any, cast

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import api_view, permission_classes
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from core import clock
from core.api import PresentedSerializer
from core.permissions import Members
from core.visibility import get_visible
from plans.models import Enrollment, Turn
from plans.services.turns import take_turn


class NewTurnSerializer(PresentedSerializer[Any]):
    way = serializers.ChoiceField(choices=Turn.Way.choices)


class TurnSerializer(NewTurnSerializer):
    local_on = serializers.DateField(read_only=True)
    taken_at = serializers.DateTimeField(read_only=True)


@extend_schema(operation_id="enrollments_turn_create", request=NewTurnSerializer, responses={201: TurnSerializer})
@api_view(["POST"])
@permission_classes([Members])
def turn(request: Request, uuid: str) -> Response:
    """Go on to the next week, take this one again, or go one back. `/today/` says which make sense (`turns`)."""
    person = cast("User", request.user)
    enrollment = get_visible(Enrollment.objects.active().select_related("template"), person, uuid=uuid)
    form = NewTurnSerializer(data=request.data)
    form.is_valid(raise_exception=True)
    said = take_turn(person=person, enrollment=enrollment, way=form.validated_data["way"], now=clock.now())
    return Response(TurnSerializer(said).data, status=status.HTTP_201_CREATED)
