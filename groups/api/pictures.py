"""The picture of a group."""

from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from core import clock
from core.permissions import Members
from core.uploads import take
from core.visibility import get_visible
from groups.api.bases import UNFIT
from groups.api.feed_shapes import NewPictureSerializer, PictureSerializer
from groups.models import Group
from groups.services.pictures import remove_group_picture, set_group_picture
from groups.uploads import Pictures


class GroupPicture(APIView):
    """Chosen by hosts, shown to whoever may see the group."""

    permission_classes = [Members]
    parser_classes = [MultiPartParser]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        take(request, Pictures(request))
        return super().dispatch(request, *args, **kwargs)

    @extend_schema(
        tags=["groups"],
        operation_id="groups_picture_update",
        request={"multipart/form-data": NewPictureSerializer},
        responses={200: PictureSerializer, **UNFIT},
    )
    def put(self, request: Request, group: UUID) -> Response:
        """Give the group this picture, in place of the one it had."""
        found, person = get_visible(Group.objects.all(), request.user, uuid=group), cast("User", request.user)
        form = NewPictureSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        made = set_group_picture(group=found, person=person, sent=form.sent(), now=clock.now())
        return Response(PictureSerializer(made).data)

    @extend_schema(tags=["groups"], operation_id="groups_picture_destroy", responses={204: None, **UNFIT})
    def delete(self, request: Request, group: UUID) -> Response:
        found = get_visible(Group.objects.all(), request.user, uuid=group)
        remove_group_picture(group=found, person=cast("User", request.user))
        return Response(status=status.HTTP_204_NO_CONTENT)
