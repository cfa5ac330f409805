"""Who was there, and the links by which somebody answers from a mail."""

from __future__ import annotations

from datetime import datetime
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


class AttendanceQuerySet(VisibilityQuerySet["Attendance"]):
    def _visible_to(self, viewer: Viewer) -> Self:
        """One's own, and for those who host all of their group's."""
        if not viewer.is_authenticated:
            return self.none()
        hosts = Membership.objects.hosting().filter(group=OuterRef("event__group"), person=viewer)
        return self.filter(Q(person=viewer) | Exists(hosts), event__in=Event.objects.visible_to(viewer))


class Attendance(Addressed):
    """Somebody was there. There is no row for who was not, so nothing counts against anybody."""

    event = models.ForeignKey(Event, models.DB_CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    is_said_by_host = models.BooleanField(_("said by a host"), default=False)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("turn-out")
        verbose_name_plural = _("turn-outs")
        constraints = [models.UniqueConstraint(fields=["event", "person"], name="attendance_once")]
        indexes = [models.Index(fields=["person", "event"], name="attendance_of_person")]

    def __str__(self) -> str:
        return str(self.uuid)


class AnswerLinkQuerySet(OwnQuerySet["AnswerLink"]):
    def usable(self, now: datetime) -> Self:
        """Return those of people who are in the group."""
        mine = Membership.objects.current().filter(group=OuterRef("event__group"), person=OuterRef("person"))
        return self.live(now).filter(Exists(mine))

    def live(self, now: datetime) -> Self:
        """Return those that are neither over nor taken back."""
        return self.filter(revoked_at=None, expires_at__gt=now)


class AnswerLink(models.Model):
    """The link in a mail by which one person answers one event without signing in. Kept as a hash; it expires."""

    event = models.ForeignKey(Event, models.DB_CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    token_hash = models.CharField(_("token, hashed"), max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = AnswerLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link for an answer")
        verbose_name_plural = _("links for answers")

    def __str__(self) -> str:
        return f"{self.event_id} {self.person_id}"
