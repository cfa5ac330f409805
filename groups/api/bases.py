"""What the views of members' own things have in common."""

from typing import Any, cast
from uuid import UUID

from rest_framework.generics import get_object_or_404

from accounts.models import User
from core.api import PresentedSerializer, ProblemSerializer, ScopedViewSet
from core.held import hold
from core.pagination import Pages
from core.permissions import Members
from core.visibility import Viewer
from groups.models import Event, Group
from groups.models.events import EventQuerySet

HIDDEN = {404: ProblemSerializer}
UNFIT = {400: ProblemSerializer, 403: ProblemSerializer, **HIDDEN}
REFUSED = {**UNFIT, 409: ProblemSerializer}


class SoonestFirst(Pages):
    ordering: tuple[str, ...] = ("starts_at", "pk")


def held_event(events: EventQuerySet, uuid: UUID) -> Event:
    """Return the event at an address, of those that somebody may see, looked up and locked in one, or raise 404.

    It is held for the service that it is handed to, within `holding`.
    """
    return hold(get_object_or_404(events.select_for_update(no_key=True, of=("self",)), uuid=uuid))


def held_with_group(viewer: Viewer, uuid: UUID) -> Event:
    """Return the event at an address, as far as somebody may see it, with its group, in the same way: both are held."""
    events = Event.objects.visible_to(viewer).select_related("group")
    event = get_object_or_404(events.select_for_update(no_key=True, of=("group", "self")), uuid=uuid)
    hold(event.group)
    return hold(event)


def held_group(viewer: Viewer, uuid: UUID) -> Group:
    """Return the group at an address, as far as somebody may see it, in the same way."""
    groups = Group.objects.visible_to(viewer).select_for_update(no_key=True, of=("self",))
    return hold(get_object_or_404(groups, uuid=uuid))


class MembersViewSet(ScopedViewSet):
    """Rows at addresses that are UUIDs, few enough for one page."""

    permission_classes = [Members]
    pagination_class = None
    lookup_value_converter = "uuid"

    @property
    def person(self) -> User:
        return cast("User", self.request.user)

    def clean(self, shape: type[PresentedSerializer[Any]]) -> dict[str, Any]:
        """Return what was sent, as `shape` takes it."""
        form = shape(data=self.request.data, context=self.get_serializer_context())
        form.is_valid(raise_exception=True)
        return dict(form.validated_data)


class OneEvent(ScopedViewSet):
    """What is done to the event of an address."""

    def hold_event(self, *, with_group: bool = False) -> Event:
        """Return the event, held; `with_group`, which is to be changed too, and then is locked first."""
        viewer, uuid = self.request.user, self.kwargs["uuid"]
        return held_with_group(viewer, uuid) if with_group else held_event(Event.objects.visible_to(viewer), uuid)
