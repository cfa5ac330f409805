"""Every version of every article: what it was, who left it so, and why."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from core import clock
from core.visibility import Viewer, VisibilityQuerySet


class RevisionQuerySet(VisibilityQuerySet["Revision"]):
    def _visible_to(self, viewer: Viewer) -> Self:
        """For those who read drafts: a version may hold one."""
        return self.all() if viewer.is_authenticated and viewer.has_perm("library.view_draft") else self.none()

    def of(self, kind: str, key: str) -> Self:
        """Return the versions of one article, the latest first."""
        return self.filter(kind=kind, key=key).select_related("person")

    def latest_contents(self) -> dict[tuple[str, str], Any]:
        """Return what each article was when it was last kept, by kind and key."""
        last = self.order_by().values("kind", "key").annotate(last=Max("pk")).values("last")
        return {(row.kind, row.key): row.content for row in self.filter(pk__in=last)}


class Revision(models.Model):
    """One article after one act. `content` is the whole of it, as its content file would have it."""

    class Act(models.TextChoices):
        FOUND = "found", _("as it was found")
        LOADED = "loaded", _("loaded from files")
        WRITTEN = "written", _("wrote")
        SUBMITTED = "submitted", _("asked for a review")
        SENT_BACK = "sent-back", _("sent it back")
        SCHEDULED = "scheduled", _("set a time for publication")
        PUBLISHED = "published", _("published")
        REFUSED = "refused", _("could not be published at the set time")
        UNPUBLISHED = "unpublished", _("took it off the site")
        RESTORED = "restored", _("brought back an earlier version")
        DELETED = "deleted", _("deleted")

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=120, blank=True)
    act = models.CharField(max_length=12, choices=Act.choices)
    note = models.TextField(blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField(default=clock.now, editable=False)
    content = models.JSONField()

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["-pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["kind", "key", "-id"], name="revision_of_article")]

    def __str__(self) -> str:
        return f"{self.kind}/{self.key} {self.get_act_display()}"
