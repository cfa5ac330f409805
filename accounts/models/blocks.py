"""Whom somebody has blocked."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Case, F, Q, When
from django.utils.translation import gettext_lazy as _

from core import clock
from core.visibility import OwnQuerySet, Viewer


class BlockQuerySet(OwnQuerySet["Block"]):
    def _visible_to(self, viewer: Viewer) -> Self:
        return self.filter(blocker=viewer) if viewer.is_authenticated else self.none()

    def between(self, person: Viewer) -> Self:
        """Return blocks in either direction that involve `person`."""
        return self.filter(Q(blocker=person.pk) | Q(blocked=person.pk))

    def others_of(self, person: Viewer) -> models.QuerySet[Block, int]:
        """Return the ids of everybody with whom `person` has a block, whoever of the two made it."""
        other = Case(When(blocker=person.pk, then=F("blocked")), default=F("blocker"))
        return self.between(person).values_list(other, flat=True)


class Block(models.Model):
    """`blocker` and `blocked` do not see each other, anywhere."""

    blocker = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    blocked = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = BlockQuerySet.as_manager()

    class Meta:
        verbose_name = _("block")
        verbose_name_plural = _("blocks")
        constraints = [
            models.UniqueConstraint(fields=["blocker", "blocked"], name="block_unique"),
            models.CheckConstraint(condition=~Q(blocker=models.F("blocked")), name="block_not_oneself"),
        ]

    def __str__(self) -> str:
        return f"{self.blocker_id} → {self.blocked_id}"
