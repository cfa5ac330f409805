"""Ways into a group that is not open to all: asking, and being invited."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.models import Addressed
from core.visibility import Viewer, VisibilityQuerySet
from groups.models.groups import Group
from groups.models.memberships import Membership


def _is_over(now: datetime) -> Q:
    return Q(expires_at__lte=now) | Q(group__closed_at__isnull=False) | Q(group__hidden_at__isnull=False)


class JoinRequestQuerySet(VisibilityQuerySet["JoinRequest"]):
    def _visible_to(self, viewer: Viewer) -> Self:
        """One's own; and, for those who host the group, those of people whom they may see."""
        if not viewer.is_authenticated:
            return self.none()
        hosts = Membership.objects.hosting().filter(group=OuterRef("group"), person=viewer)
        asked = Q(Exists(hosts), person__in=User.objects.visible_to(viewer))
        return self.filter(Q(person=viewer) | asked)

    def open(self, now: datetime) -> Self:
        """Return those that wait for an answer."""
        return self.filter(status=JoinRequest.Status.OPEN).exclude(_is_over(now))

    def unanswered_or_declined_since(self, moment: datetime) -> Self:
        """Return what still stands in the way of asking, or may."""
        declined = Q(status=JoinRequest.Status.DECLINED, closed_at__gt=moment)
        return self.filter(Q(status=JoinRequest.Status.OPEN) | declined)

    def over(self, now: datetime) -> Self:
        """Return those that nobody can answer any more: their time is over, or their group takes nobody in."""
        return self.filter(_is_over(now))


class JoinRequest(Addressed):
    """Somebody asks to join. Every request ends: accepted, declined, taken back or expired."""

    class Status(models.TextChoices):
        OPEN = "open", _("waiting for an answer")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        TAKEN_BACK = "taken_back", _("taken back")
        EXPIRED = "expired", _("expired")

    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    words = models.TextField(_("a few words"), blank=True, max_length=500)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.OPEN)
    expires_at = models.DateTimeField(_("expires"))
    closed_at = models.DateTimeField(_("answered"), null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person"], condition=Q(status="open"), name="join_request_one_open"
            ),
            models.CheckConstraint(
                condition=Q(status="open", closed_at=None) | (~Q(status="open") & Q(closed_at__isnull=False)),
                name="join_request_ends_once",
            ),
        ]
        indexes = [models.Index(fields=["expires_at"], condition=Q(status="open"), name="join_request_open")]

    def __str__(self) -> str:
        return str(self.uuid)


class InvitationQuerySet(VisibilityQuerySet["Invitation"]):
    def _visible_to(self, viewer: Viewer) -> Self:
        """For those who host the group. Whoever holds the link finds it by its token, not by a list."""
        if not viewer.is_authenticated:
            return self.none()
        return self.filter(Exists(Membership.objects.hosting().filter(group=OuterRef("group"), person=viewer)))

    def usable(self, now: datetime) -> Self:
        """Neither used up, taken back nor over, of an open group, and made by somebody who still hosts it."""
        has_room = Q(most_uses=None) | Q(uses__lt=F("most_uses"))
        hosts = Membership.objects.hosting().filter(group=OuterRef("group"), person=OuterRef("invited_by"))
        open_now = self.filter(has_room, revoked_at=None, expires_at__gt=now, invited_by__is_active=True)
        return open_now.filter(Exists(hosts), group__closed_at=None, group__hidden_at=None)


class Invitation(Addressed):
    """A link that lets whoever holds it join. Kept as a hash; it expires, and a host can take it back."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    token_hash = models.CharField(_("token, hashed"), max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    note = models.CharField(_("for whom"), max_length=80, blank=True)
    most_uses = models.PositiveSmallIntegerField(_("how many may use it"), null=True, blank=True)
    uses = models.PositiveIntegerField(_("used"), default=0, editable=False)
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                condition=Q(most_uses=None) | Q(uses__lte=F("most_uses")), name="invitation_within_uses"
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)
