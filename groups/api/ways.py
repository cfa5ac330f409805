"""The API of ways into a group: asking, inviting, and looking without taking part."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.pace import is_too_fast
from core import clock
from core.api import PresentedSerializer
from core.errors import TooFast
from core.held import hold, holding
from core.permissions import Anyone, Members
from core.visibility import get_still, get_visible
from groups.api.bases import HIDDEN, REFUSED, MembersViewSet, held_group
from groups.api.serializers import GroupInFullSerializer
from groups.feed import my_membership
from groups.models import Event, Group, Invitation, JoinRequest
from groups.queries import alone_seen_by
from groups.rules import may
from groups.services import invitations, memberships
from groups.services import requests as services
from groups.ways import invitations_seen_by, next_meeting, requests_seen_by

OF_GROUP = [
    OpenApiParameter("group", UUID, OpenApiParameter.PATH),
    OpenApiParameter("uuid", UUID, OpenApiParameter.PATH),
]
DONE = {204: None, **REFUSED}


class JoinRequestSerializer(PresentedSerializer[JoinRequest]):
    """A request that waits for an answer."""

    uuid = serializers.UUIDField(read_only=True)
    person = serializers.UUIDField(source="person.uuid", read_only=True)
    name = serializers.CharField(source="person", read_only=True)
    words = serializers.CharField(read_only=True)
    created_at = serializers.DateTimeField(read_only=True)
    expires_at = serializers.DateTimeField(read_only=True, help_text="When it ends by itself.")


class AskingSerializer(PresentedSerializer[Any]):
    words = serializers.CharField(max_length=500, allow_blank=True, default="")


class InvitationSerializer(PresentedSerializer[Invitation]):
    """A link that still lets people in. Its address is said once, when it is made."""

    uuid = serializers.UUIDField(read_only=True)
    note = serializers.CharField(read_only=True)
    most_uses = serializers.IntegerField(read_only=True, allow_null=True)
    uses = serializers.IntegerField(read_only=True)
    expires_at = serializers.DateTimeField(read_only=True)


class NewInvitationSerializer(PresentedSerializer[Any]):
    """`most_uses` left out: as many as come."""

    note = serializers.CharField(max_length=80, allow_blank=True, default="")
    most_uses = serializers.IntegerField(
        min_value=1, max_value=invitations.MOST_USES, required=False, allow_null=True, default=None
    )
    days = serializers.IntegerField(min_value=1, max_value=invitations.MOST_DAYS, default=invitations.DAYS)


class MadeInvitationSerializer(InvitationSerializer):
    address = serializers.SerializerMethodField()

    def get_address(self, _invitation: Invitation) -> str:
        return invitations.address_of(self.context["token"])


class NextMeetingSerializer(PresentedSerializer[Event]):
    """When a group next meets: as much as whoever holds a link to it reads. `time_zone` is the place's."""

    title = serializers.CharField(read_only=True)
    starts_at = serializers.DateTimeField(read_only=True)
    ends_at = serializers.DateTimeField(read_only=True)
    time_zone = serializers.CharField(read_only=True)


class InvitedSerializer(PresentedSerializer[Invitation]):
    """What whoever holds a link reads of its group, of a private one too. `next_event_at`: when `next_event` starts."""

    group = serializers.SerializerMethodField()
    is_member = serializers.SerializerMethodField(help_text="In it already, looking or not.")
    name = serializers.CharField(source="group.name", read_only=True)
    kind = serializers.ChoiceField(choices=Group.Kind.choices, source="group.kind", read_only=True)
    place = serializers.CharField(source="group.place", read_only=True)
    about_html = serializers.CharField(source="group.about_html", read_only=True)
    next_event_at = serializers.SerializerMethodField()
    next_event = serializers.SerializerMethodField()

    @extend_schema_field({"type": ["string", "null"], "format": "uuid", "description": "For who is in it already."})
    def get_group(self, invitation: Invitation) -> str | None:
        return str(invitation.group.uuid) if self.context["is_member"] else None

    def get_is_member(self, _invitation: Invitation) -> bool:
        return bool(self.context["is_member"])

    @extend_schema_field({"type": ["string", "null"], "format": "date-time"})
    def get_next_event_at(self, _invitation: Invitation) -> str | None:
        event = self.context["event"]
        return serializers.DateTimeField().to_representation(event.starts_at) if event else None

    @extend_schema_field(NextMeetingSerializer(allow_null=True))
    def get_next_event(self, _invitation: Invitation) -> dict[str, Any] | None:
        event = self.context["event"]
        return NextMeetingSerializer(event).data if event else None


