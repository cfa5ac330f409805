"""What is told of requests to join: to hosts that somebody asks, and to who asked what became of it.

Nothing here says who decided, or why.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.moments import day_in_words
from groups.models import Group, JoinRequest, Membership
from groups.models.groups import OPEN
from notifications.kinds import Content, Hold, Kind, register
from notifications.models import Notification


def prepare_join_asked(notification: Notification, now: datetime) -> Content | Hold:
    """For a host, about a group (`about_id`) and who asks (`occurrence`), as long as that waits."""
    host = notification.person
    waiting = JoinRequest.objects.visible_to(host).open(now).exclude(person=host)
    waiting = waiting.filter(group__uuid=notification.about_id, person__uuid=notification.occurrence)
    asked = waiting.select_related("person", "group").first()
    if asked is None:
        return Hold("answered")
    until = asked.expires_at.astimezone(ZoneInfo(host.time_zone)).date()
    names = {"name": str(asked.person), "group": asked.group.name}
    path = reverse("groups:requests", args=[asked.group.slug])
    return Content({**names, "until": day_in_words(until)}, path, about=asked.group)


def prepare_join_accepted(notification: Notification, now: datetime) -> Content | Hold:
    group = _group(notification)
    if group is None:
        return Hold("not_visible")
    if not Membership.objects.current().filter(group=group, person=notification.person).exists():
        return Hold("left_group")
    return Content({"group": group.name}, group.get_absolute_url(), about=group)


def prepare_join_ended(notification: Notification, now: datetime) -> Content | Hold:
    """Declined or expired: what leads on is the other groups, or asking again.

    Who asked a group that closed meanwhile, or was hidden, knows its name, and hears no more of it than that.
    """
    group = _group(notification) or _closed_group(notification)
    if group is None:
        return Hold("not_visible")
    if Membership.objects.current().filter(group=group, person=notification.person).exists():
        return Hold("joined")
    declined = notification.kind == "join_declined"
    leads_on = declined or not group.is_open
    context = {"group": group.name, "takes_nobody": not group.is_open}
    if leads_on:
        return Content(context, reverse("groups:groups"))
    return Content(context, group.get_absolute_url(), about=group)


def _group(notification: Notification) -> Group | None:
    """Return the group that the person's own request asks for, when they may know of it."""
    person = notification.person
    mine = JoinRequest.objects.visible_to(person).filter(person=person, uuid=notification.about_id)
    return Group.objects.visible_to(person).filter(pk__in=mine.values("group")).first()


def _closed_group(notification: Notification) -> Group | None:
    """Return the group that the person's own request asks for, when it takes nobody in any more."""
    person = notification.person
    mine = JoinRequest.objects.visible_to(person).filter(person=person, uuid=notification.about_id)
    banned = Membership.objects.banned().filter(person=person)
    asked = Group.objects.filter(pk__in=mine.values("group")).exclude(pk__in=banned.values("group"))
    return asked.exclude(OPEN).exclude(visibility=Group.Visibility.PRIVATE).first()


_YOU_ASKED = _("You had asked to join.")
KINDS = [
    ("join_asked", _("Somebody asks to join your group"), _("You host the group."), prepare_join_asked),
    ("join_accepted", _("A group took you in"), _YOU_ASKED, prepare_join_accepted),
    ("join_declined", _("A group has no place for you"), _YOU_ASKED, prepare_join_ended),
    ("join_expired", _("A request to join that ran out"), _YOU_ASKED, prepare_join_ended),
]
HELD = {
    "answered": _("It was answered or taken back already."),
    "not_visible": _("The group is no longer open to you."),
    "left_group": _("You had left the group."),
    "joined": _("You were in the group by then."),
}


def register_kinds() -> None:
    """Make the notices known to the outbox."""
    for name, label, why, prepare in KINDS:
        register(
            Kind(
                name=name,
                label=label,
                template=f"groups/mail/{name}",
                prepare=prepare,
                is_bulk=False,
                why=why,
                held=HELD,
            )
        )
