"""Who is in a group, and as what."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.models import Addressed
from core.visibility import Viewer, VisibilityQuerySet


class Role(models.TextChoices):
    OWNER = "owner", _("owner")
    HOST = "host", _("host")
    MODERATOR = "moderator", _("moderator")
    MEMBER = "member", _("member")


HOSTING = (Role.OWNER, Role.HOST)
MODERATING = (*HOSTING, Role.MODERATOR)


def named_to(reader: int | None) -> Q:
    """Whose presence in a group may be told to a reader (by key): that of all who take part, and one's own.

    Who just looks is known to those who host besides, and by lists of members alone: what they wrote or shared when
    they took part would tell everybody that they are back.
    """
    return Q(is_looking=False) | Q(person=reader)


class MembershipQuerySet(VisibilityQuerySet["Membership"]):
    def _visible_to(self, viewer: Viewer) -> Self:
        """Fellow members of a current membership, without blocked people; nobody else sees who is in.

        Whoever looks without taking part is seen by themselves and by those who host.
        """
        if not viewer.is_authenticated:
            return self.none()
        shared = Membership.objects.current().filter(group=OuterRef("group"), person=viewer)
        shown = named_to(viewer.pk) | Exists(shared.hosting())
        return self.current().filter(shown, Exists(shared), person__in=User.objects.visible_to(viewer))

    def looked_after_by(self, viewer: Viewer) -> Self:
        """Return the members that the viewer may know of, and for those who host all of them.

        A block takes nobody out of a host's care: who cannot be named cannot be put out of the group either.
        """
        hosts = Membership.objects.hosting().filter(group=OuterRef("group"), person=viewer.pk)
        met = self.current().filter(Q(pk__in=self.model.objects.visible_to(viewer).values("pk")) | Exists(hosts))
        met.is_scoped = True
        return met

    def current(self) -> Self:
        return self.filter(left_at__isnull=True, banned_at__isnull=True)

    def banned(self) -> Self:
        return self.filter(banned_at__isnull=False)

    def banned_for(self, viewer: Viewer) -> Self:
        """Return bans of people whom the viewer may see, who is one of those that host: nobody else may know."""
        bans = self.banned().filter(person__in=User.objects.visible_to(viewer))
        bans.is_scoped = True
        return bans

    def taking_part(self) -> Self:
        return self.current().filter(is_looking=False)

    def hosting(self) -> Self:
        return self.current().filter(role__in=HOSTING)

    def owning(self) -> Self:
        return self.current().filter(role=Role.OWNER)

    def moderating(self) -> Self:
        return self.current().filter(role__in=MODERATING)


def asked_role(viewer: Viewer, group: str) -> dict[str, Any]:
    """Return what to annotate rows with so that `rules` know what the viewer is in the group of each.

    `group` leads from the row to its group.
    """
    mine = Membership.objects.current().filter(group=OuterRef(group), person=viewer.pk)
    return {"asked_for": Value(viewer.pk, models.BigIntegerField()), "asked_role": Subquery(mine.values("role"))}


class Membership(Addressed):
    """A person in a group. Leaving keeps no role; a ban keeps the row so that it holds."""

    group = models.ForeignKey("groups.Group", models.CASCADE, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.MEMBER)
    is_looking = models.BooleanField(_("just looking"), default=False, db_default=False)
    joined_at = models.DateTimeField(_("joined"), default=clock.now)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)
    banned_at = models.DateTimeField(_("banned"), null=True, blank=True)
    greets_series: bool = True  # whether they may greet newcomers of a series: read under the group's lock
    another_owner: int | None = None  # who has owned the group longest beside them: read under the group's lock

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["group", "person"], name="membership_unique"),
            models.CheckConstraint(
                condition=Q(is_looking=False) | Q(role="member"), name="membership_looking_has_no_role"
            ),
        ]
        indexes = [models.Index(fields=["person", "group"], name="membership_of_person")]

    def __str__(self) -> str:
        return f"{self.group_id} {self.person_id}"

    @property
    def is_current(self) -> bool:
        return self.left_at is None and self.banned_at is None

    @property
    def is_hosting(self) -> bool:
        """Whether this membership may host: as owner or host."""
        return self.is_current and self.role in HOSTING
