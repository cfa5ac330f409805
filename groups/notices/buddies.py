"""What two people who keep each other company are told: that somebody asks, and that the other would like company."""

from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from groups.models import Buddies, BuddyWord, Noticer
from notifications.kinds import Content, Hold, Kind, register
from notifications.models import Notification


def prepare_buddy_asked(notification: Notification, now: datetime) -> Content | Hold:
    pair = _pair(notification)
    if pair is None:
        return Hold("gone")
    if pair.agreed_at is not None:
        return Hold("answered")
    return Content({"name": str(pair.asked_by)}, reverse("groups:buddies"), about=pair)


def prepare_buddy_company(notification: Notification, now: datetime) -> Content | Hold:
    """Only while the other still says so."""
    pair, person = _pair(notification), notification.person
    if pair is None:
        return Hold("gone")
    other = pair.asked if pair.asked_by_id == person.pk else pair.asked_by
    said = BuddyWord.objects.visible_to(person).filter(buddies=pair, person=other, word=BuddyWord.Word.COMPANY)
    if not said.filter(local_on=date.fromisoformat(notification.occurrence)).exists():
        return Hold("another_word")
    return Content({"name": str(other)}, reverse("groups:buddies"), about=pair)


def prepare_noticer_asked(notification: Notification, now: datetime) -> Content | Hold:
    asked = Noticer.objects.visible_to(notification.person).filter(uuid=notification.about_id)
    noticer = asked.select_related("person").first()
    if noticer is None:
        return Hold("gone")
    if noticer.agreed_at is not None:
        return Hold("answered")
    context = {"name": str(noticer.person), "days": noticer.after_days}
    return Content(context, reverse("groups:buddies"), about=noticer)


def _pair(notification: Notification) -> Buddies | None:
    pairs = Buddies.objects.visible_to(notification.person).filter(uuid=notification.about_id)
    return pairs.select_related("asked_by", "asked").first()


HELD = {
    "gone": _("It was taken back, or ended."),
    "answered": _("You had answered already."),
    "another_word": _("It was another word by then."),
}


def register_kinds() -> None:
    """Make the notices known to the outbox."""
    for name, label, why, prepare in [
        (
            "buddy_asked",
            _("Somebody who would like to be your buddy"),
            _("Somebody of a group that you are in asked you."),
            prepare_buddy_asked,
        ),
        (
            "buddy_company",
            _("A buddy who would like company"),
            _("You keep each other company."),
            prepare_buddy_company,
        ),
        (
            "noticer_asked",
            _("Somebody who asks you to notice when it is quiet"),
            _("Somebody you know from here asked you."),
            prepare_noticer_asked,
        ),
    ]:
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
