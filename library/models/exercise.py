"""The five exercise types and what each of them emphasises."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.visibility import PublicQuerySet
from library.models.evidence import Citation
from library.models.mechanisms import Mechanism


class ExerciseType(models.Model):
    """Walking, aerobic, strength, mindful, group and outdoor."""

    slug = models.SlugField(unique=True)
    order = models.PositiveSmallIntegerField(_("order"))
    is_entry_level = models.BooleanField(_("good for a first step"), default=False)
    name = models.CharField(_("name"), max_length=80)
    one_line = models.TextField(_("in one line"))
    headline = models.TextField(_("headline finding"))
    headline_citations = models.ManyToManyField(Citation, related_name="+", verbose_name=_("sources"))
    examples = models.TextField(_("examples"), help_text=_("One a line."))

    objects = PublicQuerySet["ExerciseType"].as_manager()

    class Meta:
        verbose_name = _("exercise type")
        verbose_name_plural = _("exercise types")
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name


class TypeCaution(models.Model):
    """What to look out for with an exercise type."""

    exercise_type = models.ForeignKey(ExerciseType, models.CASCADE, related_name="cautions")
    order = models.PositiveSmallIntegerField(_("order"))
    text = models.TextField(_("text"))

    objects = PublicQuerySet["TypeCaution"].as_manager()

    class Meta:
        verbose_name = _("caution")
        verbose_name_plural = _("cautions")
        ordering = ["order"]

    def __str__(self) -> str:
        return self.text


class Emphasis(models.Model):
    """How much an exercise type emphasises a mechanism.

    `weight` (0 to 3) orders ideas on screen. It is no effect size and is never shown as a number.
    """

    class Basis(models.TextChoices):
        EVIDENCE = "evidence", _("studies in people")
        INFERENCE = "inference", _("reasoned")
        SOURCE = "source", _("weakly supported")

    exercise_type = models.ForeignKey(ExerciseType, models.CASCADE, related_name="emphases")
    mechanism = models.ForeignKey(Mechanism, models.CASCADE, related_name="emphases")
    weight = models.PositiveSmallIntegerField(_("weight"))
    basis = models.CharField(_("basis"), max_length=10, choices=Basis.choices)
    citations = models.ManyToManyField(Citation, related_name="+", verbose_name=_("sources"))

    objects = PublicQuerySet["Emphasis"].as_manager()

    class Meta:
        verbose_name = _("emphasis")
        verbose_name_plural = _("emphases")
        ordering = ["-weight"]
        constraints = [
            models.UniqueConstraint(fields=["exercise_type", "mechanism"], name="emphasis_unique"),
            models.CheckConstraint(condition=Q(weight__lte=3), name="emphasis_weight_range"),
        ]

    def __str__(self) -> str:
        return f"{self.exercise_type_id} → {self.mechanism_id}"
