"""What hosts write to those who come, as a message. Its text is looked up when it is sent."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.moments import moment_in_words
from groups.models import HostMessage
from notifications.kinds import Content, Hold, Kind, register
from notifications.models import Notification


def prepare_host_message(notification: Notification, now: datetime) -> Content | Hold:
    """Only for whom the message is still meant: who gave their seat back or left meanwhile gets nothing."""
    messages = HostMessage.objects.visible_to(notification.person).select_related("event__group")
    message = messages.filter(uuid=notification.about_id).first()
    if message is None:
        return Hold("not_for_you")
    event = message.event
    context = {
        "title": event.title,
        "group": event.group.name,
        "moment": moment_in_words(event.starts_at, event.time_zone, now=now),
        "text": message.text,
    }
    return Content(context, event.get_absolute_url(), about=event)


def register_kinds() -> None:
    """Make the notice known to the outbox."""
    register(
        Kind(
            name="host_message",
            label=_("A word from the hosts of an event"),
            template="groups/mail/host_message",
            prepare=prepare_host_message,
            is_bulk=False,
            stops_in_one_click=True,
            waits_for_morning=False,  # it may say where to meet in an hour
            why=_("You had said that you are coming, or were in line."),
            held={"not_for_you": _("You were no longer going, or the message was taken away.")},
        )
    )
