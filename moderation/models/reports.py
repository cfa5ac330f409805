"""A report, the decision on what it is about, and the appeal against that."""

from __future__ import annotations

from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.models import Addressed
from core.visibility import Viewer, VisibilityQuerySet


def is_moderator(viewer: Viewer) -> bool:
    """Whether the viewer looks after reports in the admin."""
    return viewer.is_authenticated and viewer.is_staff and viewer.has_perm("moderation.change_report")


class DecisionQuerySet(VisibilityQuerySet["Decision"]):
    def _visible_to(self, viewer: Viewer) -> Self:
        """For the person whom it concerns, who was told. Moderators read decisions at their desk, in the admin."""
        return self.filter(person=viewer.pk).exclude(act=Decision.Act.NOTHING) if viewer.pk else self.none()

    def in_force(self) -> Self:
        return self.filter(undone_at=None)

    def about(self, kind: str, uuid: UUID) -> Self:
        return self.filter(about_kind=kind, about_id=uuid)


class Decision(Addressed):
    """What a moderator decided about something, or about a person (`about_kind` "person").

    `about_kind` and `about_id` name the subject as `moderation.subjects` knows it; `person` is whom it concerns.
    """

    class Act(models.TextChoices):
        NOTHING = "nothing", _("leave it as it is")
        HIDE = "hide", _("hide it")
        WARN = "warn", _("say a word of warning")
        SUSPEND = "suspend", _("suspend the person for some days")
        BAN = "ban", _("ban the person")

    about_kind = models.CharField(_("kind of thing"), max_length=20)
    about_id = models.UUIDField(pgettext_lazy("a report or an act is", "about"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+", verbose_name=_("whom it concerns")
    )
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    act = models.CharField(_("act"), max_length=10, choices=Act.choices)
    until_at = models.DateTimeField(_("until"), null=True, blank=True)
    words = models.TextField(_("words to the person"), blank=True, max_length=1000)
    undone_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.CheckConstraint(
                condition=Q(act="suspend", until_at__isnull=False) | (~Q(act="suspend") & Q(until_at=None)),
                name="decision_suspension_ends",
            ),
        ]
        indexes = [models.Index(fields=["about_kind", "about_id"], name="decision_about")]

    def __str__(self) -> str:
        return str(self.get_act_display())


class ReportQuerySet(VisibilityQuerySet["Report"]):
    def _visible_to(self, viewer: Viewer) -> Self:
        """One's own. Whom it concerns never learns of it; moderators read reports at their desk, in the admin."""
        return self.filter(reporter=viewer.pk) if viewer.pk else self.none()

    def open(self) -> Self:
        return self.filter(status=Report.Status.OPEN)

    def about(self, kind: str, uuid: UUID) -> Self:
        return self.filter(about_kind=kind, about_id=uuid)


class Report(Addressed):
    """Somebody says that something, or somebody, needs a look."""

    class Reason(models.TextChoices):
        UNKIND = "unkind", _("unkind or harassing")
        DANGER = "danger", _("somebody may be in danger")
        HEALTH = "health", _("harmful advice about health")
        SPAM = "spam", _("advertising or spam")
        PRIVATE = "private", _("tells what is private")
        OTHER = "other", _("something else")

    class Status(models.TextChoices):
        OPEN = "open", _("waiting for a look")
        CLOSED = "closed", _("looked at")

    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("reported by")
    )
    about_kind = models.CharField(_("kind of thing"), max_length=20)
    about_id = models.UUIDField(pgettext_lazy("a report or an act is", "about"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+", verbose_name=_("whom it concerns")
    )
    excerpt = models.TextField(_("what it said then"), blank=True, max_length=2000, editable=False)
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices)
    words = models.TextField(_("in your words"), blank=True, max_length=1000)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.OPEN)
    decision = models.ForeignKey(Decision, models.SET_NULL, null=True, blank=True, related_name="reports")
    closed_at = models.DateTimeField(_("looked at"), null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.UniqueConstraint(
                fields=["reporter", "about_kind", "about_id"], condition=Q(status="open"), name="report_one_open"
            ),
        ]
        indexes = [
            models.Index(fields=["created_at"], condition=Q(status="open"), name="report_queue"),
            models.Index(fields=["about_kind", "about_id"], name="report_about"),
        ]

    def __str__(self) -> str:
        return str(self.get_reason_display())


class AppealQuerySet(VisibilityQuerySet["Appeal"]):
    def _visible_to(self, viewer: Viewer) -> Self:
        """For the person whom the decision concerns."""
        return self.filter(decision__person=viewer.pk) if viewer.pk else self.none()


class Appeal(Addressed):
    """The person says why a decision is wrong, once; another moderator looks at it."""

    class Outcome(models.TextChoices):
        OPEN = "open", _("waiting for a look")
        UPHELD = "upheld", _("the decision stays")
        GRANTED = "granted", _("the decision is taken back")

    decision = models.OneToOneField(Decision, models.CASCADE, related_name="appeal")
    words = models.TextField(_("in your words"), max_length=2000)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, default=Outcome.OPEN)
    answer = models.TextField(_("answer"), blank=True, max_length=1000)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")

    def __str__(self) -> str:
        return str(self.uuid)
