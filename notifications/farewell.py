"""The one mail to somebody whose account is about to be deleted: when, and how to keep it."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.keeping import keeping_path
from accounts.models import User
from core.moments import moment_in_words
from notifications.kinds import Content, Hold, Kind, register
from notifications.models import Notification
from notifications.services.outbox import notify

KIND = "account_leaving"


def tell_leaving(person: User, now: datetime) -> None:
    """Somebody asked for their account to be deleted: say so to whoever reads their mail."""
    notify(
        person=person,
        kind=KIND,
        about_id=str(person.uuid),
        dedupe_key=f"{KIND}:{person.uuid}:{person.erase_at}",
        expires_at=person.erase_at,
        now=now,
    )


def prepare_account_leaving(notification: Notification, now: datetime) -> Content | Hold:
    person = notification.person
    if person.erase_at is None or person.erase_at != notification.expires_at:
        return Hold("kept")
    return Content({"until": moment_in_words(person.erase_at, person.time_zone, now=now)}, keeping_path(person))


def register_kinds() -> None:
    """Make the mail known to the outbox."""
    register(
        Kind(
            name=KIND,
            label=_("That your account will be deleted"),
            template=f"notifications/mail/{KIND}",
            prepare=prepare_account_leaving,
            is_bulk=False,
            is_owed=True,
            waits_for_morning=False,
            why=_("You, or somebody who knows your password, asked for it."),
            held={"kept": _("You kept your account.")},
        )
    )
