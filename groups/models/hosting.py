"""What hosts send to those who answered, and the secret feed of one's own calendar."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.models import Addressed
from core.visibility import OwnQuerySet, Viewer, VisibilityQuerySet
from groups.models.events import Event
from groups.models.memberships import Membership
from groups.models.rsvps import Rsvp


class HostMessageQuerySet(VisibilityQuerySet["HostMessage"]):
    def _visible_to(self, viewer: Viewer) -> Self:
        """For hosts, and for those of the group who answered the event in a way that the message is for."""
        if not viewer.is_authenticated:
            return self.none()
        mine = Membership.objects.current().filter(group=OuterRef("event__group"), person=viewer)
        answers = Rsvp.objects.filter(event=OuterRef("event"), person=viewer)
        is_for_me = Q(Exists(answers.going())) | Q(Exists(answers.in_line().order_by()), is_for_line=True)
        is_for_me &= Q(Exists(mine))
        return self.filter(Exists(mine.hosting()) | is_for_me, event__in=Event.objects.visible_to(viewer))


class HostMessage(Addressed):
    """A word from a host to those who come, and to those in line when it is for them too."""

    event = models.ForeignKey(Event, models.DB_CASCADE, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    text = models.TextField(_("message"), max_length=1000)
    is_for_line = models.BooleanField(_("for those in line too"), default=False)

    objects = HostMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message from a host")
        verbose_name_plural = _("messages from hosts")

    def __str__(self) -> str:
        return str(self.uuid)


class CalendarFeedQuerySet(OwnQuerySet["CalendarFeed"]):
    def answering(self, token_hash: str) -> Self:
        """Return the feed of a secret, as long as its person's account is open."""
        return self.filter(token_hash=token_hash, person__is_active=True, person__banned_at=None)


class CalendarFeed(models.Model):
    """The one secret address at which a person's calendar program reads what they said yes to. Kept as a hash."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    token_hash = models.CharField(_("token, hashed"), max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("made"), default=clock.now)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")

    def __str__(self) -> str:
        return f"{self.person_id}"
