"""The API of devices: browsers, and apps over UnifiedPush."""

from typing import Any, cast
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.asking import asker_of
from accounts.models import User
from core import clock
from core.api import PresentedSerializer, ProblemSerializer
from core.pagination import Pages
from core.permissions import Members
from core.visibility import get_visible
from notifications.models import PushSubscription
from notifications.push import vapid
from notifications.services.devices import end_device, register_device


class DeviceSerializer(PresentedSerializer[PushSubscription]):
    """A device of mine. Its address at the push service is told to nobody, me included."""

    uuid = serializers.UUIDField(read_only=True)
    kind = serializers.ChoiceField(PushSubscription.Kind.choices, read_only=True)
    device = serializers.CharField(read_only=True)
    created_at = serializers.DateTimeField(read_only=True)
    last_used_at = serializers.DateTimeField(read_only=True, allow_null=True)


class DeviceKeysSerializer(serializers.Serializer[Any]):
    p256dh = serializers.CharField(max_length=120)
    auth = serializers.CharField(max_length=40)


class NewDeviceSerializer(serializers.Serializer[Any]):
    """What a browser's `PushSubscription.toJSON()` says, or the endpoint and keys of UnifiedPush."""

    endpoint = serializers.CharField(max_length=1000)
    keys = DeviceKeysSerializer()
    device = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")
    kind = serializers.ChoiceField(PushSubscription.Kind.choices, default=PushSubscription.Kind.APP)


class PushKeySerializer(serializers.Serializer[Any]):
    public_key = serializers.CharField(help_text="For `applicationServerKey` (base64url); empty: no push here.")


class Devices(APIView):
    """The devices that my messages come to."""

    pagination_class = Pages
    permission_classes = [Members]
    is_closed_to_tokens = True  # no credential makes another

    @extend_schema(operation_id="devices_list", responses=DeviceSerializer(many=True))
    def get(self, request: Request) -> Response:
        rows = PushSubscription.objects.visible_to(request.user).live().order_by("-created_at", "-pk")
        return Pages().respond(rows, DeviceSerializer, self)

    @extend_schema(
        operation_id="devices_create",
        request=NewDeviceSerializer,
        responses={201: DeviceSerializer, 400: ProblemSerializer, 409: ProblemSerializer},
    )
    def post(self, request: Request) -> Response:
        """Add a device, at most ten. Adding one again renews its keys; one that somebody else had is mine then.

        Without `device` it keeps the name that it had. Messages go to it until this session is ended: by signing
        out, or from elsewhere.
        """
        form = NewDeviceSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        said = form.validated_data
        keys = said.pop("keys")
        asked = request._request  # noqa: SLF001 - as the framework's own authentication does
        session = asker_of(asked).session or asked.session
        made = register_device(person=cast("User", request.user), session=session, now=clock.now(), **keys, **said)
        return Response(DeviceSerializer(made).data, status=status.HTTP_201_CREATED)


class OneDevice(APIView):
    permission_classes = [Members]
    is_closed_to_tokens = True

    @extend_schema(operation_id="devices_destroy", responses={204: None, 404: ProblemSerializer})
    def delete(self, request: Request, uuid: UUID) -> Response:
        """Send nothing to it any more. Signing out does the same."""
        device = get_visible(PushSubscription.objects.all(), request.user, uuid=uuid)
        end_device(device=device, now=clock.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class PushKey(APIView):
    """The site's public key (VAPID), which a device subscribes with."""

    permission_classes = [Members]

    @extend_schema(operation_id="push_key", responses=PushKeySerializer)
    def get(self, request: Request) -> Response:
        return Response({"public_key": vapid.public_key()})
