"""What changed, for apps that work without a connection."""

from typing import Any, cast

from drf_spectacular.drainage import set_override
from drf_spectacular.utils import OpenApiParameter, PolymorphicProxySerializer, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from core import clock
from core.api import ProblemSerializer
from core.pagination import Pages
from core.permissions import Members
from mindmove.sync.changes import Change, changes_since
from mindmove.sync.cursors import read
from mindmove.sync.kind import Kind
from mindmove.sync.kinds import KINDS

PAGE, LARGEST_PAGE = 200, 500


class Sizes(Pages):
    page_size, max_page_size = PAGE, LARGEST_PAGE


class Named(serializers.CharField):
    """The name of a kind: the one that it is."""

    def __init__(self, kind: str) -> None:
        super().__init__(read_only=True)
        set_override(self, "field", {"type": "string", "const": kind})


def _change_shape(kind: Kind) -> type[serializers.Serializer[Change]]:
    """Return the shape of a change of this kind, so that a typed client gets typed data."""
    name = "".join(word.title() for word in kind.name.split("_"))
    fields = {
        "__doc__": kind.shape.__doc__,
        "kind": Named(kind.name),
        "key": serializers.CharField(read_only=True, help_text="Its UUID, or its address: what names it for good."),
        "gone": serializers.BooleanField(read_only=True, help_text="It is no more, or no longer mine to see."),
        "data": kind.shape(read_only=True, allow_null=True, help_text="How it is now; null when it is gone."),
    }
    return type(f"{name}ChangeSerializer", (serializers.Serializer,), fields)


class ChangesPageSerializer(serializers.Serializer[Any]):
    """Changes, oldest first. Keep `cursor` once they are stored; while `has_more`, ask again at once."""

    cursor = serializers.CharField(read_only=True)
    has_more = serializers.BooleanField(read_only=True)
    changes = PolymorphicProxySerializer(
        component_name="Change",
        serializers={kind.name: _change_shape(kind) for kind in KINDS.values()},
        resource_type_field_name="kind",
        many=True,
    )


class ChangesView(APIView):
    """Everything that I have and may see, for a device that keeps it."""

    permission_classes = [Members]

    @extend_schema(
        tags=["sync"],
        operation_id="changes_retrieve",
        parameters=[
            OpenApiParameter("cursor", str, description="Of the last answer, as it is; left out: from nothing."),
            OpenApiParameter("page_size", int, description=f"{PAGE}, at most {LARGEST_PAGE}.", default=PAGE),
        ],
        responses={200: ChangesPageSerializer, 404: ProblemSerializer, 410: ProblemSerializer},
    )
    def get(self, request: Request) -> Response:
        """What changed since the cursor, with what is gone. 410 `sync_restart`: begin again without a cursor."""
        text = request.query_params.get("cursor", "")
        page = changes_since(
            read(text) if text else None,
            cast("User", request.user),
            page_size=Sizes().get_page_size(request) or PAGE,
            now=clock.now(),
        )
        changes = [{"kind": c.kind, "key": c.key, "gone": c.gone, "data": c.data} for c in page.changes]
        return Response({"cursor": page.cursor, "has_more": page.has_more, "changes": changes})
