"""Domains, mechanisms and what they are made of."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Self

from django.db import models
from django.db.models import Prefetch, Q, StringAgg, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.visibility import PublicQuerySet, Viewer, VisibilityQuerySet
from library.models.evidence import Citation, EvidenceGrade, Horizon, reads_drafts


class DomainQuerySet(PublicQuerySet["Domain"]):
    def with_mechanisms(self, viewer: Viewer) -> Self:
        visible = Mechanism.objects.visible_to(viewer).select_related("domain")
        return self.prefetch_related(Prefetch("mechanisms", visible, to_attr="shown_mechanisms"))


class Domain(models.Model):
    """One of the five families of mechanisms."""

    slug = models.SlugField(_("address of the page"), unique=True)
    order = models.PositiveSmallIntegerField(_("order"))
    name = models.CharField(_("name"), max_length=80)
    summary = models.TextField(_("summary"))
    starts = models.CharField(_("acts"), max_length=10, choices=Horizon.choices)
    settles = models.CharField(_("settles"), max_length=10, choices=Horizon.choices)
    grade = models.CharField(_("overall grade"), max_length=10, choices=EvidenceGrade.choices)

    objects = DomainQuerySet.as_manager()

    class Meta:
        verbose_name = _("domain")
        verbose_name_plural = _("domains")
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name


class Publication(models.TextChoices):
    DRAFT = "draft", _("draft")
    REVIEW = "review", _("in review")
    SCHEDULED = "scheduled", _("scheduled")
    PUBLISHED = "published", _("published")


class MechanismQuerySet(VisibilityQuerySet["Mechanism"]):
    def _visible_to(self, viewer: Viewer) -> Self:
        """Published pages for everybody; drafts for those who may edit them."""
        return self.all() if reads_drafts(viewer) else self.filter(status=Publication.PUBLISHED)

    def due(self, now: datetime) -> Self:
        """Return the pages whose set time for publication has come."""
        return self.filter(status=Publication.SCHEDULED, publish_at__lte=now)

    def with_page(self, viewer: Viewer) -> Self:
        """Bring what a mechanism's page shows, sources aside (`library.queries.mechanism_seen_by` adds them)."""
        parts: list[Prefetch[Any]] = [
            Prefetch("claims", Claim.objects.visible_to(viewer).with_cited(), to_attr="shown_claims"),
            Prefetch("caveats", Caveat.objects.visible_to(viewer), to_attr="shown_caveats"),
        ]
        return self.with_relations(viewer).prefetch_related(*parts)

    def with_relations(self, viewer: Viewer) -> Self:
        """Bring the domain, and what each mechanism strengthens as far as the viewer may know of it."""
        visible = Mechanism.objects.visible_to(viewer)
        relations = Relation.objects.visible_to(viewer).filter(target__in=visible).select_related("target__domain")
        return self.select_related("domain").prefetch_related(
            Prefetch("relations", relations, to_attr="shown_relations")
        )


