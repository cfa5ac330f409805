"""The API of people: who somebody is to the caller."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from core.api import PresentedSerializer, ProblemSerializer
from core.permissions import Members
from core.visibility import get_visible
from groups.api.serializers import GroupNameSerializer
from groups.people import groups_shared_with, people_known_to


class PersonSerializer(PresentedSerializer[User]):
    """Somebody whom the caller meets in a group, and where."""

    uuid = serializers.UUIDField(read_only=True)
    name = serializers.CharField(source="__str__", read_only=True)
    is_me = serializers.SerializerMethodField()
    groups = serializers.SerializerMethodField()

    def get_is_me(self, person: User) -> bool:
        return bool(person == self.context["request"].user)

    @extend_schema_field(GroupNameSerializer(many=True))
    def get_groups(self, person: User) -> list[dict[str, Any]]:
        shared = groups_shared_with(self.context["request"].user, person)
        return [dict(row) for row in GroupNameSerializer(shared, many=True).data]


class PersonView(APIView):
    """A person as their fellow members know them. Whoever is blocked, closed or gone never existed."""

    permission_classes = [Members]

    @extend_schema(operation_id="people_retrieve", responses={200: PersonSerializer, 404: ProblemSerializer})
    def get(self, request: Request, uuid: UUID) -> Response:
        found = get_visible(people_known_to(request.user), request.user, uuid=uuid)
        return Response(PersonSerializer(found, context={"request": request}).data)
