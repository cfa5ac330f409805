"""Answers to events, and the line for a seat."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Q, Subquery, When
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.models import Addressed
from core.visibility import Viewer, VisibilityQuerySet
from groups.models.events import Event
from groups.models.memberships import Membership
from groups.models.outings import MOST_GUESTS


class RsvpQuerySet(VisibilityQuerySet["Rsvp"]):
    def _visible_to(self, viewer: Viewer) -> Self:
        """My own answers; a host's view of all; fellow members see those who did not answer quietly.

        Only of events that the viewer may see: an answer says that its event exists.
        """
        if not viewer.is_authenticated:
            return self.none()
        mine = Membership.objects.current().filter(group=OuterRef("event__group"), person=viewer)
        public = Q(is_quiet=False) & Exists(mine) & Q(person__in=User.objects.visible_to(viewer))
        return self.filter(
            Q(person=viewer) | Exists(mine.hosting()) | public, event__in=Event.objects.visible_to(viewer)
        )

    def own_of(self, viewer: Viewer) -> Self:
        """Return the viewer's own answers, to be shown with events that they see."""
        own = self.filter(person=viewer) if viewer.is_authenticated else self.none()
        own.is_scoped = True
        return own

    def going(self) -> Self:
        return self.filter(status=Rsvp.Status.GOING)

    def in_line(self) -> Self:
        """Return those who wait, first come first."""
        return self.filter(status=Rsvp.Status.WAITLISTED).order_by("place")

    def with_position(self) -> Self:
        """Annotate `position`: how many wait up to and including this answer; None when not in line."""
        return self.annotate(position=position_of("event", "place"))

    def with_position_of(self, person: User) -> Self:
        """Annotate the `position` of one person's answers alone: of a whole line that would be read for each of it."""
        return self.annotate(position=Case(When(person=person, then=position_of("event", "place"))))

    def position_in_line(self, rsvp: Rsvp) -> int | None:
        """Return 1 for the next one to get a seat, 2 for the one after; None when not in line."""
        if rsvp.place is None:
            return None
        return Rsvp.objects.filter(event=rsvp.event_id, place__lte=rsvp.place).count()


def position_of(event: str, place: str) -> Subquery:
    """Return how many wait for an event up to and including a place in its line; None for no place."""
    ahead = Rsvp.objects.filter(event=OuterRef(event), place__lte=OuterRef(place)).order_by()
    return Subquery(ahead.values("event").annotate(n=Count("pk")).values("n"))


class Rsvp(Addressed):
    """One person's answer. `place` orders the line; it is given out under the event's lock."""

    class Status(models.TextChoices):
        GOING = "going", _("going")
        WAITLISTED = "waitlisted", _("in line for a seat")
        MAYBE = "maybe", _("maybe")
        DECLINED = "declined", _("can't come")

    event = models.ForeignKey(Event, models.DB_CASCADE, related_name="rsvps")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    status = models.CharField(_("answer"), max_length=10, choices=Status.choices)
    place = models.PositiveIntegerField(_("place in line"), null=True, blank=True)
    is_quiet = models.BooleanField(_("quietly"), default=False)
    is_first_time = models.BooleanField(_("my first time"), default=False)
    guests = models.PositiveSmallIntegerField(_("guests"), default=0, db_default=0)
    answered_at = models.DateTimeField(_("answered"), default=clock.now)
    promoted_at = models.DateTimeField(_("got a seat"), null=True, blank=True)
    position: int | None = None  # read by `with_position`, and told by who gives out seats

    objects = RsvpQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(fields=["event", "person"], name="rsvp_unique"),
            models.CheckConstraint(condition=Q(guests__lte=MOST_GUESTS), name="rsvp_few_guests"),
            models.UniqueConstraint(
                fields=["event", "place"], condition=Q(place__isnull=False), name="rsvp_place_unique"
            ),
            models.CheckConstraint(
                condition=Q(status="waitlisted", place__isnull=False)
                | (~Q(status="waitlisted") & Q(place__isnull=True)),
                name="rsvp_waitlisted_has_place",
            ),
        ]
        indexes = [models.Index(fields=["event", "status", "place"], name="rsvp_line")]

    def __str__(self) -> str:
        return f"{self.event_id} {self.person_id} {self.status}"

    @property
    def seats(self) -> int:
        """How many seats the answer takes or waits for."""
        return 1 + self.guests
