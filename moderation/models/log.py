"""The log of every act of those who look after others. Nobody edits it: the database refuses."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import clock
from core.visibility import Viewer, VisibilityQuerySet
from moderation.models.reports import is_moderator


class ActionLogQuerySet(VisibilityQuerySet["ActionLog"]):
    def _visible_to(self, viewer: Viewer) -> Self:
        return self.all() if is_moderator(viewer) else self.none()


class ActionLog(models.Model):
    """One act: who, what, on what, when. Names people and things by their public address alone, so erasing a person
    leaves nothing of them here. Rows are added and read; a trigger refuses to change or delete one.
    """

    at = models.DateTimeField(_("at"), default=clock.now, editable=False)
    actor = models.UUIDField(_("by"), null=True, editable=False)
    act = models.CharField(_("act"), max_length=40, editable=False)
    about_kind = models.CharField(_("kind of thing"), max_length=20, editable=False)
    about_id = models.UUIDField(pgettext_lazy("a report or an act is", "about"), editable=False)

    objects = ActionLogQuerySet.as_manager()

    class Meta:
        verbose_name = _("act")
        verbose_name_plural = _("log of acts")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["about_kind", "about_id"], name="action_log_about")]

    def __str__(self) -> str:
        return f"{self.act} {self.about_kind}"
