"""What a log that came from a phone's health store has taken over from it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from library.models import ExerciseType
from plans.models.logs import SessionLog
from plans.models.private import OfLogQuerySet
from plans.models.templates import Intensity


class StoreWord(models.Model):
    """Where the log says something else, its person said so, and nothing that the store says changes it any more."""

    log = models.OneToOneField(SessionLog, models.CASCADE, related_name="store_word")
    exercise_type = models.ForeignKey(ExerciseType, models.PROTECT, related_name="+", verbose_name=_("kind"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    intensity = models.CharField(_("effort"), max_length=10, choices=Intensity.choices)
    distance_m = models.PositiveIntegerField(_("distance in metres"), null=True, blank=True)
    started_at = models.DateTimeField(_("started at"))
    done_at = models.DateTimeField(_("done at"))

    objects = OfLogQuerySet["StoreWord"].as_manager()

    class Meta:
        verbose_name = _("word of a health store")
        verbose_name_plural = _("words of health stores")

    def __str__(self) -> str:
        return str(self.log_id)