class ComingInSerializer(PresentedSerializer[Any]):
    is_looking = serializers.BooleanField(default=False, help_text="Just look first: only hosts see it.")


class _Shown(MembersViewSet):
    """Views whose answer is a group as the caller sees it."""

    def shown(self, group: Group) -> Response:
        seen = get_still(alone_seen_by(self.person, now=clock.now()), group)
        return Response(GroupInFullSerializer(seen, context=self.get_serializer_context()).data)

    @cached_property
    def _group(self) -> Group:
        return get_visible(Group.objects.all(), self.request.user, uuid=self.kwargs["group"])


class GroupLooks(_Shown):
    """Looking, and taking part after that."""

    queryset = Group.objects.visible_to(AnonymousUser())  # for the API document; each request asks anew
    serializer_class = GroupInFullSerializer

    @extend_schema(operation_id="groups_look", request=None, responses={200: GroupInFullSerializer, **REFUSED})
    def look(self, request: Request, group: UUID) -> Response:
        """Look at an open group from within. Only its hosts see that I do."""
        found = self._group
        memberships.look(group=found, person=self.person, now=clock.now())
        return self.shown(found)

    @extend_schema(operation_id="groups_take_part", request=None, responses={200: GroupInFullSerializer, **REFUSED})
    def take_part(self, request: Request, group: UUID) -> Response:
        """Become one of the people, after looking. Twice is once."""
        found = self._group
        memberships.take_part(group=found, person=self.person, now=clock.now())
        return self.shown(found)


class JoinRequests(_Shown):
    """Requests that wait: all of them for those who host, else one's own."""

    queryset = JoinRequest.objects.visible_to(AnonymousUser())  # as above
    serializer_class = JoinRequestSerializer

    def get_queryset(self) -> Any:
        return requests_seen_by(self.person, self._group, now=clock.now())

    @extend_schema(operation_id="groups_requests_list", responses={200: JoinRequestSerializer(many=True), **HIDDEN})
    def list(self, request: Request, group: UUID) -> Response:
        return Response(self.get_serializer(self.filter_queryset(self.get_queryset()), many=True).data)

    @extend_schema(
        operation_id="groups_requests_create",
        request=AskingSerializer,
        responses={201: JoinRequestSerializer, **REFUSED},
    )
    def create(self, request: Request, group: UUID) -> Response:
        """Ask to join. Asking twice is asking once."""
        values = self.clean(AskingSerializer)
        with holding():
            self._group = held_group(self.person, group)
            made = services.ask_to_join(group=self._group, person=self.person, now=clock.now(), **values)
        return Response(self.get_serializer(get_still(self.get_queryset(), made)).data, status=status.HTTP_201_CREATED)

    @extend_schema(operation_id="groups_requests_destroy", parameters=OF_GROUP, responses=DONE)
    def destroy(self, request: Request, group: UUID, uuid: UUID) -> Response:
        """Take my request back. Nobody is told."""
        with holding():
            services.take_back_request(request=self._found(), person=self.person, now=clock.now())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(operation_id="groups_requests_accept", parameters=OF_GROUP, request=None, responses=DONE)
    def accept(self, request: Request, group: UUID, uuid: UUID) -> Response:
        """Let them in, as a host. They are told."""
        with holding():
            services.accept_request(request=self._found(), host=self.person, now=clock.now())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(operation_id="groups_requests_decline", parameters=OF_GROUP, request=None, responses=DONE)
    def decline(self, request: Request, group: UUID, uuid: UUID) -> Response:
        """Say no, as a host. They get a kind message without a reason."""
        with holding():
            services.decline_request(request=self._found(), host=self.person, now=clock.now())
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _found(self) -> JoinRequest:
        """Return the request of the address, of requests and groups that the viewer may know of; its group is held."""
        groups = Group.objects.visible_to(self.person).filter(uuid=self.kwargs["group"])
        waiting = JoinRequest.objects.visible_to(self.person).filter(group__in=groups).open(clock.now())
        with_group = waiting.select_related("person", "group").select_for_update(no_key=True, of=("group",))
        found = get_object_or_404(with_group, uuid=self.kwargs["uuid"])
        hold(found.group)
        return found


