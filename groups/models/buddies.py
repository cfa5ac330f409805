"""Two people who keep each other company, and somebody who would notice a silence."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.models import Addressed
from core.visibility import Viewer, VisibilityQuerySet


class BuddiesQuerySet(VisibilityQuerySet["Buddies"]):
    def _visible_to(self, viewer: Viewer) -> Self:
        """For the two, as long as both may see each other."""
        if not viewer.is_authenticated:
            return self.none()
        seen = User.objects.visible_to(viewer)
        return self.filter(Q(asked_by=viewer, asked__in=seen) | Q(asked=viewer, asked_by__in=seen))

    def agreed(self) -> Self:
        return self.filter(agreed_at__isnull=False)

    def of(self, person: Viewer) -> Self:
        return self.filter(Q(asked_by=person.pk) | Q(asked=person.pk))


class Buddies(Addressed):
    """Two people, once the second agreed. Either ends it in one step, and then the row and its words are gone."""

    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    asked = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    agreed_at = models.DateTimeField(_("agreed"), null=True, blank=True)

    objects = BuddiesQuerySet.as_manager()

    class Meta:
        verbose_name = _("buddies")
        verbose_name_plural = _("buddies")
        constraints = [
            models.UniqueConstraint(fields=["asked_by", "asked"], name="buddies_once"),
            models.CheckConstraint(condition=~Q(asked_by=F("asked")), name="buddies_are_two"),
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class BuddyWordQuerySet(VisibilityQuerySet["BuddyWord"]):
    def _visible_to(self, viewer: Viewer) -> Self:
        """For the two who agreed."""
        return self.filter(buddies__in=Buddies.objects.visible_to(viewer).agreed())


class BuddyWord(models.Model):
    """What one of the two says of one of their days, and nothing finer: done, not today, or would like company."""

    class Word(models.TextChoices):
        DONE = "done", _("done")
        NOT_TODAY = "not_today", _("not today")
        COMPANY = "company", _("would like company")

    buddies = models.ForeignKey(Buddies, models.CASCADE, related_name="words")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    local_on = models.DateField(_("day"))
    word = models.CharField(_("word"), max_length=10, choices=Word.choices)

    objects = BuddyWordQuerySet.as_manager()

    class Meta:
        verbose_name = _("word between buddies")
        verbose_name_plural = _("words between buddies")
        constraints = [models.UniqueConstraint(fields=["buddies", "person", "local_on"], name="buddy_word_once_a_day")]

    def __str__(self) -> str:
        return f"{self.buddies_id} {self.local_on}"


class NoticerQuerySet(VisibilityQuerySet["Noticer"]):
    def _visible_to(self, viewer: Viewer) -> Self:
        """For the person, and for the friend whom they asked, as long as both may see each other."""
        if not viewer.is_authenticated:
            return self.none()
        seen = User.objects.visible_to(viewer)
        return self.filter(Q(person=viewer, friend__in=seen) | Q(friend=viewer, person__in=seen))

    def agreed(self) -> Self:
        return self.filter(agreed_at__isnull=False)


class Noticer(Addressed):
    """The one person who is asked to say hello, in the person's own words, after a silence that they chose.

    Off until both agreed. The friend learns that it was quiet for so many days, and nothing else.
    """

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    friend = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    after_days = models.PositiveSmallIntegerField(
        _("after how many quiet days"), validators=[MinValueValidator(3), MaxValueValidator(90)]
    )
    words = models.TextField(_("your words"), max_length=500)
    agreed_at = models.DateTimeField(_("agreed"), null=True, blank=True)
    asked_on = models.DateField(_("last asked"), null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = NoticerQuerySet.as_manager()

    class Meta:
        verbose_name = _("somebody who notices")
        verbose_name_plural = _("people who notice")
        constraints = [models.CheckConstraint(condition=~Q(person=F("friend")), name="noticer_is_another")]

    def __str__(self) -> str:
        return str(self.uuid)
