"""The five exercise types and what each of them emphasises."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.visibility import PublicQuerySet, Viewer
from library.models.evidence import Citation, text_over
from library.models.mechanisms import Mechanism

HIGHEST_WEIGHT = 3


class ExerciseTypeQuerySet(PublicQuerySet["ExerciseType"]):
    def with_page(self, viewer: Viewer) -> Self:
        """Bring everything that a type's page shows, in a fixed number of queries."""
        from library.models.needs import Need  # noqa: PLC0415 - needs are made of types

        sources = Citation.objects.visible_to(viewer)
        parts: list[Any] = [
            Prefetch("cautions", TypeCaution.objects.visible_to(viewer), to_attr="shown_cautions"),
            Prefetch("met_values", MetValue.objects.visible_to(viewer), to_attr="shown_met_values"),
            Prefetch("met_citations", sources, to_attr="shown_met_citations"),
            Prefetch("headline_citations", sources, to_attr="shown_citations"),
            Prefetch("suits_needs", Need.objects.visible_to(viewer), to_attr="shown_needs"),
        ]
        return self.prefetch_related(*parts).with_emphases(viewer)

    def with_emphases(self, viewer: Viewer) -> Self:
        """Bring what each type emphasises, as far as the viewer may read of it, with the sources."""
        emphases = Emphasis.objects.visible_to(viewer).filter(mechanism__in=Mechanism.objects.visible_to(viewer))
        return self.prefetch_related(Prefetch("emphases", emphases.with_page(viewer), to_attr="shown_emphases"))


class ExerciseType(models.Model):
    """Walking, aerobic, strength, mindful, group and outdoor."""

    slug = models.SlugField(_("address of the page"), unique=True)
    order = models.PositiveSmallIntegerField(_("order"))
    is_entry_level = models.BooleanField(_("good for a first step"), default=False)
    name = models.CharField(_("name"), max_length=80)
    one_line = models.TextField(_("in one line"))
    headline = models.TextField(_("headline finding"))
    headline_citations = models.ManyToManyField(Citation, related_name="+", verbose_name=_("sources"))
    examples = models.TextField(_("examples"), help_text=_("One a line."))
    dose_note = models.TextField(_("how it counts in a week"), blank=True)
    suits_needs = models.ManyToManyField("library.Need", related_name="+", blank=True, verbose_name=_("suits"))
    met_low = models.DecimalField(_("MET, from"), max_digits=4, decimal_places=1, null=True, blank=True)
    met_high = models.DecimalField(_("MET, to"), max_digits=4, decimal_places=1, null=True, blank=True)
    met_is_verified = models.BooleanField(_("MET values seen on a page"), default=False)
    met_citations = models.ManyToManyField(Citation, related_name="+", blank=True, verbose_name=_("sources of METs"))

    objects = ExerciseTypeQuerySet.as_manager()

    class Meta:
        verbose_name = _("exercise type")
        verbose_name_plural = _("exercise types")
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("library:exercise_type", args=[self.slug])

    @property
    def example_list(self) -> list[str]:
        return self.examples.splitlines()

    def headline_over(self, sources: list[Citation]) -> str:
        """Return the headline, or nothing when it carries a figure that one of its `sources` has unchecked."""
        return text_over(self.headline, sources)


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


class MetValue(models.Model):
    """Energy cost of one activity, in METs, as the compendium codes it."""

    exercise_type = models.ForeignKey(ExerciseType, models.CASCADE, related_name="met_values")
    order = models.PositiveSmallIntegerField(_("order"))
    code = models.CharField(_("compendium code"), max_length=10)
    label = models.CharField(_("activity"), max_length=120)
    met = models.DecimalField("MET", max_digits=4, decimal_places=1, null=True, blank=True)

    objects = PublicQuerySet["MetValue"].as_manager()

    class Meta:
        verbose_name = _("MET value")
        verbose_name_plural = _("MET values")
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["exercise_type", "code"], name="met_value_unique")]

    def __str__(self) -> str:
        return self.label


class ComparisonNoteQuerySet(PublicQuerySet["ComparisonNote"]):
    def with_sources(self, viewer: Viewer) -> Self:
        """Return the notes that were seen on a page, with their sources."""
        return self.filter(is_verified=True).prefetch_related(
            Prefetch("citations", Citation.objects.visible_to(viewer), to_attr="shown_citations")
        )


class ComparisonNote(models.Model):
    """What is known of one exercise type against another."""

    order = models.PositiveSmallIntegerField(_("order"), unique=True)
    text = models.TextField(_("text"))
    citations = models.ManyToManyField(Citation, related_name="+", verbose_name=_("sources"))
    is_verified = models.BooleanField(_("seen on a page"), default=True)

    objects = ComparisonNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("comparison of types")
        verbose_name_plural = _("comparisons of types")
        ordering = ["order"]

    def __str__(self) -> str:
        return self.text


class EmphasisQuerySet(PublicQuerySet["Emphasis"]):
    def with_page(self, viewer: Viewer) -> Self:
        return self.select_related("mechanism__domain").prefetch_related(
            Prefetch("citations", Citation.objects.visible_to(viewer), to_attr="shown_citations")
        )


class Emphasis(models.Model):
    """How much an exercise type emphasises a mechanism.

    `weight` (0 to 3) orders ideas on screen. It is no effect size and is never shown as a number.
    """

    class Basis(models.TextChoices):
        EVIDENCE = "evidence", _("studies in people")
        INFERENCE = "inference", _("reasoned")
        SOURCE = "source", _("weakly supported")

    class Strength(models.TextChoices):
        """What a weight is called; from the highest to 0."""

        MAIN = "main", pgettext_lazy("emphasis", "a main route")
        OFTEN = "often", pgettext_lazy("emphasis", "often")
        LITTLE = "little", pgettext_lazy("emphasis", "a little")
        HARDLY = "hardly", pgettext_lazy("emphasis", "hardly, if at all")

    exercise_type = models.ForeignKey(ExerciseType, models.CASCADE, related_name="emphases")
    mechanism = models.ForeignKey(Mechanism, models.CASCADE, related_name="emphases")
    weight = models.PositiveSmallIntegerField(_("weight"))
    basis = models.CharField(_("basis"), max_length=10, choices=Basis.choices)
    citations = models.ManyToManyField(Citation, related_name="+", verbose_name=_("sources"))

    objects = EmphasisQuerySet.as_manager()

    class Meta:
        verbose_name = _("emphasis")
        verbose_name_plural = _("emphases")
        ordering = ["-weight", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["exercise_type", "mechanism"], name="emphasis_unique"),
            models.CheckConstraint(condition=Q(weight__lte=HIGHEST_WEIGHT), name="emphasis_weight_range"),
        ]

    def __str__(self) -> str:
        return f"{self.exercise_type_id} → {self.mechanism_id}"

    @property
    def strength(self) -> Strength:
        """The weight in words, as it is shown."""
        return list(self.Strength)[HIGHEST_WEIGHT - self.weight]

    @property
    def basis_choice(self) -> Basis:
        return self.Basis(self.basis)
