"""What is told to whom a role in a group is given. Who gave it, it does not say."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from groups.models import Membership
from groups.notices.events import HELD
from notifications.kinds import Content, Hold, Kind, register
from notifications.models import Notification


def prepare_role_given(notification: Notification, now: datetime) -> Content | Hold:
    """Only while the role (`occurrence`) is still theirs."""
    person = notification.person
    mine = Membership.objects.visible_to(person).filter(person=person, uuid=notification.about_id)
    membership = mine.select_related("group").first()
    if membership is None:
        return Hold("left_group")
    if membership.role != notification.occurrence:
        return Hold("another_role")
    group = membership.group
    return Content({"group": group.name, "role": membership.role}, group.get_absolute_url(), about=group)


def register_kinds() -> None:
    """Make the notice known to the outbox."""
    register(
        Kind(
            name="role_given",
            label=_("A role in a group that was given to you"),
            template="groups/mail/role_given",
            prepare=prepare_role_given,
            is_bulk=False,
            why=_("Somebody of your group trusts you with it."),
            held={"left_group": HELD["left_group"], "another_role": _("You had another role by then.")},
        )
    )
