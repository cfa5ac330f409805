"""The API of blocks, of people whom one knows through groups."""

from typing import Any, cast
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import Block, User
from accounts.queries import blocks_by
from accounts.services.blocks import block, unblock
from core.api import PresentedSerializer, ProblemSerializer
from core.pagination import Pages
from core.permissions import Members
from core.visibility import get_visible
from groups.people import people_known_to


class BlockSerializer(PresentedSerializer[Block]):
    """Whom I blocked. Who blocked me, nobody tells."""

    person = serializers.UUIDField(source="blocked.uuid", read_only=True)
    name = serializers.CharField(source="blocked", read_only=True)
    created_at = serializers.DateTimeField(read_only=True)


class NewBlockSerializer(serializers.Serializer[Any]):
    person = serializers.UUIDField()


class Blocks(APIView):
    """The people whom I blocked: neither sees the other, anywhere."""

    permission_classes = [Members]
    pagination_class = Pages

    @extend_schema(operation_id="blocks_list", responses=BlockSerializer(many=True))
    def get(self, request: Request) -> Response:
        return Pages().respond(blocks_by(request.user), BlockSerializer, self)

    @extend_schema(
        operation_id="blocks_create",
        request=NewBlockSerializer,
        responses={201: BlockSerializer, 400: ProblemSerializer, 404: ProblemSerializer},
    )
    def post(self, request: Request) -> Response:
        """Block somebody whom I know, as their page does. Blocking twice is blocking once."""
        form = NewBlockSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        person = cast("User", request.user)
        already = blocks_by(person).filter(blocked__uuid=form.validated_data["person"]).first()
        made = already or block(person=person, other=_known(person, form.validated_data["person"]))
        return Response(BlockSerializer(made).data, status=status.HTTP_201_CREATED)


class OneBlock(APIView):
    """A block of mine, by the UUID of the person."""

    permission_classes = [Members]

    @extend_schema(operation_id="blocks_destroy", responses={204: None, 404: ProblemSerializer})
    def delete(self, request: Request, uuid: UUID) -> Response:
        """Take it back. What the other person did stays."""
        found = get_visible(blocks_by(request.user), request.user, blocked__uuid=uuid)
        unblock(person=cast("User", request.user), other=found.blocked)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _known(viewer: User, uuid: UUID) -> User:
    return get_visible(people_known_to(viewer), viewer, uuid=uuid)
