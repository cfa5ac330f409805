"""What the API answered first to a request that named a key."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.visibility import PrivateQuerySet


class KeptReplyQuerySet(PrivateQuerySet["KeptReply"]):
    def forget(self, now: datetime) -> int:
        """Delete what has expired, of everybody, without reading it."""
        return self.filter(expires_at__lte=now).delete()[0]


class KeptReply(models.Model):
    """The first reply of the API to a request with an `Idempotency-Key`, sealed with that key; see `services/once.py`.

    Without a `status` the request is being worked on since `begun_at`.
    """

    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    key_hash = models.CharField(max_length=64, editable=False)
    request_hash = models.CharField(max_length=64, editable=False)
    begun_at = models.DateTimeField(editable=False)
    expires_at = models.DateTimeField(editable=False, db_index=True)
    status = models.PositiveSmallIntegerField(null=True, editable=False)
    content_type = models.CharField(max_length=100, blank=True, editable=False)
    sealed = models.BinaryField(default=bytes)

    objects = KeptReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("kept reply")
        verbose_name_plural = _("kept replies")
        constraints = [models.UniqueConstraint(fields=["person", "key_hash"], name="kept_reply_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.status}"