class Invitations(_Shown):
    """Links into a group, for those who host it."""

    queryset = Invitation.objects.visible_to(AnonymousUser())  # as above
    serializer_class = InvitationSerializer

    def get_queryset(self) -> Any:
        return invitations_seen_by(self.person, self._group, now=clock.now())

    @extend_schema(operation_id="groups_invitations_list", responses={200: InvitationSerializer(many=True), **REFUSED})
    def list(self, request: Request, group: UUID) -> Response:
        if not may(self.person, "invite", self._group):
            raise PermissionDenied
        return Response(self.get_serializer(self.filter_queryset(self.get_queryset()), many=True).data)

    @extend_schema(
        operation_id="groups_invitations_create",
        request=NewInvitationSerializer,
        responses={201: MadeInvitationSerializer, **REFUSED},
    )
    def create(self, request: Request, group: UUID) -> Response:
        """Make a link. This answer is the only one that holds its address."""
        values = self.clean(NewInvitationSerializer)
        made, token = invitations.invite(group=self._group, host=self.person, now=clock.now(), **values)
        shape = MadeInvitationSerializer(made, context={**self.get_serializer_context(), "token": token})
        return Response(shape.data, status=status.HTTP_201_CREATED)

    @extend_schema(operation_id="groups_invitations_destroy", parameters=OF_GROUP, responses=DONE)
    def destroy(self, request: Request, group: UUID, uuid: UUID) -> Response:
        """Take a link back. Who has come in by it stays."""
        invitations.revoke_invitation(invitation=self.get_object(), host=self.person, now=clock.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class Invited(_Shown):
    """A link that somebody was given. One that ended answers like one that never was."""

    queryset = Invitation.objects.visible_to(AnonymousUser())  # as above
    serializer_class = InvitedSerializer

    def get_permissions(self) -> Sequence[BasePermission]:
        return [Anyone()] if self.action == "retrieve" else [Members()]

    @extend_schema(operation_id="invitations_retrieve", responses={200: InvitedSerializer, **HIDDEN})
    def retrieve(self, request: Request, token: str) -> Response:
        """What the group is, when it next meets, and whether the caller is in it already."""
        now = clock.now()
        found = invitations.open_invitation(token=token, viewer=request.user, now=now)
        is_member = my_membership(request.user, found.group) is not None
        context = {**self.get_serializer_context(), "event": next_meeting(found, now=now), "is_member": is_member}
        return Response(InvitedSerializer(found, context=context).data)

    @extend_schema(
        operation_id="invitations_use",
        request=ComingInSerializer,
        responses={200: GroupInFullSerializer, **REFUSED},
    )
    def use(self, request: Request, token: str) -> Response:
        """Join by the link, or just look first."""
        if is_too_fast(request._request, act="invitation", rate="30/m/ip"):  # noqa: SLF001 - the limiter knows Django's
            raise TooFast("too_fast", _("That was a little fast. Please wait a moment, then try again."))
        values = self.clean(ComingInSerializer)
        membership = invitations.use_invitation(token=token, person=self.person, now=clock.now(), **values)
        return self.shown(membership.group)