class Mechanism(models.Model):
    """One way in which exercise is thought to help, with how sure anybody is."""

    slug = models.SlugField(_("address of the page"), unique=True)
    domain = models.ForeignKey(Domain, models.PROTECT, related_name="mechanisms", verbose_name=_("domain"))
    order = models.PositiveSmallIntegerField(_("order"))
    name = models.CharField(_("name"), max_length=120)
    one_line = models.TextField(_("in one line"))
    horizon = models.CharField(_("how soon"), max_length=10, choices=Horizon.choices)
    grade = models.CharField(_("grade"), max_length=10, choices=EvidenceGrade.choices, blank=True)
    grade_of_change = models.CharField(
        _("does exercise change it"), max_length=10, choices=EvidenceGrade.choices, blank=True
    )
    grade_of_benefit = models.CharField(
        _("does that explain feeling better"), max_length=10, choices=EvidenceGrade.choices, blank=True
    )
    grade_reason = models.TextField(_("reason for the grade"))
    does_not_apply_to = models.TextField(_("does not apply to"), blank=True)
    try_it = models.TextField(_("try it today"))
    editors_record = models.TextField(_("editors' record, never published"), blank=True)
    citations = models.ManyToManyField(Citation, related_name="+", blank=True, verbose_name=_("sources"))
    status = models.CharField(_("status"), max_length=10, choices=Publication.choices, default=Publication.DRAFT)
    publish_at = models.DateTimeField(_("to be published at"), null=True, blank=True)
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    review_due_on = models.DateField(_("review due on"), null=True, blank=True)

    objects = MechanismQuerySet.as_manager()

    class Meta:
        verbose_name = _("mechanism")
        verbose_name_plural = _("mechanisms")
        ordering = ["domain__order", "order"]
        permissions = [
            ("view_draft", "Can read unpublished pages of the library"),
            ("publish", "Can publish pages of the library and change what is public"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="published") | Q(reviewed_on__isnull=False, review_due_on__isnull=False),
                name="mechanism_published_is_reviewed",
            ),
            models.CheckConstraint(
                condition=Q(status="scheduled", publish_at__isnull=False)
                | (~Q(status="scheduled") & Q(publish_at__isnull=True)),
                name="mechanism_scheduled_has_time",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("library:mechanism", args=[self.slug])

    def is_review_overdue(self, today: date) -> bool:
        """Whether an editor was due to look at this page again before `today`."""
        return self.review_due_on is not None and self.review_due_on < today


class ClaimQuerySet(PublicQuerySet["Claim"]):
    def with_cited(self) -> Self:
        """Annotate each claim with `cited`, the keys of its sources' rows, comma separated (None: no source)."""
        return self.annotate(cited=StringAgg(Cast("citations", models.TextField()), Value(",")))


class Claim(models.Model):
    """One checkable statement on how a mechanism works, with its sources."""

    class Basis(models.TextChoices):
        HUMAN = "human", _("seen in people")
        ANIMAL = "animal", _("seen in animals")
        THEORY = "theory", _("reasoned")

    mechanism = models.ForeignKey(Mechanism, models.CASCADE, related_name="claims")
    order = models.PositiveSmallIntegerField(_("order"))
    text = models.TextField(_("text"))
    basis = models.CharField(_("basis"), max_length=10, choices=Basis.choices)
    citations = models.ManyToManyField(Citation, related_name="+", blank=True, verbose_name=_("sources"))

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.text


class Caveat(models.Model):
    """What to keep in mind beside the claims."""

    mechanism = models.ForeignKey(Mechanism, models.CASCADE, related_name="caveats")
    order = models.PositiveSmallIntegerField(_("order"))
    text = models.TextField(_("text"))

    objects = PublicQuerySet["Caveat"].as_manager()

    class Meta:
        verbose_name = _("caveat")
        verbose_name_plural = _("caveats")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.text


class Relation(models.Model):
    """`mechanism` reinforces, enables or mediates `target`."""

    class Kind(models.TextChoices):
        REINFORCES = "reinforces", _("strengthens")
        ENABLES = "enables", _("makes possible")
        MEDIATES = "mediates", _("carries part of")

    mechanism = models.ForeignKey(Mechanism, models.CASCADE, related_name="relations")
    target = models.ForeignKey(
        Mechanism, models.CASCADE, related_name="related_from", verbose_name=_("which mechanism")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    order = models.PositiveSmallIntegerField(_("order"))
    why = models.TextField(_("why"))

    objects = PublicQuerySet["Relation"].as_manager()

    class Meta:
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["mechanism", "target", "kind"], name="relation_unique"),
            models.CheckConstraint(condition=~Q(mechanism=models.F("target")), name="relation_not_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.mechanism_id} {self.kind} {self.target_id}"


class PhaseQuerySet(PublicQuerySet["Phase"]):
    def with_mechanisms(self, viewer: Viewer) -> Self:
        visible = Mechanism.objects.visible_to(viewer).select_related("domain")
        return self.prefetch_related(Prefetch("mechanisms", visible, to_attr="shown_mechanisms"))


class Phase(models.Model):
    """What tends to move in the short, middle and long run."""

    slug = models.SlugField(_("address of the page"), unique=True)
    order = models.PositiveSmallIntegerField(_("order"))
    span = models.CharField(_("span"), max_length=60)
    text = models.TextField(_("text"))
    mechanisms = models.ManyToManyField(Mechanism, related_name="+")

    objects = PhaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ["order"]

    def __str__(self) -> str:
        return self.span
