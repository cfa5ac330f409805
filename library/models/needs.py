"""What weighs on somebody, and a first ten minutes for it."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Case, IntegerField, Prefetch, Q, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.visibility import PublicQuerySet, Viewer
from library.models.evidence import Citation
from library.models.exercise import ExerciseType
from library.models.mechanisms import Mechanism


class NeedQuerySet(PublicQuerySet["Need"]):
    def with_page(self, viewer: Viewer) -> Self:
        """Bring everything that a need's page shows, in a fixed number of queries."""
        types = NeedType.objects.visible_to(viewer).select_related("exercise_type")
        mechanisms = NeedMechanism.objects.visible_to(viewer).select_related("mechanism__domain")
        parts: list[Any] = [
            Prefetch("type_links", types.with_sources(viewer), to_attr="shown_types"),
            Prefetch(
                "mechanism_links",
                mechanisms.filter(mechanism__in=Mechanism.objects.visible_to(viewer)),
                to_attr="shown_mechanisms",
            ),
        ]
        return self.prefetch_related(*parts)


class Need(models.Model):
    """Low mood, poor sleep, loneliness and so on, in the first person."""

    slug = models.SlugField(_("address of the page"), unique=True)
    order = models.PositiveSmallIntegerField(_("order"))
    name = models.CharField(_("name"), max_length=80)
    first_person = models.CharField(_("in the first person"), max_length=160)
    action_title = models.CharField(_("first ten minutes, as a title"), max_length=80)
    action_minutes = models.PositiveSmallIntegerField(_("minutes of the first action"), default=10)
    first_ten_minutes = models.TextField(_("first ten minutes"))
    do_not_say = models.TextField(_("for editors: what not to say"), blank=True)
    product_rule = models.TextField(_("for editors: rule for the product"), blank=True)

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("library:need", args=[self.slug])


class NeedTypeQuerySet(PublicQuerySet["NeedType"]):
    def with_sources(self, viewer: Viewer) -> Self:
        return self.prefetch_related(
            Prefetch("citations", Citation.objects.visible_to(viewer), to_attr="shown_citations")
        )


class NeedType(models.Model):
    """An exercise type recommended for a need, best first, with the reason."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="type_links")
    exercise_type = models.ForeignKey(ExerciseType, models.CASCADE, related_name="+")
    order = models.PositiveSmallIntegerField(_("order"))
    why = models.TextField(_("why"))
    citations = models.ManyToManyField(Citation, related_name="+", verbose_name=_("sources"))

    objects = NeedTypeQuerySet.as_manager()

    class Meta:
        verbose_name = _("recommended type")
        verbose_name_plural = _("recommended types")
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["need", "exercise_type"], name="need_type_unique")]

    def __str__(self) -> str:
        return self.why


class NeedMechanism(models.Model):
    """A mechanism that explains why moving may help with a need."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="mechanism_links")
    mechanism = models.ForeignKey(Mechanism, models.CASCADE, related_name="+")
    order = models.PositiveSmallIntegerField(_("order"))
    why = models.TextField(_("why"))

    objects = PublicQuerySet["NeedMechanism"].as_manager()

    class Meta:
        verbose_name = _("mechanism for a need")
        verbose_name_plural = _("mechanisms for a need")
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["need", "mechanism"], name="need_mechanism_unique")]

    def __str__(self) -> str:
        return self.why


class RedFlagQuerySet(PublicQuerySet["RedFlag"]):
    def shown_with(self, need: Need | None) -> Self:
        """Return the flags that hold with every need, and those of this one, the most severe first."""
        rank = Case(
            *(When(action=action, then=Value(i)) for i, action in enumerate(RedFlag.Action.values)),
            output_field=IntegerField(),
        )
        return self.filter(Q(need=None) | Q(need=need)).order_by(rank, "need", "order")


class RedFlag(models.Model):
    """A sign that care comes first. Without a need it is shown with every need."""

    class Action(models.TextChoices):
        CRISIS = "crisis", _("contact a crisis line now")
        URGENT = "urgent-care", _("see somebody today")
        PROFESSIONAL = "see-professional", _("see a professional")

    need = models.ForeignKey(Need, models.CASCADE, related_name="red_flags", null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"))
    text = models.TextField(_("text"))
    action = models.CharField(_("action"), max_length=20, choices=Action.choices, default=Action.PROFESSIONAL)

    objects = RedFlagQuerySet.as_manager()

    class Meta:
        verbose_name = _("red flag")
        verbose_name_plural = _("red flags")
        ordering = ["order"]

    def __str__(self) -> str:
        return self.text
