"""A friend for whom it has been quiet, decided when it is about to be sent."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from groups.company import SILENCE
from groups.models import Noticer
from notifications.kinds import Content, Hold, Kind, register
from notifications.models import Notification
from reminders.lookups.silence import silence_of


def prepare_silence(notification: Notification, now: datetime) -> Content | Hold:
    """The person's own words, and for how long it has been quiet. Nothing of what they do or did."""
    asked = Noticer.objects.visible_to(notification.person).filter(uuid=notification.about_id)
    noticer = asked.select_related("person").first()
    if noticer is None or noticer.agreed_at is None:
        return Hold("gone")
    silence = silence_of(notification.about_id, now=now)
    if silence is None or silence.since.isoformat() != notification.occurrence:
        return Hold("heard_from")
    context = {"name": str(noticer.person), "words": noticer.words, "days": silence.days}
    return Content(context, reverse("groups:buddies"), about=noticer)


HELD = {
    "gone": _("It was taken back, or ended."),
    "heard_from": _("They were heard from, or wanted quiet."),
}


def register_kinds() -> None:
    """Make the message known to the outbox."""
    register(
        Kind(
            name=SILENCE,
            label=_("A friend for whom it has been quiet"),
            template="reminders/mail/silence",
            prepare=prepare_silence,
            is_bulk=False,
            why=_("You said yes when they asked whether you would say hello."),
            held=HELD,
        )
    )
